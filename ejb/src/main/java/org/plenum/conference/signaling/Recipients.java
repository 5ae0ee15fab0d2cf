/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.Set;

/** Who gets an event. The words are those of the signaling contract. */
public sealed interface Recipients {
    enum Group implements Recipients {
        /** The connection that sent the command. */
        CONN,
        /** All connections of the sender. */
        OWN,
        /** Everybody in the sender's room kind, sender included. */
        ROOM,
        /** Everybody in all room kinds, but not the waiting room. */
        CONFERENCE,
        /** Connected moderators in all room kinds. */
        MODERATORS,
        /** The connections in the waiting room. */
        WAITING
    }

    /** All connections of these, waiting or in; unknown and absent ones are passed over. */
    record People(Set<ParticipantId> ids) implements Recipients {}

    /** For what differs between the tabs of one person, such as a media token. */
    record Connections(Set<ConnectionId> ids) implements Recipients {}
}
