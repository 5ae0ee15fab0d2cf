/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.util.ArrayList;
import java.util.List;
import org.plenum.conference.user.Complaint;

/**
 * When a dated event takes place.
 *
 * @param recurrence the rules of a series as they were sent, empty for a single event; the dates are then those of the
 *     first occurrence
 */
public record Dates(boolean allDay, When starts, When ends, List<String> recurrence) {
    public Dates {
        recurrence = List.copyOf(recurrence);
    }

    /** @return what is wrong with them, nothing if they are fine (rest.md section 7.2) */
    List<Complaint> complaints() {
        List<Complaint> complaints = new ArrayList<>();
        if (ends.moment().isBefore(starts.moment())) {
            complaints.add(Complaint.invalid("ends_at", "ends_at must not be before starts_at"));
        }
        if (allDay && !starts.isMidnight()) {
            complaints.add(Complaint.invalid("starts_at", "an event of whole days starts at 00:00"));
        }
        if (allDay && !ends.isMidnight()) {
            complaints.add(Complaint.invalid("ends_at", "an event of whole days ends at 00:00"));
        }
        return complaints;
    }
}
