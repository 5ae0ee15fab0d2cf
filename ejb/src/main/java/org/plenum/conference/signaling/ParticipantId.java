/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import java.util.UUID;

public record ParticipantId(UUID value) {
    public static ParticipantId of(String text) {
        return new ParticipantId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
