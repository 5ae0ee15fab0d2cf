/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import java.time.Duration;
import java.time.Instant;

/** The tokens of one connection at one moment. */
record Bucket(double tokens, Instant filled) {
    static Bucket full(RateLimit limit, Instant now) {
        return new Bucket(limit.size(), now);
    }

    Bucket at(Instant now, RateLimit limit) {
        double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
        return new Bucket(Math.min(limit.size(), tokens + seconds * limit.perSecond()), now);
    }

    boolean isEmpty() {
        return tokens < 1;
    }

    Bucket less() {
        return new Bucket(tokens - 1, filled);
    }
}
