/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.plenum.conference.room.Invitee;

/**
 * Which events of a list are wanted (rest.md section 7.1); what is absent or empty does not restrict.
 *
 * @param from those that end then or later
 * @param until those that start then or earlier
 * @param statuses what the account answered; its own events count as accepted
 */
public record EventFilter(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore,
        boolean favourites,
        Set<Invitee.Status> statuses,
        Optional<Boolean> adhoc,
        Optional<Boolean> timeIndependent) {
    /** The first and the last moment that an event may be dated at: what every database and client can hold. */
    public static final Instant FIRST = Instant.EPOCH;

    public static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    public static boolean isStorable(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
