/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.conference.phone.EndedCall;
import org.plenum.conference.room.CallIn;
import org.plenum.conference.room.GuestAccess;
import org.plenum.conference.room.RoomSettingsChange;
import org.plenum.conference.user.Caller;

class PhoneEntranceTest {
    private static final String TEL = "plenum.call-in.tel";

    private TestDatabase database;
    private Caller alice;

    @BeforeEach
    void open() {
        System.setProperty(TEL, "+49 30 5550100");
        database = new TestDatabase();
        alice = People.signIn(database, "alice");
    }

    @AfterEach
    void close() {
        System.clearProperty(TEL);
    }

    private EventInfo event(RoomSettingsChange settings) {
        return database.events(events -> events.create(alice, People.withRoom("Planung", settings), 0));
    }

    private PhoneAnswer calls(String id, String pin) {
        return database.entrance(entrance -> entrance.caller(id, pin, "call 1"));
    }

    @Test
    void everyNewEventHasATelephone() {
        CallIn callIn = event(People.settings(null, GuestAccess.DIRECT_ACCESS))
                .room()
                .callIn()
                .orElseThrow();
        assertEquals("+49 30 5550100", callIn.tel());
        assertTrue(callIn.id().matches("[0-9]{10}"));
        assertTrue(callIn.password().matches("[0-9]{10}"));
        System.clearProperty(TEL);
        assertTrue(event(People.settings(null, GuestAccess.DIRECT_ACCESS))
                .room()
                .callIn()
                .isEmpty());
    }

    @Test
    void idAndPinTogetherLetInWithoutThePassword() {
        EventInfo event = event(People.settings("geheim", GuestAccess.WAITING_ROOM));
        CallIn callIn = event.room().callIn().orElseThrow();
        PhoneAnswer answer = calls(callIn.id(), callIn.password());

        Admission admission =
                assertInstanceOf(PhoneAnswer.Welcome.class, answer).admission();
        assertEquals(event.room().id(), admission.meeting().room());
        assertTrue(admission.visitor().phone());
        assertEquals("+491***890", admission.called("+491***890").visitor().displayName());
        assertTrue(admission.visitor().account().isEmpty());
        assertEquals(Optional.of(callIn), admission.meeting().details().callIn());
    }

    @Test
    void wrongIdAndWrongPinAreTheSame() {
        CallIn callIn = event(People.settings(null, GuestAccess.DIRECT_ACCESS))
                .room()
                .callIn()
                .orElseThrow();
        PhoneAnswer wrong = new PhoneAnswer.WrongNumbers();
        assertEquals(wrong, calls(callIn.id(), callIn.id()));
        assertEquals(wrong, calls("0000000000", callIn.password()));
        assertEquals(wrong, calls("", ""));
    }

    @Test
    void meetingsWithoutGuestsHaveNoTelephone() {
        EventInfo open = event(People.settings(null, GuestAccess.DIRECT_ACCESS));
        CallIn callIn = open.room().callIn().orElseThrow();
        EventChange closed = People.change(People.settings(null, GuestAccess.DISABLED));
        EventInfo after = database.events(events -> events.change(alice, open.id(), closed, 0));

        assertTrue(after.room().callIn().isEmpty());
        assertEquals(new PhoneAnswer.NotOffered(), calls(callIn.id(), callIn.password()));
    }

    @Test
    void callRecordsAreKeptWithTheRoomOrWithout() {
        Instant now = Instant.parse("2026-05-05T10:00:00Z");
        UUID room =
                event(People.settings(null, GuestAccess.DIRECT_ACCESS)).room().id();
        List<EndedCall> calls = List.of(
                new EndedCall(Optional.of(room), now, now.plusSeconds(60), "hung_up", "+493055501 00", "+491***890"),
                new EndedCall(Optional.empty(), now.minusSeconds(9), now, "wrong_numbers", "1", "x".repeat(100)),
                new EndedCall(Optional.of(UUID.randomUUID()), now.minusSeconds(99), now, "room_closed", "1", ""));
        calls.forEach(call -> database.calls(records -> {
            records.keep(call);
            return null;
        }));

        List<EndedCall> kept = database.calls(records -> records.since(now.minusSeconds(3600), 10));
        assertEquals(calls.get(0), kept.get(0));
        assertEquals("x".repeat(64), kept.get(1).caller());
        assertTrue(kept.get(2).room().isEmpty(), "a room that is gone already");
        assertEquals(
                2,
                database.calls(records -> records.since(now.minusSeconds(10), 10))
                        .size());
        assertEquals(
                1, database.calls(records -> records.since(Instant.EPOCH, 1)).size());
    }
}
