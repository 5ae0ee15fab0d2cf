/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/** One connection leaves a room kind. Last: its owner has no other connection here any more. */
public record Departure(Participant participant, ConnectionId connection, boolean last, Cause cause) {
    public enum Cause {
        CLOSED,
        SWITCHED,
        REMOVED
    }
}
