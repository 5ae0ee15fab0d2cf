/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.conference.invite.InviteInfo;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomDeleted;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.room.RoomSettingsChange;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.User;

class EventsTest {
    private TestDatabase database;
    private Caller alice;
    private Caller bob;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        alice = People.signIn(database, "alice");
        bob = People.signIn(database, "bob");
    }

    @Test
    void anEventComesWithARoomAndAPermanentGuestLink() {
        EventInfo event = create("Planung");

        assertEquals("Planung", event.title());
        assertTrue(event.canEdit());
        assertEquals(Invitee.Status.ACCEPTED, event.inviteStatus());
        List<InviteInfo> links = database.invites(
                        invites -> invites.list(alice, event.room().id(), 1, 30))
                .rows();
        assertEquals(1, links.size());
        assertTrue(links.get(0).active());
        assertEquals(Optional.empty(), links.get(0).expiration());
    }

    @Test
    void datesComeBackAsTheyWereGiven() {
        Dates dates = People.dates("2026-06-12T08:00:00Z", "2026-06-12T09:00:00Z", "RRULE:FREQ=WEEKLY;INTERVAL=2");
        EventInfo event = database.events(events -> events.create(alice, People.draft("Serie", Optional.of(dates)), 0));

        assertEquals(
                Optional.of(dates),
                database.events(events -> events.read(alice, event.id(), 0)).dates());
    }

    @Test
    void anEventMustNotEndBeforeItStarts() {
        Dates wrong = People.dates("2026-06-12T08:00:00Z", "2026-06-12T07:59:59Z");
        Refused refused = refusal(events -> events.create(alice, People.draft("x", Optional.of(wrong)), 0));

        assertEquals(Refused.Reason.VALIDATION_FAILED, refused.reason());
        assertEquals("ends_at", refused.complaints().get(0).field());
    }

    @Test
    void wholeDaysStartAndEndAtMidnightOfTheirZone() {
        Dates midnight =
                new Dates(true, People.when("2026-06-11T22:00:00Z"), People.when("2026-06-12T22:00:00Z"), List.of());
        create("ganztags", Optional.of(midnight));
        Dates utc =
                new Dates(true, People.when("2026-06-12T00:00:00Z"), People.when("2026-06-13T00:00:00Z"), List.of());
        Refused refused = refusal(events -> events.create(alice, People.draft("x", Optional.of(utc)), 0));

        assertEquals(2, refused.complaints().size());
    }

    @Test
    void colleaguesAreForbiddenStrangersFindNothing() {
        EventInfo event = create("Planung");
        Caller stranger = new Caller(bob.account(), "another tenant", Set.of());

        assertEquals(
                Refused.Reason.FORBIDDEN,
                refusal(e -> e.read(bob, event.id(), 0)).reason());
        assertEquals(
                Refused.Reason.FORBIDDEN,
                refusal(e -> e.change(bob, event.id(), title("mine"), 0)).reason());
        assertEquals(
                Refused.Reason.NOT_FOUND,
                refusal(e -> e.read(stranger, event.id(), 0)).reason());
        assertEquals(
                Refused.Reason.NOT_FOUND,
                refusal(e -> e.read(bob, UUID.randomUUID(), 0)).reason());
        assertEquals(
                Refused.Reason.NOT_FOUND,
                refusal(e -> e.lobby(stranger, event.room().id())).reason());
    }

    @Test
    void theInvitedSeeTheEventButDoNotChangeIt() {
        EventInfo event = create("Planung");
        invite(event, bob, Invitee.Role.MODERATOR);

        EventInfo seen = database.events(events -> events.read(bob, event.id(), 10));
        assertFalse(seen.canEdit());
        assertEquals(Invitee.Status.PENDING, seen.inviteStatus());
        assertEquals(1, seen.invitees().size());
        assertEquals(Invitee.Role.MODERATOR, seen.invitees().get(0).role());
        assertEquals(
                Refused.Reason.FORBIDDEN,
                refusal(e -> e.change(bob, event.id(), title("mine"), 0)).reason());
        assertTrue(database.events(e -> e.read(alice, event.id(), 0)).inviteesTruncated());
        assertFalse(database.events(e -> e.read(alice, event.id(), 1)).inviteesTruncated());
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        for (int day = 28; day > 20; day--) {
            create("day " + day, dayOfJune(day));
        }
        create("timeless");
        create("another");

        List<String> forwards = new ArrayList<>();
        Window window = new Window(3, Optional.empty(), Optional.empty());
        EventPage page = page(window);
        assertEquals(Optional.empty(), page.before());
        while (true) {
            page.rows().forEach(row -> forwards.add(row.title()));
            if (page.after().isEmpty()) {
                break;
            }
            page = page(new Window(3, reparsed(page.after()), Optional.empty()));
        }
        assertEquals(
                List.of(
                        "timeless",
                        "another",
                        "day 21",
                        "day 22",
                        "day 23",
                        "day 24",
                        "day 25",
                        "day 26",
                        "day 27",
                        "day 28"),
                forwards);

        EventPage back = page(new Window(3, Optional.empty(), reparsed(page.before())));
        assertEquals(
                List.of("day 25", "day 26", "day 27"),
                back.rows().stream().map(EventInfo::title).toList());
    }

    @Test
    void listsAreFiltered() {
        create("past", dayOfJune(1));
        EventInfo future = create("future", dayOfJune(20));
        EventInfo timeless = create("timeless");
        database.events(e -> e.addFavourite(alice, timeless.id()));

        Instant noon = Instant.parse("2026-06-10T12:00:00Z");
        assertEquals(
                List.of("future"), titles(alice, filter(Optional.of(noon), Optional.empty(), false, Set.of(), null)));
        assertEquals(
                List.of("past"), titles(alice, filter(Optional.empty(), Optional.of(noon), false, Set.of(), null)));
        assertEquals(
                List.of("timeless"), titles(alice, filter(Optional.empty(), Optional.empty(), true, Set.of(), null)));
        assertEquals(
                List.of("timeless"), titles(alice, filter(Optional.empty(), Optional.empty(), false, Set.of(), true)));
        assertEquals(
                List.of("timeless", "past", "future"),
                titles(
                        alice,
                        filter(Optional.empty(), Optional.empty(), false, EnumSet.of(Invitee.Status.ACCEPTED), null)));

        invite(future, bob, Invitee.Role.USER);
        assertEquals(
                List.of(),
                titles(
                        bob,
                        filter(Optional.empty(), Optional.empty(), false, EnumSet.of(Invitee.Status.ACCEPTED), null)));
        assertEquals(
                List.of("future"),
                titles(
                        bob,
                        filter(Optional.empty(), Optional.empty(), false, EnumSet.of(Invitee.Status.PENDING), null)));
    }

    @Test
    void aListNeedsTheSameStatementsHoweverManyRowsItHas() {
        create("first");
        int forOne =
                database.statementsOf(() -> database.events(e -> e.list(alice, People.everything(), first(100), 5)));
        for (int i = 0; i < 30; i++) {
            invite(create("more " + i), bob, Invitee.Role.USER);
        }
        int forMany =
                database.statementsOf(() -> database.events(e -> e.list(alice, People.everything(), first(100), 5)));

        assertEquals(2, forOne);
        assertEquals(2, forMany);
        assertEquals(
                1,
                database.statementsOf(() -> database.events(e -> e.list(alice, People.everything(), first(100), 0))));
    }

    @Test
    void aChangeIsToldToTheRunningMeetingIfItShows() {
        EventInfo event = create("Planung");
        UUID room = event.room().id();
        database.fired();

        database.events(e -> e.change(alice, event.id(), title("Planung 2"), 0));
        assertEquals(
                List.of(new RoomParametersChanged(room, Optional.empty(), Optional.of("Planung 2"), true)),
                database.fired());

        database.events(e -> e.change(alice, event.id(), password(Optional.of("geheim")), 0));
        database.events(e -> e.change(alice, event.id(), password(Optional.of("geheim")), 0));
        database.events(e -> e.change(alice, event.id(), password(Optional.empty()), 0));
        assertEquals(
                List.of(
                        new RoomParametersChanged(room, Optional.of(Optional.of("geheim")), Optional.empty(), true),
                        new RoomParametersChanged(room, Optional.of(Optional.empty()), Optional.empty(), true)),
                database.fired());
    }

    @Test
    void aChangeOfTheTitleKeepsASeriesNewDatesWithoutARuleEndIt() {
        Dates series = People.dates("2026-06-12T08:00:00Z", "2026-06-12T09:00:00Z", "RRULE:FREQ=DAILY");
        EventInfo event = create("Serie", Optional.of(series));

        assertEquals(
                Optional.of(series),
                database.events(e -> e.change(alice, event.id(), title("neu"), 0))
                        .dates());
        EventChange moved = new EventChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(People.when("2026-06-12T08:30:00Z")),
                Optional.empty(),
                Optional.empty(),
                People.unchanged());
        assertEquals(
                List.of(),
                database.events(e -> e.change(alice, event.id(), moved, 0))
                        .dates()
                        .orElseThrow()
                        .recurrence());
    }

    @Test
    void aTimelessEventNeedsAllDatesToGetSome() {
        EventInfo event = create("timeless");
        EventChange dated = new EventChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.of(People.when("2026-06-12T08:30:00Z")),
                Optional.empty(),
                Optional.empty(),
                People.unchanged());

        assertEquals(
                List.of("is_all_day", "ends_at"),
                refusal(e -> e.change(alice, event.id(), dated, 0)).complaints().stream()
                        .map(complaint -> complaint.field())
                        .toList());
    }

    @Test
    void deletingAnEventTakesItsRoomAndLinksAlong() {
        EventInfo event = create("Planung");
        invite(event, bob, Invitee.Role.USER);
        database.events(e -> e.addFavourite(bob, event.id()));
        database.fired();

        database.events(e -> {
            e.delete(alice, event.id());
            return null;
        });

        assertEquals(List.of(new RoomDeleted(event.room().id())), database.fired());
        assertEquals(List.of(), titles(bob, People.everything()));
        for (String table : List.of("event", "room", "invite", "invitee", "favourite")) {
            assertEquals(0, rows(table), table);
        }
    }

    @Test
    void favouritesAreMarkedOnce() {
        EventInfo event = create("Planung");

        assertTrue(database.<Boolean>events(e -> e.addFavourite(alice, event.id())));
        assertFalse(database.<Boolean>events(e -> e.addFavourite(alice, event.id())));
        assertTrue(database.events(e -> e.read(alice, event.id(), 0)).favourite());
        assertEquals(
                Refused.Reason.FORBIDDEN,
                refusal(e -> e.addFavourite(bob, event.id())).reason());
        database.events(e -> {
            e.removeFavourite(alice, event.id());
            return null;
        });
        assertEquals(
                Refused.Reason.NOT_FOUND,
                refusal(e -> {
                            e.removeFavourite(alice, event.id());
                            return null;
                        })
                        .reason());
    }

    @Test
    void theLobbyShowsDetailsOnlyWhereTheEventDoes() {
        EventInfo event = create("Planung");
        UUID room = event.room().id();
        UUID code =
                database.invites(i -> i.list(alice, room, 1, 30)).rows().get(0).code();

        assertEquals(
                Optional.of(code),
                database.events(e -> e.lobby(alice, room))
                        .details()
                        .orElseThrow()
                        .inviteCode());
        assertEquals(
                Optional.of(code),
                database.events(e -> e.lobby(code, room))
                        .details()
                        .orElseThrow()
                        .inviteCode());
        EventChange hidden = new EventChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                People.unchanged());
        database.events(e -> e.change(alice, event.id(), hidden, 0));
        assertEquals(
                Optional.empty(), database.events(e -> e.lobby(alice, room)).details());
        assertEquals(
                Refused.Reason.BAD_REQUEST,
                refusal(e -> e.lobby(code, UUID.randomUUID())).reason());
        assertEquals(
                Refused.Reason.NOT_FOUND,
                refusal(e -> e.lobby(UUID.randomUUID(), room)).reason());
    }

    private int rows(String table) {
        return database.inTransaction(entities -> entities.createNativeQuery("select 1 from " + table)
                .getResultList()
                .size());
    }

    private EventInfo create(String title) {
        return create(title, Optional.empty());
    }

    private EventInfo create(String title, Optional<Dates> dates) {
        return database.events(events -> events.create(alice, People.draft(title, dates), 0));
    }

    private void invite(EventInfo event, Caller who, Invitee.Role role) {
        database.change(entities -> entities.persist(new Invitee(
                entities.getReference(Room.class, event.room().id()),
                entities.getReference(User.class, who.account()),
                role,
                Instant.parse("2026-06-01T00:00:00Z"))));
    }

    private EventPage page(Window window) {
        return database.events(events -> events.list(alice, People.everything(), window, 0));
    }

    private List<String> titles(Caller caller, EventFilter filter) {
        return database.events(events -> events.list(caller, filter, first(100), 0)).rows().stream()
                .map(EventInfo::title)
                .toList();
    }

    private Refused refusal(java.util.function.Function<Events, Object> work) {
        return assertThrows(Refused.class, () -> database.events(work));
    }

    private static Window first(int rows) {
        return new Window(rows, Optional.empty(), Optional.empty());
    }

    private static Optional<Cursor> reparsed(Optional<Cursor> cursor) {
        return cursor.flatMap(c -> Cursor.parse(c.text()));
    }

    private static Optional<Dates> dayOfJune(int day) {
        String date = "2026-06-" + (day < 10 ? "0" + day : day);
        return Optional.of(People.dates(date + "T08:00:00Z", date + "T09:00:00Z"));
    }

    private static EventFilter filter(
            Optional<Instant> from,
            Optional<Instant> until,
            boolean favourites,
            Set<Invitee.Status> statuses,
            Boolean timeIndependent) {
        return new EventFilter(
                from,
                until,
                Optional.empty(),
                Optional.empty(),
                favourites,
                statuses,
                Optional.empty(),
                Optional.ofNullable(timeIndependent));
    }

    private static EventChange title(String title) {
        return change(Optional.of(title), People.unchanged());
    }

    private static EventChange password(Optional<String> password) {
        return change(
                Optional.empty(),
                new RoomSettingsChange(Optional.of(password), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static EventChange change(Optional<String> title, RoomSettingsChange room) {
        return new EventChange(
                title,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                room);
    }
}
