/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.conference.signaling.TestMeeting.names;
import static org.plenum.media.api.TrackSource.CAMERA;
import static org.plenum.media.api.TrackSource.MICROPHONE;
import static org.plenum.media.api.TrackSource.SCREEN_SHARE;
import static org.plenum.media.api.TrackSource.SCREEN_SHARE_AUDIO;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.conference.signaling.Notice;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.TestMeeting;
import org.plenum.conference.signaling.TestMeeting.Tab;
import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.TrackSource;

class LiveKitTest {
    private static final String ROOM = new UUID(0, 1) + ":";
    private static final String CREATE = "{'action':'create_new_access_token'}";
    private static final String POPOUT = "{'action':'request_popout_stream_access_token'}";
    private static final Set<TrackSource> UNASKED = Set.of(CAMERA, MICROPHONE);
    private static final Set<TrackSource> ALL = Set.of(CAMERA, MICROPHONE, SCREEN_SHARE, SCREEN_SHARE_AUDIO);

    private final FakeMedia media = new FakeMedia();
    private TestMeeting meeting;
    private Tab alice;
    private Tab bob;

    @BeforeEach
    void twoMeet() {
        meeting = new TestMeeting(new LiveKitFactory(media, true));
        alice = meeting.moderator("Alice");
        bob = meeting.user("Bob");
    }

    private static String share(String action, Tab... people) {
        String ids = String.join(
                "','",
                java.util.Arrays.stream(people).map(tab -> tab.id().toString()).toList());
        return "{'action':'" + action + "_screen_share_permission','participants':['" + ids + "']}";
    }

    private static JsonObject block(Tab tab) {
        return tab.blocks().own().orElseThrow();
    }

    private static String identity(Tab tab) {
        return tab.id() + ":" + tab.connection().value();
    }

    @Test
    @DisplayName("LK-1 a join gives room, token and address")
    void join() {
        JsonObject block = block(bob);
        assertEquals(ROOM + "main", block.getString("room"));
        assertEquals("token 2", block.getString("token"));
        assertEquals("https://plenum.example/livekit", block.getString("public_url"));
        assertEquals(
                "disabled", block.getJsonObject("microphone_restriction_state").getString("type"));
        AccessRequest access = media.lastToken();
        assertEquals(ROOM + "main", access.room().value());
        assertEquals(identity(bob), access.identity());
        assertEquals(access.identity(), access.name());
        assertEquals(UNASKED, access.sources());
        assertEquals(Duration.ofSeconds(32), access.life());
        assertTrue(access.maySubscribe());
        assertTrue(access.mayCreateRoom());
        assertFalse(access.hidden());
        assertEquals(ALL, media.tokens.get(0).sources()); // a moderator's
    }

    @Test
    @DisplayName("LK-1 so does create_new_access_token")
    void newToken() {
        bob.sends(CREATE);
        JsonObject credentials = bob.received().get(0);
        assertEquals("credentials", credentials.getString("message"));
        assertEquals(ROOM + "main", credentials.getString("room"));
        assertEquals("token 3", credentials.getString("token"));
        assertEquals("https://plenum.example/livekit", credentials.getString("public_url"));
        assertEquals(media.tokens.get(1), media.tokens.get(2));
        assertEquals(List.of(), alice.received());
    }

    @Test
    @DisplayName("LK-2 in a breakout room the token is for that room, and the old seat is given up")
    void breakoutToken() {
        meeting.startBreakouts(1);
        alice.switchesTo(RoomKind.breakout(0));
        assertEquals(ROOM + "0", block(alice).getString("room"));
        assertEquals(List.of("remove " + ROOM + "main " + identity(alice)), media.calls);
        alice.sends(CREATE);
        assertEquals(ROOM + "0", alice.received().get(0).getString("room"));
    }

    @Test
    @DisplayName("LK-3 a user may not grant or revoke")
    void usersGrantNothing() {
        for (String action : List.of("grant", "revoke")) {
            bob.sends(share(action, bob));
            assertEquals("insufficient_permissions", bob.received().get(0).getString("error"));
        }
        assertEquals(List.of(), media.calls);
    }

    @Test
    @DisplayName("LK-3 unknown ids are named, and the rest is done")
    void unknownIds() {
        String stranger = "00000000-0000-4000-8000-00000000dead";
        alice.sends(
                "{'action':'grant_screen_share_permission','participants':['" + stranger + "','" + bob.id() + "']}");
        List<JsonObject> events = alice.received();
        assertEquals("unknown_participant", events.get(0).getString("error"));
        assertEquals(stranger, events.get(0).getJsonArray("participant").getString(0));
        assertEquals(1, events.get(1).getJsonArray("participants").size());
        assertEquals(ALL, media.allowed.get(identity(bob)));
    }

