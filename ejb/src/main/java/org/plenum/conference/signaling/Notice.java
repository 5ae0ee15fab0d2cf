/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.Set;

/** What one namespace has to tell others. The room carries it, so that no namespace knows another. */
public sealed interface Notice {
    /** Clients read this one in block moderation too. */
    record HandsSwitched(boolean on) implements Notice {}

    record RoleChanged(ParticipantId participant) implements Notice {}

    /** Somebody wants these microphones off; the namespace of the media answers with {@link Muted}. */
    record MuteWanted(Set<ParticipantId> participants) implements Notice {}

    record Muted(Set<ParticipantId> participants) implements Notice {}
}
