/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import org.plenum.conference.signaling.ParticipantId;

/** Two people who write to each other, in an order that does not depend on who began. */
record Pair(ParticipantId one, ParticipantId two) {
    static Pair of(ParticipantId a, ParticipantId b) {
        return a.value().compareTo(b.value()) <= 0 ? new Pair(a, b) : new Pair(b, a);
    }

    boolean has(ParticipantId id) {
        return one.equals(id) || two.equals(id);
    }

    ParticipantId other(ParticipantId id) {
        return one.equals(id) ? two : one;
    }
}
