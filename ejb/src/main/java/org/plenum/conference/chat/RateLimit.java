/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast one connection may write (chat.md).
 *
 * @param perSecond tokens that come back each second, above 0
 * @param size messages at once, above 0
 * @param slowDownThreshold how much of the bucket may be used before the writer is asked to slow down, 0 to 1
 */
record RateLimit(double perSecond, int size, double slowDownThreshold) {
    private static final String PROPERTY = "plenum.chat.rate-limit";

    RateLimit {
        if (!(perSecond > 0 && size > 0 && slowDownThreshold >= 0 && slowDownThreshold <= 1)) {
            throw complaint();
        }
    }

    /** @param text messages a second, bucket size, threshold, such as {@code 1,10,0.5}; empty: no limit */
    static Optional<RateLimit> configured(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 3) {
                return Optional.of(new RateLimit(
                        Double.parseDouble(parts[0].strip()),
                        Integer.parseInt(parts[1].strip()),
                        Double.parseDouble(parts[2].strip())));
            }
        } catch (NumberFormatException notNumbers) {
            throw complaint();
        }
        throw complaint();
    }

    private static IllegalArgumentException complaint() {
        return new IllegalArgumentException(
                PROPERTY + " must be: messages a second, messages at once, threshold from 0 to 1, such as 1,10,0.5");
    }

    Duration interval() {
        return Duration.ofMillis(Math.round(1000 / perSecond));
    }

    long retryAfterMs() {
        return (long) Math.ceil(size * slowDownThreshold) * interval().toMillis();
    }

    boolean isHigh(double tokens) {
        return tokens / size <= 1 - slowDownThreshold;
    }
}
