/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.util.Optional;

/**
 * New settings of a room; absent ones stay as they are.
 *
 * @param password absent: unchanged; present and empty: no password any more
 */
public record RoomSettingsChange(
        Optional<Optional<String>> password,
        Optional<Boolean> waitingRoom,
        Optional<GuestAccess> guestAccess,
        Optional<Boolean> e2eEncryption) {
    @Override
    public String toString() {
        return "(room settings)";
    }
}
