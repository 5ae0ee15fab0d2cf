/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;

/** So many commands at once, so many a second in the long run (envelope.md section 8). */
final class TokenBucket {
    private final Limit limit;
    private double tokens;
    private Instant filled;

    /** @param size how many are free after a pause */
    record Limit(int perSecond, int size) {}

    TokenBucket(Limit limit, Instant now) {
        this.limit = limit;
        this.tokens = limit.size();
        this.filled = now;
    }

    boolean take(Instant now) {
        refill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long to wait for the next token; at least a millisecond. */
    Duration untilNext(Instant now) {
        refill(now);
        return Duration.ofMillis(Math.max(1, (long) Math.ceil((1 - tokens) * 1000 / limit.perSecond())));
    }

    private void refill(Instant now) {
        double passed = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
        tokens = Math.min(limit.size(), tokens + passed * limit.perSecond());
        filled = now;
    }
}
