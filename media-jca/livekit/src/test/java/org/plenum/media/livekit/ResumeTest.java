/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantInfo.State;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SimulateScenario;
import livekit.LivekitRtc.SyncState;
import livekit.LivekitRtc.TrackPublishedResponse;
import livekit.LivekitRtc.UpdateSubscription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.peer.Connection;

class ResumeTest {
    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");
    private final TestClient bob = meeting.joins("bob");

    @Test
    @DisplayName("MEDIA-44 a cut socket resumes with the same sid and tracks, the others hear nothing of it")
    void cut() {
        String track = alice.publishes(TrackSource.MICROPHONE);
        bob.publishes(TrackSource.CAMERA);
        meeting.after(300);
        String ufrag = ufrag(alice);
        bob.forget();
        alice.hangsUp();
        meeting.after(3000);
        TestClient again = meeting.resumes(alice, "alice");
        meeting.after(300);

        assertEquals(MessageCase.RECONNECT, again.kinds().get(0));
        assertEquals(
                List.of(MessageCase.RECONNECT, MessageCase.UPDATE, MessageCase.ROOM_UPDATE, MessageCase.OFFER),
                again.kinds().subList(0, 4));
        assertEquals(
                "1.9.0", again.received().get(0).getReconnect().getServerInfo().getVersion());
        ParticipantInfo self = again.sees("alice").orElseThrow();
        assertEquals(alice.sid(), self.getSid());
        assertEquals(track, self.getTracks(0).getSid());
        assertEquals(State.ACTIVE, again.sees("bob").orElseThrow().getState());
        assertTrue(again.kinds().contains(MessageCase.REFRESH_TOKEN));
        assertNotEquals(ufrag, ufrag(again), "an ICE restart");
        assertEquals(1, again.receives().size());
        assertEquals(List.of(), bob.kinds(), "nobody left or came");
        assertEquals(1, meeting.counter("resumes"));
        assertEquals(0, again.closeCode);
    }

    @Test
    @DisplayName("whose media falls silent while the socket lives is asked to resume, at most once in 15 s")
    void silence() {
        alice.publishes(TrackSource.MICROPHONE);
        alice.fallsSilent();
        meeting.after(10);
        assertEquals(List.of(Action.RESUME), actions(alice));
        assertEquals(0, alice.closeCode, "the socket is the client's to close");
        alice.fallsSilent();
        meeting.after(14_000);
        assertEquals(List.of(Action.RESUME), actions(alice));
        TestClient again = meeting.resumes(alice, "alice");
        meeting.after(2000);
        again.fallsSilent();
        meeting.after(10);
        assertEquals(List.of(Action.RESUME), actions(again));
        assertEquals(2, meeting.counter("resumes_asked_for"));
        assertEquals(1, bob.sidsOf("alice").size());
    }

    private static List<Action> actions(TestClient client) {
        return client.received().stream()
                .filter(SignalResponse::hasLeave)
                .map(response -> response.getLeave().getAction())
                .toList();
    }

    @Test
    @DisplayName(
            "MEDIA-45 two resumes in a row work, also without a published track and before the old socket is missed")
    void twice() {
        TestClient second = meeting.resumes(alice, "alice");
        assertNotEquals(1000, alice.closeCode, "some clients would take that for good");
        alice.hangsUp();
        TestClient third = meeting.resumes(second, "alice");
        second.hangsUp();
        third.publishes(TrackSource.MICROPHONE);
        meeting.after(30_000);

        assertEquals(1, bob.tracksOf("alice").size());
        assertEquals(1, bob.sidsOf("alice").size());
        assertEquals(0, third.closeCode);
    }

    @Test
    @DisplayName("MEDIA-47 somebody who left during a resume is gone afterwards, a newcomer is there")
    void changesMeanwhile() {
        alice.hangsUp();
        bob.leaves();
        meeting.joins("carol").publishes(TrackSource.MICROPHONE);
        meeting.after(500);
        TestClient again = meeting.resumes(alice, "alice");
        meeting.after(300);

        assertFalse(again.sees("bob").isPresent());
        assertEquals(1, again.sidsOf("bob").size(), "told that he is gone");
        assertEquals(1, again.tracksOf("carol").size());
        assertEquals(1, again.receives().size());
    }

    @Test
    @DisplayName("without a resume a session ends after 20 s, and a later one is refused")
    void neverComesBack() {
        alice.hangsUp();
        meeting.after(19_900);
        assertTrue(bob.sees("alice").isPresent());
        meeting.after(200);
        assertFalse(bob.sees("alice").isPresent());
        assertEquals(1, meeting.counter("never_resumed"));
        assertEquals(Action.RECONNECT, meeting.resumes(alice, "alice").leave().getAction());
    }

