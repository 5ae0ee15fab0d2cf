/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.Optional;
import org.plenum.conference.room.RoomSettingsChange;

/**
 * An event to be created. Lengths have been checked at the door.
 *
 * @param dates absent: the event is independent of time
 */
public record EventDraft(
        String title,
        String description,
        boolean adhoc,
        boolean showMeetingDetails,
        Optional<Dates> dates,
        RoomSettingsChange room) {
    @Override
    public String toString() {
        return "(event draft)";
    }
}
