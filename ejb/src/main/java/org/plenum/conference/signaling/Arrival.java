/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/** One connection enters a room kind. First: its owner had no other connection here until now. */
public record Arrival(Participant participant, ConnectionId connection, boolean first) {}