    @Test
    @DisplayName("MEDIA-48 nobody gets another's session: identity, room and sid have to fit")
    void foreign() {
        alice.hangsUp();
        TestClient stranger = meeting.resumes(alice, "mallory");
        assertEquals(DisconnectReason.STATE_MISMATCH, stranger.leave().getReason());
        TestClient older = meeting.arrives(
                meeting.token("alice", Meeting.EVERYTHING, true, false),
                Map.of("reconnect", "1", "sid", "PA_abcdefghijkl"));
        assertEquals(DisconnectReason.STATE_MISMATCH, older.leave().getReason());
        assertEquals(0, meeting.resumes(alice, "alice").closeCode);
    }

    @Test
    @DisplayName("a client that dies while it has no socket is gone at once")
    void diesMeanwhile() {
        alice.hangsUp();
        alice.become(Connection.State.FAILED);
        assertFalse(bob.sees("alice").isPresent());
    }

    @Test
    @DisplayName("MEDIA-49 a client that believes in tracks which we do not know has to come again")
    void unknownTracks() {
        alice.hangsUp();
        TestClient again = meeting.resumes(alice, "alice");
        again.sends(SignalRequest.newBuilder()
                .setSyncState(SyncState.newBuilder()
                        .addPublishTracks(TrackPublishedResponse.newBuilder()
                                .setTrack(TrackInfo.newBuilder().setSid("TR_AMxxxxxxxxxxxx")))));
        assertEquals(Action.RECONNECT, again.leave().getAction());
        assertFalse(bob.sees("alice").isPresent());
    }

    @Test
    @DisplayName("what the client unsubscribed and hid is so after the resume")
    void state() {
        String sound = bob.publishes(TrackSource.MICROPHONE);
        String picture = bob.publishes(TrackSource.CAMERA);
        meeting.after(300);
        alice.hangsUp();
        TestClient again = meeting.resumes(alice, "alice");
        again.sends(SignalRequest.newBuilder()
                .setSyncState(SyncState.newBuilder()
                        .setSubscription(UpdateSubscription.newBuilder().addTrackSids(sound))
                        .addTrackSidsDisabled(picture)));
        meeting.after(300);
        assertEquals(List.of(picture), again.offeredTracks());
        assertTrue(again.receives().get(0).paused);
    }

    @Test
    @DisplayName("a microphone that was muted while its client was away is muted after the resume")
    void mutedMeanwhile() {
        String track = alice.publishes(TrackSource.MICROPHONE);
        alice.hangsUp();
        meeting.rooms.muteMicrophone(Meeting.ROOM, "alice", meeting.nowNs());
        TestClient again = meeting.resumes(alice, "alice");
        assertEquals(
                List.of(MessageCase.RECONNECT, MessageCase.MUTE, MessageCase.UPDATE),
                again.kinds().subList(0, 3));
        again.mutes(track, true);
        again.hangsUp();
        TestClient third = meeting.resumes(again, "alice");
        assertFalse(third.kinds().contains(MessageCase.MUTE));
    }

    @Test
    @DisplayName("a client can try out the end of its session, of the server, and a new start")
    void simulated() {
        alice.sends(SignalRequest.newBuilder()
                .setSimulate(SimulateScenario.newBuilder().setNodeFailure(true)));
        assertEquals(1011, alice.closeCode);
        assertFalse(bob.sees("alice").isPresent());
        assertEquals(Action.RECONNECT, meeting.resumes(alice, "alice").leave().getAction());
        bob.sends(SignalRequest.newBuilder()
                .setSimulate(SimulateScenario.newBuilder().setLeaveRequestFullReconnect(true)));
        assertEquals(Action.RECONNECT, bob.leave().getAction());
        TestClient carol = meeting.joins("carol");
        carol.sends(SignalRequest.newBuilder()
                .setSimulate(SimulateScenario.newBuilder().setMigration(true)));
        assertEquals(0, carol.closeCode);
        carol.sends(SignalRequest.newBuilder()
                .setSimulate(SimulateScenario.newBuilder().setServerLeave(true)));
        assertEquals(Action.DISCONNECT, carol.leave().getAction());
    }

    @Test
    @DisplayName("whoever missed more people leaving than are kept has to come again")
    void tooMuchMissed() {
        alice.hangsUp();
        IntStream.rangeClosed(0, 1000).forEach(i -> {
            TestClient brief = meeting.joins("brief " + i);
            brief.leaves();
        });
        assertEquals(Action.RECONNECT, meeting.resumes(alice, "alice").leave().getAction());
    }

    private static String ufrag(TestClient client) {
        return TestClient.described(client.last(MessageCase.OFFER, SignalResponse::getOffer))
                .transport()
                .ufrag();
    }
}
