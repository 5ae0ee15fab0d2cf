/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.chat.ChatFactory;
import org.plenum.conference.echo.EchoFactory;
import org.plenum.conference.event.Admission;

/** How rooms begin and end, and what they leave behind: nothing. */
class LifeTest {
    private static final String HELLO =
            "{'namespace':'chat','payload':{'action':'send_message','scope':'global','content':'hello'}}";

    private final TestRooms rooms = new TestRooms(new EchoFactory(), new ChatFactory(), Probe.FACTORY);

    @Test
    @DisplayName("ENV-5 after the time limit everybody is told and closed")
    void timeLimit() {
        rooms.limitedTo(Duration.ofSeconds(90));
        TestRooms.Tab alice = rooms.owner("alice");
        assertEquals("2026-06-12T09:01:30Z", alice.welcome().getString("closes_at"));
        rooms.passes(Duration.ofSeconds(60));
        TestRooms.Tab bob = rooms.user("bob");
        assertEquals("2026-06-12T09:01:30Z", bob.welcome().getString("closes_at"));
        rooms.passes(Duration.ofSeconds(29));
        assertEquals(0, bob.closeCode());
        rooms.passes(Duration.ofSeconds(1));
        assertEquals("time_limit_reached", alice.payload("core.closing").getString("reason"));
        assertEquals(1000, alice.closeCode());
        assertEquals(1000, bob.closeCode());
        assertNothingLeft();
    }

    @Test
    @DisplayName("ENV-11 a used token opens nothing")
    void usedToken() {
        String token = rooms.ticket("bob");
        assertEquals(Optional.empty(), rooms.rooms.claim(token));
        assertEquals(Optional.of(LiveRooms.Refusal.INVALID_TOKEN), rooms.rooms.claim(token));
    }

    @Test
    @DisplayName("ENV-11 nor does one of 30 s")
    void oldToken() {
        String token = rooms.ticket("bob");
        rooms.passes(Duration.ofSeconds(30));
        assertEquals(Optional.of(LiveRooms.Refusal.INVALID_TOKEN), rooms.rooms.claim(token));
    }

    @Test
    void aTokenNeedsToBeClaimedBeforeItConnects() {
        TestRooms.Tab tab = rooms.user("bob");
        assertTrue(rooms.rooms.connect(rooms.ticket("alice"), tab).isEmpty());
    }

