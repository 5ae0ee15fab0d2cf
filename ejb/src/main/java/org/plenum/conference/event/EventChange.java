/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.List;
import java.util.Optional;
import org.plenum.conference.room.RoomSettingsChange;

/**
 * New values of an event; absent ones stay as they are (rest.md section 7.3).
 *
 * @param recurrence absent: unchanged, unless one of the dates is given, which ends a series
 */
public record EventChange(
        Optional<String> title,
        Optional<String> description,
        Optional<Boolean> adhoc,
        Optional<Boolean> showMeetingDetails,
        Optional<Boolean> timeIndependent,
        Optional<Boolean> allDay,
        Optional<When> starts,
        Optional<When> ends,
        Optional<List<String>> recurrence,
        RoomSettingsChange room) {
    @Override
    public String toString() {
        return "(event change)";
    }

    boolean touchesDates() {
        return timeIndependent.isPresent()
                || allDay.isPresent()
                || starts.isPresent()
                || ends.isPresent()
                || recurrence.isPresent();
    }
}
