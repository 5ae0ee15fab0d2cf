/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo.Kind;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.RequestResponse.Reason;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.UpdateParticipantMetadata;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.MediaRoomId;

class ModerationTest {
    private static final MediaRoomId ELSEWHERE = new MediaRoomId("elsewhere");

    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");
    private final TestClient bob = meeting.joins("bob");

    @Test
    @DisplayName("MEDIA-37 a removed client is disconnected with PARTICIPANT_REMOVED and listed no more")
    void remove() {
        assertTrue(meeting.rooms.remove(Meeting.ROOM, "alice", meeting.nowNs()));
        meeting.settle();

        assertEquals(Action.DISCONNECT, alice.leave().getAction());
        assertEquals(DisconnectReason.PARTICIPANT_REMOVED, alice.leave().getReason());
        assertFalse(bob.sees("alice").isPresent());
        assertEquals(1, meeting.rooms.participants(Meeting.ROOM).size());
        assertFalse(meeting.rooms.remove(Meeting.ROOM, "alice", meeting.nowNs()));
        assertFalse(meeting.rooms.remove(ELSEWHERE, "bob", meeting.nowNs()));
        alice.sends(SignalRequest.newBuilder().setPing(1));
        alice.hangsUp();
    }

    @Test
    @DisplayName("MEDIA-35 a revoked source takes its tracks away for the publisher and for all")
    void revoke() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        String screen = alice.publishes(TrackSource.SCREEN_SHARE);
        meeting.after(200);
        assertTrue(allow(org.plenum.media.api.TrackSource.MICROPHONE));
        meeting.after(200);

        assertEquals(
                List.of(screen),
                alice.all(
                        MessageCase.TRACK_UNPUBLISHED,
                        r -> r.getTrackUnpublished().getTrackSid()));
        assertEquals(microphone, bob.tracksOf("alice").get(0).getSid());
        assertEquals(1, bob.tracksOf("alice").size());
        assertEquals(1, bob.receives().size());
        var permission = alice.sees("alice").orElseThrow().getPermission();
        assertEquals(List.of(TrackSource.MICROPHONE), permission.getCanPublishSourcesList());