    @Test
    @DisplayName("ENV-12 60 s after the last one has left, all is forgotten")
    void idle() {
        TestRooms.Tab alice = rooms.owner("alice");
        alice.sends(HELLO);
        alice.leaves();
        rooms.passes(Duration.ofSeconds(59));
        TestRooms.Tab bob = rooms.user("bob");
        assertEquals(
                1,
                bob.welcome()
                        .getJsonObject("module_data")
                        .getJsonObject("chat")
                        .getJsonObject("global_history")
                        .getJsonArray("messages")
                        .size());
        bob.leaves();
        rooms.passes(Duration.ofSeconds(60));
        assertNothingLeft();
        var welcome = rooms.user("carol").welcome();
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, welcome.get("participants"));
        assertEquals(
                JsonValue.EMPTY_JSON_ARRAY,
                welcome.getJsonObject("module_data")
                        .getJsonObject("chat")
                        .getJsonObject("global_history")
                        .get("messages"));
    }

    @Test
    @DisplayName("ENV-12 a room into which nobody comes goes too")
    void nobodyCame() {
        rooms.ticket("bob");
        assertEquals(1, rooms.rooms.statistics().rooms());
        rooms.passes(Duration.ofSeconds(60));
        assertNothingLeft();
    }

    @Test
    void fiftyJoinsAndLeavesLeaveNothingBehind() {
        TestRooms.Tab alice = rooms.owner("alice");
        int alarms = rooms.time.alarms();
        for (int i = 0; i < 50; i++) {
            TestRooms.Tab guest = rooms.guest("Gast " + i % 7);
            guest.sends("{'namespace':'probe','payload':{'action':'say'}}");
            guest.leaves();
        }
        LiveStatistics now = rooms.rooms.statistics();
        assertEquals(1, now.participants());
        assertEquals(1, now.connections());
        assertEquals(0, now.openTickets());
        assertEquals(alarms, rooms.time.alarms());
        assertEquals(51, now.connectionsAdmitted());
        alice.leaves();
        rooms.passes(Duration.ofSeconds(60));
        assertNothingLeft();
    }

    @Test
    void deletingTheRoomClosesTheMeeting() {
        TestRooms.Tab alice = rooms.owner("alice");
        rooms.deleteRoom();
        assertEquals("room_deleted", alice.payload("core.closing").getString("reason"));
        assertEquals(1000, alice.closeCode());
        assertNothingLeft();
    }

    @Test
    void finishedJobsDelayNoClosing() {
        TestRooms.Tab alice = rooms.owner("alice");
        alice.sends("{'namespace':'probe','payload':{'action':'work'}}");
        alice.sends("{'namespace':'probe','payload':{'action':'work','fails':true}}");
        rooms.deleteRoom();
        assertEquals(1000, alice.closeCode());
        assertNothingLeft();
    }

    @Test
    void shuttingDownTellsEverybodyToComeBack() throws InterruptedException {
        TestRooms.Tab alice = rooms.owner("alice");
        Thread undeploy = new Thread(rooms.rooms::shutDown);
        undeploy.start();
        while (undeploy.isAlive()) {
            rooms.time.settle();
            undeploy.join(1);
        }
        assertEquals("graceful_shutdown", alice.payload("core.closing").getString("reason"));
        assertEquals(1001, alice.closeCode());
        assertThrows(MeetingUnavailable.class, () -> rooms.ticket("bob"));
        rooms.rooms.shutDown();
        assertNothingLeft();
    }

    @Test
    void aFormerParticipantIsForgottenWhenThereAreTooMany() {
        RoomLimits few = new RoomLimits(
                10, 2, 3, RoomLimits.USUAL.commands(), RoomLimits.USUAL.idle(), RoomLimits.USUAL.jobsAtEnd());
        TestRooms small = new TestRooms(few, new EchoFactory(), new ChatFactory());
        TestRooms.Tab alice = small.owner("alice");
        for (int i = 0; i < 8; i++) {
            small.guest("Gast " + i).leaves();
            small.passes(Duration.ofSeconds(1));
        }
        assertEquals(4, small.user("bob").welcome().getJsonArray("participants").size());
        assertEquals(0, alice.closeCode());
    }

    @Test
    void onePersonHasSoManyConnectionsAndNoMore() {
        RoomLimits few = new RoomLimits(
                10, 2, 3, RoomLimits.USUAL.commands(), RoomLimits.USUAL.idle(), RoomLimits.USUAL.jobsAtEnd());
        TestRooms small = new TestRooms(few, new EchoFactory(), new ChatFactory());
        small.user("bob").welcome();
        small.user("bob").welcome();
        assertEquals(1008, small.user("bob").closeCode());
    }

    @Test
    void ticketsAreBounded() {
        Tickets tickets = new Tickets(rooms.time, 3);
        Admission nobody = new Admission(null, null);
        for (int i = 0; i < 3; i++) {
            tickets.issue(nobody, "");
        }
        assertThrows(MeetingUnavailable.class, () -> tickets.issue(nobody, ""));
        rooms.passes(Duration.ofSeconds(30));
        tickets.issue(nobody, "");
        assertEquals(1, tickets.open());
    }

    @Test
    void aDeviceIsKnownForTenMinutesWhileTheMeetingLasts() {
        String device = "device secret of bob";
        rooms.owner("alice");
        assertFalse(rooms.rooms.knows(TestRooms.ROOM, device));
        TestRooms.Tab bob = rooms.user("bob");
        assertTrue(rooms.rooms.knows(TestRooms.ROOM, device));
        rooms.passes(Duration.ofMinutes(30));
        assertTrue(rooms.rooms.knows(TestRooms.ROOM, device));
        bob.breaksOff();
        rooms.passes(Duration.ofMinutes(9));
        assertTrue(rooms.rooms.knows(TestRooms.ROOM, device));
        rooms.passes(Duration.ofMinutes(1));
        assertFalse(rooms.rooms.knows(TestRooms.ROOM, device));
    }

    @Test
    void aNewPasswordIsAskedOfEverybody() {
        rooms.user("bob");
        rooms.changes(Optional.of(Optional.of("other")), Optional.empty());
        assertFalse(rooms.rooms.knows(TestRooms.ROOM, "device secret of bob"));
    }

    @Test
    void devicesAreBounded() {
        Devices devices = new Devices(2);
        for (String device : List.of("a", "b", "c")) {
            devices.entered(TestRooms.id(device), rooms.time.instant());
        }
        assertTrue(devices.knows(TestRooms.id("b"), rooms.time.instant()));
        assertFalse(devices.knows(TestRooms.id("c"), rooms.time.instant()));
    }

    @Test
    void aMeetingOfAnotherNodeIsRefused() {
        LiveRooms elsewhere = new LiveRooms(
                room -> new NodeId("there"),
                new NodeId("here"),
                List.of(),
                rooms.time.surroundings(),
                RoomLimits.USUAL);
        assertThrows(MeetingUnavailable.class, () -> rooms.admitTo(elsewhere));
    }

    private void assertNothingLeft() {
        LiveStatistics now = rooms.rooms.statistics();
        assertEquals(0, now.rooms());
        assertEquals(0, now.connections());
        assertEquals(0, now.timers());
        assertEquals(0, rooms.time.alarms());
    }
}
