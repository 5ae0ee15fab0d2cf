/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.conference.signaling.TestMeeting.names;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.TestMeeting;
import org.plenum.conference.signaling.TestMeeting.Tab;

class ChatTest {
    private static final String DISABLE = "{'action':'disable_chat'}";
    private static final String ENABLE = "{'action':'enable_chat'}";
    private static final String CLEAR = "{'action':'clear_history'}";

    private TestMeeting meeting;
    private Tab alice;
    private Tab bob;
    private Tab charlie;

    @BeforeEach
    void threeMeet() {
        meet(Optional.empty(), HistoryLimits.USUAL);
    }

    private void meet(Optional<RateLimit> rateLimit, HistoryLimits limits) {
        meeting = new TestMeeting(new ChatFactory(rateLimit, limits));
        alice = meeting.owner("Alice");
        bob = meeting.user("Bob");
        charlie = meeting.user("Charlie");
    }

    private static String global(String content) {
        return "{'action':'send_message','scope':'global','content':'" + content + "'}";
    }

    private static String toRoom(int room, String content) {
        return "{'action':'send_message','scope':'breakout','target':" + room + ",'content':'" + content + "'}";
    }

    private static String privately(Tab target, String content) {
        return "{'action':'send_message','scope':'private','target':'" + target.id() + "','content':'" + content + "'}";
    }

    private static String chunk(String scope, long index) {
        return "{'action':'get_history_chunk'," + scope + ",'message_index':" + index + "}";
    }

    private static String search(String term, String more) {
        return "{'action':'search_history','scope':'global','term':'" + term + "'" + more + "}";
    }

    private static String only(Tab tab, String field) {
        List<JsonObject> events = tab.received();
        assertEquals(1, events.size(), events.toString());
        return events.get(0).getString(field);
    }

    private static JsonObject block(Tab tab) {
        return tab.blocks().own().orElseThrow();
    }

    private static List<String> contents(JsonObject chunk) {
        return chunk.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(message -> message.getString("content"))
                .toList();
    }

    @Test
    @DisplayName("CHAT-1 nobody writes while the chat is off, moderators included")
    void disabled() {
        meeting.startBreakouts(1);
        alice.sends(DISABLE);
        bob.received();
        alice.received();
        for (String message : List.of(global("a"), toRoom(0, "b"), privately(bob, "c"))) {
            alice.sends(message);
            assertEquals("chat_disabled", only(alice, "error"));
        }
        assertEquals(List.of(), bob.received());
        assertFalse(block(bob.opensSecondTab()).getBoolean("enabled"));
    }

    @Test
    @DisplayName("CHAT-2 all hear that it is off and on again, and by whom")
    void enabledAgain() {
        alice.sends(DISABLE);
        assertEquals(alice.id().toString(), only(bob, "issued_by"));
        alice.sends(ENABLE);
        JsonObject event = charlie.received().get(1);
        assertEquals("chat_enabled", event.getString("message"));
        assertEquals(alice.id().toString(), event.getString("issued_by"));
        bob.received();
        bob.sends(global("again"));
        assertEquals("again", only(charlie, "content"));
        assertTrue(block(bob.opensSecondTab()).getBoolean("enabled"));
    }

    @Test
    void onlyModeratorsSwitchAndClear() {
        for (String command : List.of(ENABLE, DISABLE, CLEAR)) {
            bob.sends(command);
            assertEquals("insufficient_permissions", only(bob, "error"));
        }
        assertEquals(List.of(), alice.received());
    }

    @Test
    @DisplayName("CHAT-3 a private message reaches its two, each told the other")
    void privateMessage() {
        alice.sends(privately(bob, "psst"));
        JsonObject sent = alice.received().get(0);
        assertEquals(bob.id().toString(), sent.getString("target"));
        assertEquals("private", sent.getString("scope"));
        JsonObject got = bob.received().get(0);
        assertEquals(alice.id().toString(), got.getString("target"));
        assertEquals(alice.id().toString(), got.getString("source"));
        assertEquals(sent.getString("id"), got.getString("id"));
        assertEquals(List.of(), charlie.received());
    }