        alice.offers();
        assertEquals(1, meeting.media().open().size());
        alice.announces(TestClient.request(TrackSource.SCREEN_SHARE, "again"));
        assertEquals(
                Reason.NOT_ALLOWED,
                alice.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                        .getReason());
    }

    @Test
    @DisplayName("without any source canPublish is false, and with all it is true again")
    void revokeAll() {
        allow();
        meeting.settle();
        assertFalse(alice.sees("alice").orElseThrow().getPermission().getCanPublish());
        assertEquals(Set.of(), participant("alice").maySend());
        allow(org.plenum.media.api.TrackSource.values());
        meeting.settle();
        assertTrue(alice.sees("alice").orElseThrow().getPermission().getCanPublish());
        assertEquals(0, alice.sees("alice").orElseThrow().getPermission().getCanPublishSourcesCount());
    }

    @Test
    @DisplayName("MEDIA-36 the refreshed token has exactly the new grants")
    void refreshedToken() {
        allow(org.plenum.media.api.TrackSource.CAMERA);
        String token = alice.last(MessageCase.REFRESH_TOKEN, SignalResponse::getRefreshToken);
        alice.leaves();
        TestClient again = meeting.arrives(token, Map.of());

        assertEquals(
                List.of(TrackSource.CAMERA),
                again.join().getParticipant().getPermission().getCanPublishSourcesList());
    }

    @Test
    @DisplayName("a revoked source that is granted again can be published again")
    void grantAgain() {
        alice.publishes(TrackSource.SCREEN_SHARE, "screen");
        allow(org.plenum.media.api.TrackSource.MICROPHONE);
        alice.offer().stops("screen");
        alice.offers();
        allow(org.plenum.media.api.TrackSource.SCREEN_SHARE);
        alice.publishes(TrackSource.SCREEN_SHARE, "screen");
        meeting.after(300);

        assertEquals(1, bob.tracksOf("alice").size());
        assertEquals(1, bob.receives().size());
    }

    private boolean allow(org.plenum.media.api.TrackSource... sources) {
        return meeting.rooms.allowSources(Meeting.ROOM, "alice", Set.of(sources), meeting.nowNs());
    }

    private MediaParticipant participant(String identity) {
        return meeting.rooms.participants(Meeting.ROOM).stream()
                .filter(p -> p.identity().equals(identity))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("MEDIA-38 a moderator mutes the microphone: owner and others see it, the owner may unmute")
    void mute() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        alice.publishes(TrackSource.CAMERA);
        assertTrue(meeting.rooms.muteMicrophone(Meeting.ROOM, "alice", meeting.nowNs()));
        meeting.settle();

        var asked = alice.last(MessageCase.MUTE, SignalResponse::getMute);
        assertEquals(microphone, asked.getSid());
        assertTrue(asked.getMuted());
        assertEquals(1, bob.tracksOf("alice").stream().filter(t -> t.getMuted()).count());
        assertTrue(participant("alice").tracks().get(0).muted());
        assertTrue(meeting.media().open().get(0).muted);
        alice.mutes(microphone, true);
        alice.mutes(microphone, false);
        assertFalse(bob.tracksOf("alice").get(0).getMuted());
        assertFalse(meeting.rooms.muteMicrophone(ELSEWHERE, "alice", meeting.nowNs()));
    }

    @Test
    @DisplayName("MEDIA-39 deleteRoom ends all with ROOM_DELETED, the name can be joined again at once")
    void delete() {
        meeting.rooms.deleteRoom(Meeting.ROOM, meeting.nowNs());
        for (TestClient client : List.of(alice, bob)) {
            assertEquals(Action.DISCONNECT, client.leave().getAction());
            assertEquals(DisconnectReason.ROOM_DELETED, client.leave().getReason());
        }
        assertTrue(meeting.media().closed);
        meeting.joins("alice");
        assertEquals(1, meeting.rooms.participants(Meeting.ROOM).size());
        meeting.rooms.deleteRoom(ELSEWHERE, meeting.nowNs());
        assertEquals(List.of(), meeting.rooms.participants(ELSEWHERE));
    }

    @Test
    @DisplayName("participants tells who is in with which tracks")
    void participants() {
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.arrives("waiting");

        assertTrue(participant("alice").active());
        assertEquals(alice.sid(), participant("alice").sid());
        assertEquals(
                List.of(new org.plenum.media.api.TrackInfo(
                        camera, org.plenum.media.api.TrackSource.CAMERA, true, false, "video/VP8")),
                participant("alice").tracks());
        assertFalse(participant("waiting").active());
    }

    @Test
    @DisplayName("MEDIA-42 set-metadata without the right is refused and changes nothing")
    void ownMetadata() {
        SignalRequest.Builder change = SignalRequest.newBuilder()
                .setUpdateMetadata(UpdateParticipantMetadata.newBuilder()
                        .setRequestId(7)
                        .setName("Someone Else")
                        .putAttributes("a", "1"));
        alice.sends(change);
        assertEquals(Reason.NOT_ALLOWED, response(alice));
        assertEquals("alice", bob.sees("alice").orElseThrow().getName());

        TestClient free = meeting.arrives(tokenWithMetadata(), Map.of());
        free.connects();
        free.sends(change);
        assertEquals(Reason.OK, response(free));
        assertEquals("Someone Else", bob.sees("free").orElseThrow().getName());
        assertEquals(Map.of("a", "1", "b", "2"), bob.sees("free").orElseThrow().getAttributesMap());
        free.sends(SignalRequest.newBuilder()
                .setUpdateMetadata(UpdateParticipantMetadata.newBuilder().putAttributes("b", "")));
        assertEquals(Map.of("a", "1"), free.sees("free").orElseThrow().getAttributesMap());
        free.sends(SignalRequest.newBuilder()
                .setUpdateMetadata(UpdateParticipantMetadata.newBuilder().putAttributes("b", "x".repeat(70_000))));
        assertEquals(Reason.LIMIT_EXCEEDED, response(free));
    }

    private static Reason response(TestClient client) {
        return client.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                .getReason();
    }

    private String tokenWithMetadata() {
        Grants grants = new Grants(
                "room:main",
                true,
                true,
                "free",
                "Free",
                "some",
                Map.of("b", "2"),
                Kind.AGENT,
                Grants.ALL_SOURCES,
                true,
                true,
                true,
                false,
                true);
        return meeting.entrance.refreshed(grants, Duration.ofMinutes(1), meeting.wallMs());
    }
}
