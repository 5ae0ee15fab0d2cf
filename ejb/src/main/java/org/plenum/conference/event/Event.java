/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Complaint;
import org.plenum.conference.user.Profile;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.User;

/** A meeting in the calendar, in a room of its own: single, a series, or independent of time. */
@Entity
public class Event {
    @Id
    private UUID id;

    @OneToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "room_id")
    private Room room;

    private String title;
    private String description;
    private boolean adhoc;

    @Column(name = "show_meeting_details")
    private boolean showMeetingDetails;

    @Column(name = "time_independent")
    private boolean timeIndependent;

    @Column(name = "all_day")
    private boolean allDay;

    @Column(name = "starts_at")
    private Instant startsAt;

    @Column(name = "starts_zone")
    private String startsZone;

    @Column(name = "ends_at")
    private Instant endsAt;

    @Column(name = "ends_zone")
    private String endsZone;

    @Convert(converter = RecurrenceText.class)
    private List<String> recurrence;

    /** Where it stands in lists: its start, or the epoch, so that events without a date come first. */
    @Column(name = "sorts_at")
    private Instant sortsAt;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "created_by")
    private User createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "updated_by")
    private User updatedBy;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    protected Event() {} // for JPA

    /** @throws Refused validation failed: the dates contradict each other */
    Event(Room room, EventDraft draft, User creator, Instant now) {
        this.id = UUID.randomUUID();
        this.room = room;
        this.title = draft.title();
        this.description = draft.description();
        this.adhoc = draft.adhoc();
        this.showMeetingDetails = draft.showMeetingDetails();
        this.createdBy = creator;
        this.createdAt = now;
        this.updatedBy = creator;
        this.updatedAt = now;
        draft.dates().ifPresentOrElse(this::takePlace, this::becomeTimeIndependent);
    }

    /**
     * @return whether its title is another one now
     * @throws Refused validation failed: the dates contradict each other, or some are missing
     */
    boolean change(EventChange change, User by, Instant now) {
        String before = title;
        change.title().ifPresent(value -> title = value);
        change.description().ifPresent(value -> description = value);
        change.adhoc().ifPresent(value -> adhoc = value);
        change.showMeetingDetails().ifPresent(value -> showMeetingDetails = value);
        if (change.touchesDates()) {
            changeDates(change);
        }
        updatedBy = by;
        updatedAt = now;
        return !before.equals(title);
    }

    private void changeDates(EventChange change) {
        if (change.timeIndependent().orElse(timeIndependent)) {
            becomeTimeIndependent();
            return;
        }
        if (timeIndependent) {
            requireAllDates(change);
        }
        boolean moved = change.starts().isPresent() || change.ends().isPresent();
        takePlace(new Dates(
                change.allDay().orElse(allDay),
                change.starts().orElseGet(() -> new When(startsAt, ZoneId.of(startsZone))),
                change.ends().orElseGet(() -> new When(endsAt, ZoneId.of(endsZone))),
                change.recurrence().orElse(moved ? List.of() : recurrence)));
    }

    private static void requireAllDates(EventChange change) {
        List<Complaint> missing = new ArrayList<>();
        if (change.allDay().isEmpty()) {
            missing.add(Complaint.required("is_all_day"));
        }
        if (change.starts().isEmpty()) {
            missing.add(Complaint.required("starts_at"));
        }
        if (change.ends().isEmpty()) {
            missing.add(Complaint.required("ends_at"));
        }
        if (!missing.isEmpty()) {
            throw Refused.invalid(missing);
        }
    }

    private void takePlace(Dates dates) {
        List<Complaint> complaints = dates.complaints();
        if (!complaints.isEmpty()) {
            throw Refused.invalid(complaints);
        }
        timeIndependent = false;
        allDay = dates.allDay();
        startsAt = dates.starts().moment();
        startsZone = dates.starts().zone().getId();
        endsAt = dates.ends().moment();
        endsZone = dates.ends().zone().getId();
        recurrence = dates.recurrence();
        sortsAt = startsAt;
    }

    private void becomeTimeIndependent() {
        timeIndependent = true;
        allDay = false;
        startsAt = null;
        startsZone = null;
        endsAt = null;
        endsZone = null;
        recurrence = List.of();
        sortsAt = Instant.EPOCH;
    }

    UUID id() {
        return id;
    }

    Room room() {
        return room;
    }

    String title() {
        return title;
    }

    boolean showsMeetingDetails() {
        return showMeetingDetails;
    }

    boolean isCreatedBy(Caller caller) {
        return createdBy.is(caller);
    }

    Cursor cursor() {
        return new Cursor(sortsAt, createdAt, id);
    }

    Optional<Dates> dates() {
        return timeIndependent
                ? Optional.empty()
                : Optional.of(new Dates(
                        allDay,
                        new When(startsAt, ZoneId.of(startsZone)),
                        new When(endsAt, ZoneId.of(endsZone)),
                        recurrence));
    }

    Admission.EventSummary summary() {
        return new Admission.EventSummary(id, title, adhoc, room.e2eEncryption());
    }

    EventInfo seenBy(Caller caller, View view) {
        Profile creator = createdBy.profile();
        return new EventInfo(
                id,
                title,
                description,
                adhoc,
                showMeetingDetails,
                dates(),
                room.info(),
                view.invitees(),
                view.inviteesTruncated(),
                view.status(),
                view.favourite(),
                isCreatedBy(caller),
                creator,
                createdAt,
                updatedBy.profile(),
                updatedAt);
    }

    /** What belongs to an event only in the eyes of one account, or is kept elsewhere. */
    record View(
            List<EventInfo.InviteeInfo> invitees,
            boolean inviteesTruncated,
            Invitee.Status status,
            boolean favourite) {}
}
