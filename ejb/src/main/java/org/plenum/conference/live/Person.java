/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.DisplayName;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;

/** Somebody the room knows: in it, waiting, or gone. The room's thread only. */
final class Person {
    final ParticipantId id;
    final Optional<UUID> account;
    final Optional<String> avatarUrl;
    final Participant.Participation participation;
    final boolean owner;
    final Map<ConnectionId, Connection> connections = new LinkedHashMap<>();
    final Map<ConnectionId, Connection> waiting = new LinkedHashMap<>();
    DisplayName name;
    Participant.Role role;
    RoomKind kind = RoomKind.MAIN;

    /** Was let in by a moderator, or needed nobody's leave; later joins do not wait. */
    boolean accepted;

    Optional<Instant> waitingSince = Optional.empty();
    Optional<Instant> joinedAt = Optional.empty();
    Optional<Instant> leftAt = Optional.empty();

    Person(
            ParticipantId id,
            Optional<UUID> account,
            DisplayName name,
            Optional<String> avatarUrl,
            Participant.Participation participation,
            Participant.Role role,
            boolean owner) {
        this.id = id;
        this.account = account;
        this.name = name;
        this.avatarUrl = avatarUrl;
        this.participation = participation;
        this.role = role;
        this.owner = owner;
    }

    Participant view() {
        return new Participant(id, name, participation, role, owner, kind, Set.copyOf(connections.keySet()));
    }

    boolean isConnected() {
        return !connections.isEmpty();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isModerator() {
        return role == Participant.Role.MODERATOR;
    }

    /** Recorders and transcription: they never wait and are nobody's guests. */
    boolean isService() {
        return participation == Participant.Participation.RECORDER
                || participation == Participant.Participation.TRANSCRIPTION;
    }

    boolean isGuest() {
        return participation != Participant.Participation.REGISTERED && !isService();
    }
}
