/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

/**
 * Gauges and counters of the signaling of this node.
 *
 * @param timers running in rooms
 * @param openTickets issued, or claimed and not yet connected
 * @param roomsOpened since the start
 * @param connectionsAdmitted sockets since the start
 */
public record LiveStatistics(
        int rooms,
        int participants,
        int waiting,
        int connections,
        int timers,
        int openTickets,
        long roomsOpened,
        long connectionsAdmitted) {}