    @Test
    @DisplayName("LK-4 a grant gives the screen to the engine's session, a revoke takes it away; the issuer is told")
    void grantAndRevoke() {
        alice.sends(share("grant", bob));
        assertEquals(ALL, media.allowed.get(identity(bob)));
        JsonObject event = alice.received().get(0);
        assertEquals("screen_share_permissions_updated", event.getString("message"));
        assertTrue(event.getBoolean("grant"));
        assertEquals(bob.id().toString(), event.getJsonArray("participants").getString(0));
        assertEquals(List.of(), bob.received());

        alice.sends(share("revoke", bob));
        assertEquals(UNASKED, media.allowed.get(identity(bob)));
        assertFalse(alice.received().get(0).getBoolean("grant"));
    }

    @Test
    @DisplayName("LK-5 a grant from a breakout room reaches Bob in main, who gets no event")
    void grantFromElsewhere() {
        meeting.startBreakouts(1);
        alice.switchesTo(RoomKind.breakout(0));
        alice.sends(share("grant", bob));
        assertEquals(List.of("screen_share_permissions_updated"), names(alice.received()));
        assertEquals(List.of(), bob.received());
    }

    @Test
    void aGrantIsRememberedForLaterTokens() {
        alice.sends(share("grant", bob));
        bob.sends(CREATE);
        assertEquals(ALL, media.lastToken().sources());
        bob.closes();
        bob.returns();
        assertEquals(ALL, media.lastToken().sources());
    }

    @Test
    @DisplayName("LK-6 closing breakout rooms deletes theirs in the engine, closing the meeting the main one")
    void roomsAreDeleted() {
        meeting.startBreakouts(2);
        meeting.closeBreakouts(alice);
        assertEquals(List.of("delete " + ROOM + "0", "delete " + ROOM + "1"), media.calls);
        media.calls.clear();
        meeting.closes(alice);
        assertEquals(List.of("delete " + ROOM + "main"), media.calls);
    }

    @Test
    void closingWithOpenBreakoutRoomsDeletesThemToo() {
        meeting.startBreakouts(2);
        bob.switchesTo(RoomKind.breakout(1));
        media.calls.clear();
        meeting.closes(alice);
        assertEquals(Set.of("delete " + ROOM + "main", "delete " + ROOM + "1"), Set.copyOf(media.calls));
    }

    @Test
    @DisplayName("LK-7 a window of its own is hidden and sends nothing")
    void popout() {
        bob.sends(POPOUT);
        assertEquals("token 3", bob.received().get(0).getString("token"));
        AccessRequest access = media.lastToken();
        assertEquals(identity(bob) + "-popout1", access.identity());
        assertTrue(access.hidden());
        assertEquals(Set.of(), access.sources());
        assertFalse(access.mayCreateRoom());
        bob.sends(POPOUT);
        assertEquals(identity(bob) + "-popout2", media.lastToken().identity());
    }

    @Test
    void windowsAreBounded() {
        for (int i = 0; i < Seats.MOST_POPOUTS + 5; i++) {
            bob.sends(POPOUT);
        }
        assertEquals(
                identity(bob) + "-popout" + Seats.MOST_POPOUTS,
                media.lastToken().identity());
    }

    @Test
    @DisplayName("LK-9 who leaves is removed from the engine, with all windows")
    void leaving() {
        bob.sends(POPOUT);
        bob.closes();
        assertEquals(
                List.of(
                        "remove " + ROOM + "main " + identity(bob),
                        "remove " + ROOM + "main " + identity(bob) + "-popout1"),
                media.calls);
    }

    @Test
    void whoBecomesModeratorMaySharesAtOnce() {
        meeting.promotes(bob, Participant.Role.MODERATOR);
        assertEquals(ALL, media.allowed.get(identity(bob)));
        meeting.promotes(bob, Participant.Role.USER);
        assertEquals(UNASKED, media.allowed.get(identity(bob)));
    }

    @Test
    void mutingReachesEveryRoomAndIsReported() {
        meeting.startBreakouts(1);
        bob.switchesTo(RoomKind.breakout(0));
        media.calls.clear();
        meeting.tells(alice, new Notice.MuteWanted(Set.of(bob.id())));
        assertEquals(List.of("mute " + ROOM + "0 " + identity(bob)), media.calls);
        assertEquals(List.of(new Notice.Muted(Set.of(bob.id()))), meeting.told());
    }

    @Test
    void withoutPermissionsEverybodyShares() {
        meeting = new TestMeeting(new LiveKitFactory(media, false));
        meeting.user("Carol");
        assertEquals(ALL, media.lastToken().sources());
    }

    @Test
    void anEngineThatIsDownIsToldAndEndsNothing() {
        media.broken = true;
        bob.sends(CREATE);
        assertEquals("livekit_unavailable", bob.received().get(0).getString("error"));
        bob.sends(POPOUT);
        assertEquals("livekit_unavailable", bob.received().get(0).getString("error"));
        alice.sends(share("grant", bob));
        assertEquals("livekit_unavailable", alice.received().get(0).getString("error"));
        Tab carol = meeting.user("Carol"); // gets in, and asks for a token until there is one
        assertEquals("", block(carol).getString("token"));
        media.broken = false;
        carol.sends(CREATE);
        assertEquals("credentials", carol.received().get(0).getString("message"));
    }
}
