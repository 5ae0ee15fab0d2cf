/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import java.util.Optional;
import java.util.UUID;

/**
 * A CDI event: what a running meeting shows of its room has changed. To be observed after success of the transaction.
 *
 * @param password absent: unchanged; present and empty: removed
 * @param title absent: unchanged
 * @param detailsPublic whether everybody in the meeting may know, or moderators only
 */
public record RoomParametersChanged(
        UUID room, Optional<Optional<String>> password, Optional<String> title, boolean detailsPublic) {
    @Override
    public String toString() {
        return "RoomParametersChanged[" + room + "]";
    }
}
