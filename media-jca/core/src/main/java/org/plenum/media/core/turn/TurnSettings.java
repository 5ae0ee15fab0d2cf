/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * What an embedded relay is told at start.
 *
 * @param realm of the long-term mechanism, 1 to 64 characters of ASCII
 * @param media the addresses of our media, at least one, best first
 * @param limits of what clients can grow
 * @param unixSeconds the time of day at a moment of the monotonic clock
 * @param isPresent whether who is called so is in a room: then a user name that has ended may still be refreshed
 */
public record TurnSettings(
        String realm,
        List<MediaAddress> media,
        Limits limits,
        LongUnaryOperator unixSeconds,
        Predicate<String> isPresent) {
    public TurnSettings {
        media = List.copyOf(media);
    }

    /**
     * @param allocations in all
     * @param ofName of one participant: two connections, each over some networks and several ways
     * @param ofAddress of one client address, behind which may be an office
     * @param octetsPerSecond from one client; more is dropped
     */
    public record Limits(int allocations, int ofName, int ofAddress, int octetsPerSecond) {
        public static final Limits USUAL = new Limits(8192, 32, 1024, 4_000_000);
    }
}
