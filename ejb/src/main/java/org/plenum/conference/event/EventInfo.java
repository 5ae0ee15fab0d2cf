/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.RoomInfo;
import org.plenum.conference.user.Profile;

/**
 * An event as one account sees it.
 *
 * @param dates absent: the event is independent of time
 * @param invitees at most as many as were asked for
 * @param inviteStatus what this account answered; the creator has accepted
 */
public record EventInfo(
        UUID id,
        String title,
        String description,
        boolean adhoc,
        boolean showMeetingDetails,
        Optional<Dates> dates,
        RoomInfo room,
        List<InviteeInfo> invitees,
        boolean inviteesTruncated,
        Invitee.Status inviteStatus,
        boolean favourite,
        boolean canEdit,
        Profile createdBy,
        Instant createdAt,
        Profile updatedBy,
        Instant updatedAt) {
    @Override
    public String toString() {
        return "EventInfo[" + id + "]";
    }

    /** An invited account. */
    public record InviteeInfo(Profile profile, Invitee.Role role, Invitee.Status status) {}
}
