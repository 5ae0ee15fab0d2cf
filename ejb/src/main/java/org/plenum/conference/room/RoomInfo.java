/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.user.Profile;

/** @param password readable, see {@link Room} */
public record RoomInfo(
        UUID id,
        Profile createdBy,
        Instant createdAt,
        Optional<String> password,
        GuestAccess guestAccess,
        boolean waitingRoom,
        boolean e2eEncryption,
        Optional<CallIn> callIn) {
    @Override
    public String toString() {
        return "RoomInfo[" + id + "]";
    }
}
