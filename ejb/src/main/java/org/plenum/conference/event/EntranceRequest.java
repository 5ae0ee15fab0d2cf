/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.Optional;
import java.util.UUID;

/**
 * What somebody brings who wants to enter a room.
 *
 * @param device the secret that recognises the browser
 * @param displayName the name to be shown, absent where the account's own will do
 * @param password the room's password
 * @param invite the code of a guest link
 * @param admittedBefore whether this device was in the running meeting already: it need not repeat the password,
 *     because the web app does not when it reconnects (rest.md section 8.4)
 */
public record EntranceRequest(
        String device,
        Optional<String> displayName,
        Optional<String> password,
        Optional<UUID> invite,
        boolean admittedBefore) {

    public EntranceRequest ofKnownDevice() {
        return new EntranceRequest(device, displayName, password, invite, true);
    }

    @Override
    public String toString() {
        return "(entrance)";
    }
}
