/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.Optional;
import java.util.UUID;

/**
 * What the lobby of a room shows of its event.
 *
 * @param details absent where the event does not show them
 */
public record LobbyInfo(
        UUID id, UUID room, String title, boolean adhoc, boolean e2eEncryption, Optional<Admission.Details> details) {
    @Override
    public String toString() {
        return "LobbyInfo[" + id + "]";
    }
}