    @Test
    @DisplayName("CHAT-4 clearing empties what all said, not what two did")
    void cleared() {
        bob.sends(global("loud"));
        bob.sends(privately(alice, "quiet"));
        bob.received();
        alice.sends(CLEAR);
        assertEquals(List.of("history_cleared"), names(bob.received()));
        JsonObject block = block(bob.opensSecondTab());
        assertEquals(List.of(), contents(block.getJsonObject("global_history")));
        JsonObject privateOne = block.getJsonArray("private_history").getJsonObject(0);
        assertEquals(List.of("quiet"), contents(privateOne.getJsonObject("history")));
    }

    private static String seen(String scope, String time) {
        return "{'action':'set_last_seen_timestamp'," + scope + ",'timestamp':'" + time + "'}";
    }

    @Test
    @DisplayName("CHAT-5 what was seen last is told again at the next join, to its owner alone")
    void lastSeenAtRejoin() {
        bob.sends(seen("'scope':'global'", "2026-06-12T09:10:00Z"));
        bob.sends(seen("'scope':'private','target':'" + alice.id() + "'", "2026-06-12T09:11:00+02:00"));
        bob.closes();
        JsonObject block = block(bob.returns());
        assertEquals("2026-06-12T09:10:00Z", block.getString("last_seen_timestamp_global"));
        JsonObject times = block.getJsonObject("last_seen_timestamps_private");
        assertEquals("2026-06-12T07:11:00Z", times.getString(alice.id().toString()));
        JsonObject other = block(charlie.opensSecondTab());
        assertEquals(JsonValue.NULL, other.get("last_seen_timestamp_global"));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, other.get("last_seen_timestamps_private"));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, other.get("last_seen_timestamps_group"));
    }

    @Test
    @DisplayName("CHAT-6 setting it is told to the own tabs alone")
    void lastSeenIsTold() {
        Tab second = bob.opensSecondTab();
        bob.sends(seen("'scope':'global'", "2026-06-12T09:10:00Z"));
        assertEquals("2026-06-12T09:10:00Z", only(bob, "timestamp"));
        assertEquals("global", only(second, "scope"));
        assertEquals(List.of(), charlie.received());
    }

    @Test
    @DisplayName("CHAT-7 a message to a breakout room is for those in it")
    void breakoutMessage() {
        meeting.startBreakouts(2);
        bob.switchesTo(RoomKind.breakout(0));
        charlie.switchesTo(RoomKind.breakout(0));
        bob.sends(toRoom(0, "here"));
        JsonObject got = charlie.received().get(0);
        assertEquals("breakout", got.getString("scope"));
        assertEquals(0, got.getInt("target"));
        assertEquals("here", only(bob, "content"));
        assertEquals(List.of(), alice.received());
    }

    @Test
    @DisplayName("CHAT-8 nobody writes to a room in which they are not")
    void foreignBreakout() {
        bob.sends(toRoom(0, "nowhere"));
        assertEquals("invalid_breakout_scope", only(bob, "error"));
        meeting.startBreakouts(2);
        bob.sends(toRoom(0, "from main"));
        assertEquals("invalid_breakout_scope", only(bob, "error"));
        bob.switchesTo(RoomKind.breakout(1));
        bob.sends(toRoom(0, "from next door"));
        assertEquals("invalid_breakout_scope", only(bob, "error"));
    }

    @Test
    @DisplayName("CHAT-9 a global message is heard in all rooms")
    void globalFromEverywhere() {
        meeting.startBreakouts(1);
        bob.switchesTo(RoomKind.breakout(0));
        bob.sends(global("from 0"));
        assertEquals("from 0", only(charlie, "content"));
        bob.received();
        charlie.sends(global("from main"));
        assertEquals("from main", only(bob, "content"));
    }

    @Test
    @DisplayName("CHAT-10 private messages know no rooms")
    void privateAcrossRooms() {
        meeting.startBreakouts(2);
        bob.switchesTo(RoomKind.breakout(0));
        bob.sends(privately(charlie, "to main"));
        assertEquals("to main", only(charlie, "content"));
        charlie.sends(privately(bob, "to 0"));
        assertEquals("to 0", bob.received().get(1).getString("content"));
        charlie.switchesTo(RoomKind.breakout(1));
        charlie.received();
        bob.sends(privately(charlie, "to 1"));
        assertEquals("to 1", only(charlie, "content"));
    }

    @Test
    @DisplayName("CHAT-11 a private message to somebody unknown is refused")
    void unknownTarget() {
        bob.sends("{'action':'send_message','scope':'private','target':'00000000-0000-4000-8000-00000000dead',"
                + "'content':'hello'}");
        assertEquals("unknown_participant", only(bob, "error"));
    }

    @Test
    void whoHasLeftCanStillBeWrittenTo() {
        charlie.closes();
        bob.sends(privately(charlie, "later"));
        assertEquals("later", only(bob, "content"));
        JsonObject history =
                block(charlie.returns()).getJsonArray("private_history").getJsonObject(0);
        assertEquals(List.of("later"), contents(history.getJsonObject("history")));
    }

    @Test
    @DisplayName("CHAT-12 201 messages come in chunks of 100, 100 and 1")
    void pagesOfGlobal() {
        for (int i = 0; i < 201; i++) {
            bob.sends(global("m" + i));
        }
        assertPages("'scope':'global'", block(charlie.opensSecondTab()).getJsonObject("global_history"));
    }

    @Test
    @DisplayName("CHAT-12 the same in private")
    void pagesOfPrivate() {
        for (int i = 0; i < 201; i++) {
            charlie.sends(privately(bob, "m" + i));
        }
        JsonObject first =
                block(bob.opensSecondTab()).getJsonArray("private_history").getJsonObject(0);
        assertPages("'scope':'private','target':'" + charlie.id() + "'", first.getJsonObject("history"));
    }

    @Test
    @DisplayName("CHAT-12 the same in a breakout room")
    void pagesOfBreakout() {
        meeting.startBreakouts(1);
        bob.switchesTo(RoomKind.breakout(0));
        for (int i = 0; i < 201; i++) {
            bob.sends(toRoom(0, "m" + i));
        }
        JsonObject first = block(bob.opensSecondTab()).getJsonObject("breakout_room_history");
        assertPages("'scope':'breakout'", first); // without target: one's own room
    }

    private void assertPages(String scope, JsonObject newest) {
        bob.received();
        assertPage(newest, 101, 200);
        assertEquals(100, newest.getInt("next_index"));
        bob.sends(chunk(scope, 100));
        JsonObject second = bob.received().get(0).getJsonObject("history");
        assertPage(second, 1, 100);
        bob.sends(chunk(scope, second.getInt("next_index")));
        JsonObject third = bob.received().get(0).getJsonObject("history");
        assertPage(third, 0, 0);
        assertEquals(JsonValue.NULL, third.get("next_index"));
        bob.sends(chunk(scope, 201));
        JsonObject beyond = bob.received().get(0).getJsonObject("history");
        assertEquals(List.of(), contents(beyond));
        assertEquals(JsonValue.NULL, beyond.get("next_index"));
    }

    private static void assertPage(JsonObject page, int from, int to) {
        List<String> contents = contents(page);
        assertEquals(to - from + 1, contents.size());
        assertEquals("m" + from, contents.get(0));
        assertEquals("m" + to, contents.get(contents.size() - 1));
    }

    @Test
    @DisplayName("CHAT-13 what was said in a breakout room is for those in it, and for moderators")
    void foreignHistory() {
        meeting.startBreakouts(1);
        bob.switchesTo(RoomKind.breakout(0));
        bob.sends(toRoom(0, "secret"));
        String room = "'scope':'breakout','target':0";
        charlie.sends(chunk(room, 0));
        assertEquals("insufficient_permissions", only(charlie, "error"));
        charlie.sends("{'action':'search_history'," + room + ",'term':'secret'}");
        assertEquals("insufficient_permissions", only(charlie, "error"));
        alice.sends(chunk(room, 0));
        JsonObject event = alice.received().get(0);
        assertEquals("breakout_chat_history_chunk", event.getString("message"));
        assertEquals(0, event.getInt("breakout_id"));
        assertEquals(List.of("secret"), contents(event.getJsonObject("history")));
        alice.sends("{'action':'search_history'," + room + ",'term':'secret'}");
        assertEquals(List.of("secret"), contents(alice.received().get(0).getJsonObject("matches")));
    }

    @Test
    @DisplayName("CHAT-14 private histories are told to their two at the next join")
    void privateHistories() {
        alice.sends(privately(bob, "one"));
        bob.sends(privately(alice, "two"));
        alice.closes();
        JsonArray histories = block(alice.returns()).getJsonArray("private_history");
        assertEquals(1, histories.size());
        assertEquals(bob.id().toString(), histories.getJsonObject(0).getString("correspondent"));
        assertEquals(List.of("one", "two"), contents(histories.getJsonObject(0).getJsonObject("history")));
        assertEquals(
                0,
                block(charlie.opensSecondTab()).getJsonArray("private_history").size());
    }

    @Test
    @DisplayName("CHAT-15 who switches into a room is told what was said there, until the rooms close")
    void breakoutHistory() {
        meeting.startBreakouts(1);
        bob.switchesTo(RoomKind.breakout(0));
        bob.sends(toRoom(0, "early"));
        charlie.switchesTo(RoomKind.breakout(0));
        assertEquals(List.of("early"), contents(block(charlie).getJsonObject("breakout_room_history")));
        charlie.switchesTo(RoomKind.MAIN);
        assertFalse(block(charlie).containsKey("breakout_room_history"));
        bob.switchesTo(RoomKind.MAIN);
        meeting.closeBreakouts(alice);
        meeting.startBreakouts(1);
        charlie.switchesTo(RoomKind.breakout(0));
        assertEquals(List.of(), contents(block(charlie).getJsonObject("breakout_room_history")));
    }

    @Test
    @DisplayName("CHAT-16 a term of one byte is too short")
    void shortTerm() {
        bob.sends(search("x", ""));
        JsonObject error = bob.received().get(0);
        assertEquals("invalid_search_term_length", error.getString("error"));
        assertEquals(2, error.getInt("min"));
        bob.sends(search("ü", "")); // two bytes
        assertEquals(List.of("search_results"), names(bob.received()));
    }

    @Test
    @DisplayName("CHAT-17 matches are paged by the rules of chunks")
    void pagedMatches() {
        for (int i = 0; i < 150; i++) {
            bob.sends(global("needle " + i));
            bob.sends(global("hay"));
        }
        bob.received();
        bob.sends(search("needle", ""));
        JsonObject newest = bob.received().get(0);
        assertEquals("global", newest.getString("scope"));
        JsonObject matches = newest.getJsonObject("matches");
        assertEquals(100, contents(matches).size());
        assertEquals("needle 149", contents(matches).get(99));
        assertEquals(49, matches.getInt("next_index"));
        bob.sends(search("needle", ",'message_index':49"));
        JsonObject older = bob.received().get(0).getJsonObject("matches");
        assertEquals(50, contents(older).size());
        assertEquals("needle 0", contents(older).get(0));
        assertEquals(JsonValue.NULL, older.get("next_index"));
        bob.sends(search("Needle", ""));
        assertEquals(List.of(), contents(bob.received().get(0).getJsonObject("matches")));
    }

    @Test
    @DisplayName("CHAT-18 ten at once, asked to slow down from the sixth on, and no more")
    void rateLimit() {
        meet(RateLimit.configured("1, 10, 0.5"), HistoryLimits.USUAL);
        for (int i = 1; i <= 11; i++) {
            bob.sends(global("m" + i));
            List<JsonObject> events = bob.received();
            if (i <= 5) {
                assertEquals(List.of("message_sent"), names(events));
            } else if (i <= 10) {
                assertEquals(List.of("slow_down", "message_sent"), names(events));
                assertEquals(1000, events.get(0).getInt("recommended_wait_ms"));
            } else {
                assertEquals("too_many_requests", events.get(0).getString("error"));
                assertEquals(5000, events.get(0).getInt("retry_after_ms"));
            }
        }
        assertEquals(10, charlie.received().size());
        meeting.passes(Duration.ofSeconds(1));
        bob.sends(global("later"));
        assertEquals("later", only(charlie, "content"));
    }

    @Test
    @DisplayName("CHAT-19 moderators in the same room are told of who is too fast")
    void rateLimitIsTold() {
        meet(RateLimit.configured("1,1,0"), HistoryLimits.USUAL);
        Tab dora = meeting.moderator("Dora");
        bob.sends(global("one"));
        bob.sends(global("two"));
        JsonObject told = dora.received().get(1);
        assertEquals("participant_rate_limited", told.getString("message"));
        assertEquals(bob.id().toString(), told.getString("participant_id"));
        alice.received();
        dora.received();
        dora.sends(global("three"));
        dora.sends(global("four"));
        assertEquals(List.of("slow_down", "message_sent", "error"), names(dora.received()));
        assertEquals("participant_rate_limited", alice.received().get(1).getString("message"));
        alice.sends(global("five"));
        alice.sends(global("six"));
        assertFalse(names(dora.received()).contains("participant_rate_limited")); // the owner may
    }

    @Test
    void aMessageHasALimit() {
        String most = "x".repeat(HistoryLimits.ONE_MESSAGE);
        bob.sends(global(most));
        assertEquals(most, only(bob, "content"));
        bob.sends(global(most + "x"));
        assertEquals("invalid_json", only(bob, "error"));
        bob.sends(global("ü".repeat(HistoryLimits.ONE_MESSAGE / 2 + 1)));
        assertEquals("invalid_json", only(bob, "error"));
    }

    @Test
    void historiesHaveALimitTogetherAndTheOldestGoesFirst() {
        meet(Optional.empty(), new HistoryLimits(4, 1_000));
        bob.sends(privately(alice, "p"));
        for (int i = 0; i < 5; i++) {
            bob.sends(global("m" + i));
        }
        JsonObject block = block(bob.opensSecondTab());
        assertEquals(List.of("m1", "m2", "m3", "m4"), contents(block.getJsonObject("global_history")));
        assertEquals(JsonValue.NULL, block.getJsonObject("global_history").get("next_index"));
        assertEquals(0, block.getJsonArray("private_history").size());
        bob.received();
        bob.sends(chunk("'scope':'global'", 2)); // indices stay what they were
        assertEquals(List.of("m1", "m2"), contents(bob.received().get(0).getJsonObject("history")));
        bob.sends(global("y".repeat(999)));
        assertEquals(
                1,
                contents(block(bob.opensSecondTab()).getJsonObject("global_history"))
                        .size());
    }

    @Test
    void manyPeopleAreForgottenAgain() {
        Tab first = meeting.user("First");
        first.closes();
        for (int i = 0; i < Chat.KNOWN; i++) {
            meeting.user("Guest " + i).closesWithoutFailover();
        }
        bob.sends(privately(first, "anybody there?"));
        assertEquals("unknown_participant", only(bob, "error"));
        bob.sends(privately(alice, "you are"));
        assertEquals("you are", only(bob, "content"));
    }

    @Test
    void aBrokenRateLimitIsNamed() {
        for (String text : List.of("1,10", "x,10,0.5", "0,10,0.5", "1,0,0.5", "1,10,2")) {
            String complaint = assertThrows(IllegalArgumentException.class, () -> RateLimit.configured(text))
                    .getMessage();
            assertTrue(complaint.startsWith("plenum.chat.rate-limit"), complaint);
        }
    }

    @Test
    void lastSeenOfStrangersIsNotKept() {
        ParticipantId stranger = ParticipantId.of("00000000-0000-4000-8000-00000000dead");
        bob.sends(seen("'scope':'private','target':'" + stranger + "'", "2026-06-12T09:10:00Z"));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, block(bob.opensSecondTab()).get("last_seen_timestamps_private"));
    }
}
