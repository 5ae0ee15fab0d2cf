/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.Set;

/** A person or service in the conference as modules see it: a value, valid for one call. */
public record Participant(
        ParticipantId id,
        DisplayName name,
        Participation participation,
        Role role,
        boolean owner,
        RoomKind kind,
        Set<ConnectionId> connections) {
    public enum Role {
        USER,
        MODERATOR
    }

    public enum Participation {
        REGISTERED,
        GUEST,
        CALL_IN,
        REGISTERED_CALL_IN,
        RECORDER,
        TRANSCRIPTION
    }
}
