/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.chat.ChatFactory;
import org.plenum.conference.echo.EchoFactory;
import org.plenum.conference.event.Admission.WaitingRoom;

class AttendanceTest {
    private static final String ENTER = "{'namespace':'core','payload':{'action':'enter_room'}}";
    private TestRooms rooms;

    @BeforeEach
    void open() {
        rooms = new TestRooms(new EchoFactory(), new ChatFactory(), Probe.FACTORY);
    }

    private static String accept(String name) {
        return probe("accept", name);
    }

    private static String probe(String action, String name) {
        return "{'namespace':'probe','payload':{'action':'" + action + "','target':'" + TestRooms.id(name) + "'}}";
    }

    @Test
    @DisplayName("CORE-1 the owner alone in a room without event and time limit")
    void ownerAlone() {
        JsonObject welcome = rooms.owner("alice").welcome();
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, welcome.get("participants"));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, welcome.get("connections"));
        assertEquals("moderator", welcome.getString("role"));
        assertTrue(welcome.getBoolean("is_room_owner"));
        assertEquals(JsonValue.NULL, welcome.get("event_info"));
        assertFalse(welcome.containsKey("closes_at"));
        JsonObject tariff = welcome.getJsonObject("tariff");
        assertEquals(5_000, tariff.getJsonObject("quotas").getInt("max_storage"));
        assertFalse(tariff.getJsonObject("quotas").containsKey("room_participant_limit"));
        assertEquals(12, tariff.getJsonObject("used_quota").getInt("max_storage"));
        assertEquals(
                "recording::stream", tariff.getJsonArray("disabled_features").getString(0));
        assertEquals("s3cret", welcome.getJsonObject("room_info").getString("password"));
        assertTrue(welcome.getJsonObject("meeting_details").containsKey("invite_code_id"));
    }

    @Test
    @DisplayName("CORE-2 who joins is told of the others, and they of the one who joins")
    void twoMeet() {
        TestRooms.Tab alice = rooms.owner("alice");
        alice.received();
        JsonObject welcome = rooms.user("bob").welcome();
        JsonObject peer = welcome.getJsonArray("participants").getJsonObject(0);
        assertEquals(TestRooms.id("alice").toString(), peer.getString("id"));
        JsonObject data = peer.getJsonObject("module_data");
        assertEquals("alice", data.getJsonObject("core").getString("display_name"));
        assertEquals("moderator", data.getJsonObject("core").getString("role"));
        assertEquals("registered", data.getJsonObject("core").getString("participation_kind"));
        assertEquals(
                "main", data.getJsonObject("breakout").getJsonObject("room").getString("kind"));
        assertEquals(0, data.getJsonObject("probe").getInt("said"));
        assertTrue(peer.getJsonArray("connections").getJsonObject(0).containsKey("device_id"));

        JsonObject connected = alice.payload("core.participant_connected");
        assertEquals(TestRooms.id("bob").toString(), connected.getString("participant_id"));
        assertEquals(welcome.getString("connection_id"), connected.getString("connection_id"));
        assertFalse(connected.containsKey("device_id"));
        JsonObject blocks = connected.getJsonObject("peer_data");
        assertEquals("bob", blocks.getJsonObject("probe").getString("name"));
        assertEquals("bob", blocks.getJsonObject("core").getString("display_name"));
        assertEquals(
                "main", blocks.getJsonObject("breakout").getJsonObject("room").getString("kind"));
    }

    @Test
    @DisplayName("CORE-3 who is in cannot enter")
    void entersTwice() {
        TestRooms.Tab bob = rooms.user("bob");
        bob.received();
        bob.sends(ENTER);
        assertEquals(List.of("core.already_in_room"), bob.names());
    }

    @Test
    @DisplayName("CORE-5 core and breakout are always among the enabled modules")
    void enabledModules() {
        JsonObject modules = rooms.user("bob").welcome().getJsonObject("enabled_modules");
        assertEquals(List.of("core", "breakout", "chat", "echo", "probe"), List.copyOf(modules.keySet()));
        assertEquals("guests_allowed", modules.getJsonArray("core").getString(0));
        assertEquals("loud", modules.getJsonArray("probe").getString(0));
    }

    @Test
    @DisplayName("CORE-6 moderators alone hear of new parameters when the details are not public")
    void parametersForModerators() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        bob.received();
        rooms.changes(Optional.empty(), Optional.of("New title"));
        JsonObject change = alice.payload("core.room_parameters_changed").getJsonObject("change");
        assertEquals("New title", change.getString("title"));
        assertFalse(change.containsKey("password"));
        assertEquals(List.of(), bob.names());
    }

    @Test
    @DisplayName("CORE-6 everybody does when they are")
    void parametersForAll() {
        rooms.withPublicDetails();
        rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        assertEquals("s3cret", bob.welcome().getJsonObject("room_info").getString("password"));
        rooms.changes(Optional.of(Optional.of("other")), Optional.empty());
        assertEquals(
                "other",
                bob.payload("core.room_parameters_changed")
                        .getJsonObject("change")
                        .getString("password"));
    }

    @Test
    @DisplayName("CORE-7 a removed password is null, and nobody is told one any more")
    void passwordRemoved() {
        TestRooms.Tab alice = rooms.owner("alice");
        rooms.changes(Optional.of(Optional.empty()), Optional.empty());
        assertEquals(
                JsonValue.NULL,
                alice.payload("core.room_parameters_changed")
                        .getJsonObject("change")
                        .get("password"));
    }

    @Test
    @DisplayName("CORE-9 a second tab: the first hears of it, and it is told of the first")
    void secondTab() {
        TestRooms.Tab first = rooms.user("alice");
        String firstId = first.welcome().getString("connection_id");
        TestRooms.Tab second = rooms.user("alice");
        JsonObject connected = first.payload("core.participant_connected");
        assertEquals(TestRooms.id("alice").toString(), connected.getString("participant_id"));
        JsonObject welcome = second.welcome();
        assertEquals(connected.getString("connection_id"), welcome.getString("connection_id"));
        JsonArray others = welcome.getJsonArray("connections");
        assertEquals(1, others.size());
        assertEquals(firstId, others.getJsonObject(0).getString("connection_id"));
        assertEquals(welcome.getString("device_id"), others.getJsonObject(0).getString("device_id"));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, welcome.get("participants"));
    }

    @Test
    @DisplayName("CORE-10 closing one of two tabs leaves the person in")
    void oneOfTwoTabsCloses() {
        TestRooms.Tab bob = rooms.user("bob");
        TestRooms.Tab first = rooms.user("alice");
        TestRooms.Tab second = rooms.user("alice");
        String closing = second.welcome().getString("connection_id");
        bob.received();
        second.leaves();
        JsonObject gone = bob.payload("core.participant_disconnected");
        assertEquals(closing, gone.getString("connection_id"));
        assertEquals("leave", gone.getString("reason"));
        JsonObject alice = participant(rooms.user("carol").welcome(), "alice");
        assertFalse(alice.getJsonObject("module_data").getJsonObject("core").containsKey("left_at"));
        assertEquals(1, alice.getJsonArray("connections").size());
        assertEquals(0, first.closeCode());
    }

    private static JsonObject participant(JsonObject welcome, String name) {
        return welcome.getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("id").equals(TestRooms.id(name).toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("CORE-11 who has left is listed with the time, and keeps the time of the first join")
    void leftOnes() {
        rooms.user("bob");
        TestRooms.Tab alice = rooms.user("alice");
        rooms.passes(Duration.ofSeconds(10));
        alice.leaves();
        JsonObject left = participant(rooms.user("carol").welcome(), "alice");
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, left.get("connections"));
        JsonObject core = left.getJsonObject("module_data").getJsonObject("core");
        assertEquals("2026-06-12T09:00:10Z", core.getString("left_at"));
        rooms.passes(Duration.ofSeconds(10));
        rooms.user("alice");
        core = participant(rooms.user("dave").welcome(), "alice")
                .getJsonObject("module_data")
                .getJsonObject("core");
        assertFalse(core.containsKey("left_at"));
        assertEquals("2026-06-12T09:00:00Z", core.getString("joined_at"));
    }

    @Test
    @DisplayName("CORE-12 beyond the limit nobody new gets in, but a second tab does")
    void limit() {
        rooms.limitedTo(2);
        rooms.user("alice");
        rooms.user("bob");
        TestRooms.Tab carol = rooms.user("carol");
        List<JsonObject> events = carol.received();
        assertEquals(1, events.size());
        assertEquals("core.join_blocked", TestRooms.name(events.get(0)));
        assertEquals(
                "participant_limit_reached",
                events.get(0).getJsonObject("payload").getString("reason"));
        assertEquals(1000, carol.closeCode());
        TestRooms.Tab second = rooms.user("bob");
        second.welcome();
    }

    @Test
    @DisplayName("CORE-12 those who wait are counted too")
    void limitCountsWaiting() {
        rooms.limitedTo(2).withWaitingRoom(WaitingRoom.FOR_EVERYONE);
        rooms.owner("alice");
        rooms.user("bob").one("core.in_waiting_room");
        assertEquals(1000, rooms.user("carol").closeCode());
    }

    @Test
    @DisplayName("CORE-13 a role that was changed in the meeting survives a reconnect")
    void roleSurvives() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        alice.sends(probe("promote", "bob"));
        bob.breaksOff();
        assertEquals("moderator", rooms.user("bob").welcome().getString("role"));
    }

    @Test
    @DisplayName("CORE-14 a guest is a guest to itself, and a user of kind guest to others")
    void guest() {
        TestRooms.Tab alice = rooms.owner("alice");
        alice.received();
        TestRooms.Tab gast = rooms.guest("Gast Nord");
        JsonObject welcome = gast.welcome();
        assertEquals("guest", welcome.getString("role"));
        assertEquals(welcome.getString("device_id"), welcome.getString("id"));
        JsonObject core = alice.payload("core.participant_connected")
                .getJsonObject("peer_data")
                .getJsonObject("core");
        assertEquals("user", core.getString("role"));
        assertEquals("guest", core.getString("participation_kind"));
        assertFalse(welcome.getJsonObject("room_info").containsKey("password"));
        assertFalse(welcome.getJsonObject("meeting_details").containsKey("invite_code_id"));
        assertEquals(
                JsonValue.EMPTY_JSON_ARRAY,
                welcome.getJsonObject("meeting_details").get("streaming_links"));
    }

    @Test
    void aGuestIsRecognisedByItsDevice() {
        rooms.owner("alice");
        TestRooms.Tab gast = rooms.guest("Gast Nord");
        String id = gast.welcome().getString("id");
        gast.breaksOff();
        assertEquals(id, rooms.guest("Gast Nord").welcome().getString("id"));
        assertNotEquals(id, rooms.guest("Gast Ost").welcome().getString("id"));
    }

    @Test
    @DisplayName("ENV-6 the name of the first join stays")
    void nameStays() {
        TestRooms.Tab bob = rooms.user("bob");
        bob.received();
        TestRooms.Tab first = rooms.userCalled("alice", "Name A");
        TestRooms.Tab second = rooms.userCalled("alice", "Name B");
        assertEquals("Name A", first.welcome().getString("display_name"));
        assertEquals("Name A", second.welcome().getString("display_name"));
    }

    @Test
    @DisplayName("ENV-14 nothing reaches who joins before join_success")
    void welcomeComesFirst() {
        rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        assertEquals(List.of("core.join_success", "probe.saw"), bob.names());
    }

    @Test
    @DisplayName("ENV-15 a client that does not read is dropped, and the others see the connection lost")
    void slowClient() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        bob.stopsReading();
        alice.received();
        alice.sends("{'namespace':'probe','payload':{'action':'say'}}");
        assertEquals(1008, bob.closeCode());
        assertEquals(
                "connection_lost",
                alice.payload("core.participant_disconnected").getString("reason"));
    }

    @Test
    void modulesHearOfADepartureBeforeTheOthersDo() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        alice.received();
        bob.breaksOff();
        List<JsonObject> events = alice.received();
        assertEquals("probe.lost", TestRooms.name(events.get(0)));
        assertTrue(events.get(0).getJsonObject("payload").getBoolean("last"));
        assertEquals("connection_lost", events.get(1).getJsonObject("payload").getString("reason"));
    }

    @Test
    @DisplayName("ECHO-2 a ping of one who waits is answered")
    void echoWhileWaiting() {
        rooms.withWaitingRoom(WaitingRoom.FOR_EVERYONE);
        TestRooms.Tab bob = rooms.user("bob");
        bob.received();
        bob.sends("{'namespace':'echo','payload':{'action':'ping'}}");
        assertEquals(List.of("echo.pong"), bob.names());
    }

    @Test
    @DisplayName("ERR-3 nothing but that works for one who waits, and nobody in the meeting hears of it")
    void waitingMayNotTalk() {
        rooms.withWaitingRoom(WaitingRoom.FOR_EVERYONE);
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        bob.received();
        alice.received();
        bob.sends("{'namespace':'chat','payload':{'action':'send_message','scope':'global','content':'hello'}}");
        assertEquals(List.of("error.not_supported"), bob.names());
        assertEquals(List.of(), alice.names());
    }

    @Test
    @DisplayName("MOD-2 who was accepted enters with all its tabs")
    void acceptedEnters() {
        rooms.withWaitingRoom(WaitingRoom.FOR_EVERYONE);
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        TestRooms.Tab second = rooms.user("bob");
        bob.one("core.in_waiting_room");
        bob.sends(ENTER);
        bob.one("core.not_accepted");
        alice.sends(accept("bob"));
        alice.received();
        second.received();
        second.sends(ENTER);
        bob.welcome();
        second.welcome();
        List<String> events = alice.names();
        assertEquals("core.left_waiting_room", events.get(0));
        assertEquals(
                2, events.stream().filter("core.participant_connected"::equals).count());
    }

    @Test
    @DisplayName("MOD-5 who was accepted once comes back without waiting")
    void acceptedComesBack() {
        rooms.withWaitingRoom(WaitingRoom.FOR_GUESTS);
        rooms.user("bob").welcome();
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab gast = rooms.guest("Gast");
        String id = gast.payload("core.in_waiting_room").getString("participant_id");
        alice.sends("{'namespace':'probe','payload':{'action':'accept','target':'" + id + "'}}");
        gast.sends(ENTER);
        gast.welcome();
        gast.breaksOff();
        rooms.guest("Gast").welcome();
    }

    @Test
    @DisplayName("MOD-6 moderators hear when one who waits goes")
    void waitingLeaves() {
        rooms.withWaitingRoom(WaitingRoom.FOR_EVERYONE);
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        JsonObject joined = alice.payload("core.joined_waiting_room");
        assertEquals(JsonValue.NULL, joined.get("avatar_url"));
        bob.leaves();
        JsonObject left = alice.payload("core.left_waiting_room");
        assertEquals(TestRooms.id("bob").toString(), left.getString("id"));
        assertEquals(
                left.getString("connection_id"),
                left.getJsonArray("connection_ids").getString(0));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, rooms.owner("alice").welcome().get("participants"));
    }

    @Test
    void sentBackOneWaitsOnTheSameSocket() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        alice.sends("{'namespace':'probe','payload':{'action':'wait'}}");
        alice.received();
        bob.received();
        alice.sends(probe("send_back", "bob"));
        assertEquals(List.of("probe.lost", "core.participant_disconnected", "core.joined_waiting_room"), alice.names());
        assertEquals(0, bob.closeCode());
        alice.sends("{'namespace':'probe','payload':{'action':'say'}}");
        assertEquals(List.of(), bob.names());
        bob.sends(ENTER);
        assertEquals(List.of("core.not_accepted"), bob.names());
    }

    @Test
    void removedOneIsClosedForGoodAndMustWait() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        assertTrue(rooms.rooms.knows(TestRooms.ROOM, "device secret of bob"));
        alice.sends("{'namespace':'probe','payload':{'action':'wait'}}");
        alice.received();
        alice.sends(probe("kick", "bob"));
        assertEquals(1000, bob.closeCode());
        assertEquals("kicked", alice.payload("core.participant_disconnected").getString("reason"));
        assertFalse(rooms.rooms.knows(TestRooms.ROOM, "device secret of bob"));
        rooms.user("bob").one("core.in_waiting_room");
    }

    @Test
    void bannedAccountStaysOut() {
        TestRooms.Tab alice = rooms.owner("alice");
        rooms.user("bob");
        alice.sends(probe("ban", "bob"));
        assertTrue(rooms.rooms.banned(TestRooms.ROOM, TestRooms.id("bob")));
        assertEquals(1000, rooms.user("bob").closeCode());
    }

    @Test
    @DisplayName("CORE-15 a reconnect leads back into the breakout room")
    void backIntoBreakout() {
        TestRooms.Tab alice = rooms.owner("alice");
        TestRooms.Tab bob = rooms.user("bob");
        alice.sends("{'namespace':'probe','payload':{'action':'open'}}");
        alice.received();
        bob.received();
        bob.sends("{'namespace':'probe','transaction_id':3,'payload':{'action':'move','to':1}}");
        JsonObject switched = bob.one("breakout.switched_room");
        assertEquals(3, switched.getInt("transaction_id"));
        JsonObject payload = switched.getJsonObject("payload");
        assertEquals(1, payload.getJsonObject("new_room").getInt("id"));
        assertEquals(0, payload.getJsonObject("own_data").getJsonObject("probe").getInt("said"));
        JsonObject told = alice.one("breakout.participant_switched_room");
        assertFalse(told.containsKey("transaction_id"));
        alice.received();
        bob.sends("{'namespace':'probe','payload':{'action':'say'}}");
        assertEquals(List.of(), alice.names());
        bob.breaksOff();
        JsonObject welcome = rooms.user("bob").welcome();
        assertEquals(
                1, welcome.getJsonObject("module_data").getJsonObject("probe").getInt("said"));
    }
}
