/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.Invitee;
import org.plenum.conference.room.Room;
import org.plenum.conference.room.RoomSettingsChange;
import org.plenum.conference.user.Caller;
import org.plenum.conference.user.Refused;
import org.plenum.conference.user.User;

/** The table of rest.md section 8.2, row by row. */
class EntranceTest {
    private static final String DEVICE = "a device secret of 43 characters, or so it is";
    private static final String MODERATORS = "/moderators";

    private TestDatabase database;
    private Caller alice;
    private Caller bob;
    private UUID room;
    private UUID code;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        alice = People.signIn(database, "alice");
        bob = People.signIn(database, "bob");
        room = room(People.settings(null, GuestAccess.WAITING_ROOM));
        code = code(room);
    }

    @Test
    void theOwnerModerates() {
        Admission admission = account(alice, request());

        assertTrue(admission.visitor().moderator());
        assertTrue(admission.visitor().owner());
        assertEquals(Optional.of(alice.account()), admission.visitor().account());
        assertEquals("alice Adams", admission.visitor().displayName());
        assertEquals(Optional.empty(), admission.visitor().avatarUrl());
    }

    @Test
    void theMeetingIsToldAllThatItShows() {
        UUID secret = room(People.settings("geheim", GuestAccess.WAITING_ROOM));
        Admission.Meeting meeting = database.entrance(e -> e.account(alice, secret, request(), MODERATORS))
                .meeting();

        assertEquals(Optional.of("geheim"), meeting.password());
        assertEquals("Planung", meeting.event().orElseThrow().title());
        assertEquals(
                Map.of(
                        "core",
                        Set.of("call_in", "guests_allowed"),
                        "echo",
                        Set.of(),
                        "chat",
                        Set.of(),
                        "livekit",
                        Set.of()),
                meeting.modules());
        assertEquals(Optional.of(code(secret)), meeting.details().inviteCode());
        assertEquals(Admission.WaitingRoom.FOR_GUESTS, meeting.waitingRoom());
        assertEquals("alice", meeting.owner().firstname());
        assertEquals("Standard", meeting.tariff().name());
        assertTrue(meeting.detailsPublic());
    }

    @Test
    void whoWasInvitedComesWithoutPassword() {
        UUID secret = room(People.settings("geheim", GuestAccess.DISABLED));
        invite(secret, bob, Invitee.Role.USER);

        Admission admission = database.entrance(e -> e.account(bob, secret, request(), MODERATORS));
        assertFalse(admission.visitor().moderator());
        assertFalse(admission.visitor().owner());
    }

    @Test
    void whoWasInvitedToModerateModerates() {
        invite(room, bob, Invitee.Role.MODERATOR);

        assertTrue(account(bob, request()).visitor().moderator());
    }

    @Test
    void aMemberOfTheModeratorsModeratesWhereItMayEnter() {
        Caller carol = People.signIn(database, "carol", MODERATORS, "/staff");
        assertEquals(Refused.Reason.FORBIDDEN, refusal(carol, request()).reason());

        invite(room, carol, Invitee.Role.USER);
        assertTrue(account(carol, request()).visitor().moderator());
    }

    @Test
    void aColleagueNeedsAGuestLink() {
        assertEquals(Refused.Reason.FORBIDDEN, refusal(bob, request()).reason());

        Admission admission = account(bob, request(code, null));
        assertEquals(Optional.of(bob.account()), admission.visitor().account());
        assertFalse(admission.visitor().moderator());
    }

    @Test
    void aColleagueWithALinkNeedsThePasswordToo() {
        UUID secret = room(People.settings("geheim", GuestAccess.WAITING_ROOM));
        EntranceRequest without = request(code(secret), null);

        assertEquals(
                Refused.Reason.WRONG_ROOM_PASSWORD,
                assertThrows(Refused.class, () -> database.entrance(e -> e.account(bob, secret, without, MODERATORS)))
                        .reason());
    }

    @Test
    void aRoomOfAnotherTenantIsNotThere() {
        Caller stranger = new Caller(bob.account(), "another tenant", Set.of(MODERATORS));

        assertEquals(
                Refused.Reason.NOT_FOUND, refusal(stranger, request(code, null)).reason());
    }

    @Test
    void aGuestComesWithALinkAndAName() {
        Admission.Visitor guest = guest(room, request(code, null)).visitor();

        assertEquals(Optional.empty(), guest.account());
        assertEquals("Gast", guest.displayName());
        assertFalse(guest.moderator());
    }

    @Test
    void aLinkThatIsUnknownInactiveOrExpiredIsNotFound() {
        UUID expired = database.invites(i -> i.create(alice, room, Optional.of(Instant.parse("2020-01-01T00:00:00Z"))))
                .code();
        UUID inactive =
                database.invites(i -> i.create(alice, room, Optional.empty())).code();
        database.change(entities -> entities.createNativeQuery("update invite set active = false where code = :code")
                .setParameter("code", inactive)
                .executeUpdate());

        for (UUID wrong : new UUID[] {expired, inactive, UUID.randomUUID()}) {
            Refused refused = guestRefusal(room, request(wrong, null));
            assertEquals(Refused.Reason.NOT_FOUND, refused.reason());
            assertEquals(Refused.notFound().getMessage(), refused.getMessage());
            assertEquals(2, database.statementsOf(() -> guestRefusal(room, request(wrong, null))));
        }
        assertEquals(2, database.statementsOf(() -> guestRefusal(UUID.randomUUID(), request(code, null))));
    }

    @Test
    void aLinkOfAnotherRoomIsABadRequest() {
        UUID other = room(People.settings(null, GuestAccess.DIRECT_ACCESS));

        assertEquals(
                Refused.Reason.BAD_REQUEST,
                guestRefusal(other, request(code, null)).reason());
    }

    @Test
    void aRoomThatIsClosedToGuestsForbids() {
        UUID closed = room(People.settings(null, GuestAccess.DISABLED));

        assertEquals(
                Refused.Reason.FORBIDDEN,
                guestRefusal(closed, request(code(closed), null)).reason());
    }

    @Test
    void aTariffWithoutGuestsForbids() {
        database.change(entities -> entities.createNativeQuery(
                        "update tariff set disabled_features = '[\"core::guests_allowed\"]'")
                .executeUpdate());
        try {
            assertEquals(
                    Refused.Reason.FORBIDDEN,
                    guestRefusal(room, request(code, null)).reason());
            assertEquals(
                    Set.of("call_in"),
                    account(alice, request()).meeting().modules().get("core"));
        } finally {
            database.change(entities -> entities.createNativeQuery("update tariff set disabled_features = '[]'")
                    .executeUpdate());
        }
    }

    @Test
    void aGuestNeedsThePasswordUnlessThisDeviceWasAdmittedBefore() {
        UUID secret = room(People.settings("geheim", GuestAccess.WAITING_ROOM));
        UUID link = code(secret);

        assertEquals(
                Refused.Reason.WRONG_ROOM_PASSWORD,
                guestRefusal(secret, request(link, null)).reason());
        assertEquals(
                Refused.Reason.WRONG_ROOM_PASSWORD,
                guestRefusal(secret, request(link, "Geheim")).reason());
        guest(secret, request(link, "geheim"));
        guest(secret, request(link, null).ofKnownDevice());
        assertEquals(
                Refused.Reason.WRONG_ROOM_PASSWORD,
                guestRefusal(secret, request(link, "falsch").ofKnownDevice()).reason());
    }

    @Test
    void aGuestNeedsANameAndALink() {
        EntranceRequest nameless =
                new EntranceRequest(DEVICE, Optional.of("\u202e \u0000"), Optional.empty(), Optional.of(code), false);

        assertEquals(Refused.Reason.BAD_REQUEST, guestRefusal(room, nameless).reason());
        assertEquals(Refused.Reason.BAD_REQUEST, guestRefusal(room, request()).reason());
    }

    @Test
    void waitingFollowsTheRoomsSettings() {
        assertEquals(Admission.WaitingRoom.DISABLED, waitingRoom(false, GuestAccess.DIRECT_ACCESS));
        assertEquals(Admission.WaitingRoom.FOR_GUESTS, waitingRoom(false, GuestAccess.WAITING_ROOM));
        assertEquals(Admission.WaitingRoom.FOR_EVERYONE, waitingRoom(true, GuestAccess.DIRECT_ACCESS));
    }

    private Admission.WaitingRoom waitingRoom(boolean forAll, GuestAccess guests) {
        UUID id = room(
                new RoomSettingsChange(Optional.empty(), Optional.of(forAll), Optional.of(guests), Optional.empty()));
        return database.entrance(e -> e.account(alice, id, request(), MODERATORS))
                .meeting()
                .waitingRoom();
    }

    private Admission account(Caller caller, EntranceRequest request) {
        return database.entrance(e -> e.account(caller, room, request, MODERATORS));
    }

    private Refused refusal(Caller caller, EntranceRequest request) {
        return assertThrows(Refused.class, () -> account(caller, request));
    }

    private Admission guest(UUID id, EntranceRequest request) {
        return database.entrance(e -> e.guest(id, request));
    }

    private Refused guestRefusal(UUID id, EntranceRequest request) {
        return assertThrows(Refused.class, () -> guest(id, request));
    }

    private static EntranceRequest request() {
        return new EntranceRequest(DEVICE, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private static EntranceRequest request(UUID code, String password) {
        return new EntranceRequest(
                DEVICE, Optional.of(" Gast "), Optional.ofNullable(password), Optional.of(code), false);
    }

    private UUID room(RoomSettingsChange settings) {
        return database.events(e -> e.create(alice, People.withRoom("Planung", settings), 0))
                .room()
                .id();
    }

    private UUID code(UUID id) {
        return database.invites(i -> i.list(alice, id, 1, 30)).rows().get(0).code();
    }

    private void invite(UUID id, Caller who, Invitee.Role role) {
        database.change(entities -> entities.persist(new Invitee(
                entities.getReference(Room.class, id),
                entities.getReference(User.class, who.account()),
                role,
                Instant.parse("2026-06-01T00:00:00Z"))));
    }
}
