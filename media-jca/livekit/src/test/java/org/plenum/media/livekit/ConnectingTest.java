/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo.State;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.JoinResponse;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.Ping;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.sdp.MediaKind;

class ConnectingTest {
    private final Meeting meeting = new Meeting();

    @Test
    @DisplayName("MEDIA-1 two clients of one room list each other and become active")
    void twoClientsListEachOther() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");

        assertEquals(State.ACTIVE, alice.sees("bob").orElseThrow().getState());
        assertEquals(State.ACTIVE, bob.sees("alice").orElseThrow().getState());
        assertEquals(
                List.of("alice", "bob"),
                meeting.rooms.participants(Meeting.ROOM).stream()
                        .map(MediaParticipant::identity)
                        .toList());
    }

    @Test
    @DisplayName("the first messages are join, offer and refresh_token, and join says what clients need")
    void firstMessages() {
        TestClient alice = meeting.arrives("alice");

        assertEquals(List.of(MessageCase.JOIN, MessageCase.OFFER, MessageCase.REFRESH_TOKEN), alice.kinds());
        JoinResponse join = alice.join();
        assertTrue(join.getSubscriberPrimary());
        assertEquals(5, join.getPingInterval());
        assertEquals(15, join.getPingTimeout());
        assertEquals("video/VP8", join.getEnabledPublishCodecs(0).getMime());
        assertTrue(join.getParticipant().getPermission().getCanPublish());
        assertTrue(join.getParticipant().getSid().matches("PA_[A-Za-z0-9]{12}"));
        assertTrue(join.getRoom().getSid().matches("RM_[A-Za-z0-9]{12}"));
        assertEquals("room:main", join.getRoom().getName());
        assertEquals(
                MediaKind.APPLICATION,
                TestClient.described(alice.lastOffer()).sections().get(0).kind());
        assertEquals(1, alice.lastOffer().getId());
    }

    @Test
    @DisplayName("MEDIA-2 a token that does not pass ends in a close without a join")
    void badTokens() {
        String good = meeting.token("alice", Meeting.EVERYTHING, true, false);
        List<String> bad = List.of("", "x.y.z", good.substring(1), good + "A", good.substring(0, good.length() - 2));
        for (String token : bad) {
            TestClient client = meeting.arrives(token, Map.of());
            assertEquals(1008, client.closeCode, token);
            assertEquals(List.of(), client.received());
            assertEquals(
                    401,
                    meeting.entrance
                            .validate(token, parameters("17"), meeting.wallMs())
                            .status());
        }
        assertEquals(bad.size(), meeting.counter("joins_refused"));
        assertEquals(0, meeting.gauge("rooms"));
    }

    @Test
    @DisplayName("MEDIA-3 validate with a good token says success")
    void validate() {
        String token = meeting.token("alice", Meeting.EVERYTHING, true, false);
        assertEquals(
                "success",
                meeting.entrance
                        .validate(token, parameters("17"), meeting.wallMs())
                        .text());
        assertEquals(
                200,
                meeting.entrance
                        .validate(token, parameters("13"), meeting.wallMs())
                        .status());
        assertEquals(
                400,
                meeting.entrance
                        .validate(token, parameters("12"), meeting.wallMs())
                        .status());
        assertEquals(
                200,
                meeting.entrance
                        .validate(token, new ConnectParameters(Map.of(), ""), meeting.wallMs())
                        .status());
        assertEquals(
                401,
                meeting.entrance
                        .validate(null, parameters("17"), meeting.wallMs())
                        .status());
        assertEquals(
                401,
                meeting.entrance
                        .validate(token, parameters("17"), meeting.wallMs() + 93_000)
                        .status());
    }

    private static ConnectParameters parameters(String protocol) {
        return new ConnectParameters(Map.of("protocol", protocol), "");
    }

    @Test
    @DisplayName("MEDIA-5 ping_req is answered with its timestamp, ping with the time")
    void pings() {
        TestClient alice = meeting.joins("alice");
        alice.forget();

        alice.sends(SignalRequest.newBuilder().setPing(12345));
        alice.sends(SignalRequest.newBuilder()
                .setPingReq(Ping.newBuilder().setTimestamp(54321).setRtt(3)));

        assertEquals(List.of(MessageCase.PONG, MessageCase.PONG_RESP), alice.kinds());
        assertEquals(meeting.wallMs(), alice.last(MessageCase.PONG, SignalResponse::getPong));
        assertEquals(54321, alice.received().get(1).getPongResp().getLastPingTimestamp());
        assertEquals(meeting.wallMs(), alice.received().get(1).getPongResp().getTimestamp());
    }

    @Test
    @DisplayName("MEDIA-6 a second join with one identity ends the first, and nobody ever sees two")
    void duplicateIdentity() {
        TestClient bob = meeting.joins("bob");
        TestClient first = meeting.joins("alice");
        bob.forget();
        TestClient second = meeting.joins("alice");

        assertEquals(Action.DISCONNECT, first.leave().getAction());
        assertEquals(DisconnectReason.DUPLICATE_IDENTITY, first.leave().getReason());
        assertEquals(1000, first.closeCode);
        assertEquals(second.sid(), bob.sees("alice").orElseThrow().getSid());
        assertEquals(2, meeting.rooms.participants(Meeting.ROOM).size());
        List<State> states = bob.all(MessageCase.UPDATE, SignalResponse::getUpdate).stream()
                .flatMap(u -> u.getParticipantsList().stream())
                .map(p -> p.getState())
                .toList();
        assertEquals(State.DISCONNECTED, states.get(0));
        assertEquals(1, states.stream().filter(State.DISCONNECTED::equals).count());
    }

    @Test
    @DisplayName("MEDIA-8 a client without ICE is removed at once when its socket closes, after 60 s otherwise")
    void neverConnected() {
        TestClient bob = meeting.joins("bob");
        TestClient brief = meeting.arrives("brief");
        assertTrue(bob.sees("brief").isPresent());
        brief.hangsUp();
        assertFalse(bob.sees("brief").isPresent());

        TestClient patient = meeting.arrivesSilently("patient");
        meeting.after(59_900);
        assertTrue(bob.sees("patient").isPresent());
        meeting.after(200);
        assertFalse(bob.sees("patient").isPresent());
        assertEquals(Action.DISCONNECT, patient.leave().getAction());
        assertEquals(1, meeting.counter("never_connected"));
        assertEquals(1, meeting.gauge("sessions"));
        assertEquals(1, meeting.plane.openConnections());
    }

    @Test
    @DisplayName("MEDIA-10 without canSubscribe the publisher connection is primary and nothing is offered")
    void withoutSubscribe() {
        TestClient bob = meeting.joins("bob");
        bob.publishes(TrackSource.MICROPHONE);
        TestClient mute = meeting.arrives(meeting.token("mute", Meeting.EVERYTHING, false, false), Map.of());

        assertFalse(mute.join().getSubscriberPrimary());
        mute.offers();
        meeting.plane.connections.get(meeting.plane.connections.size() - 1).become(Connection.State.CONNECTED);
        meeting.after(1000);

        assertEquals(State.ACTIVE, bob.sees("mute").orElseThrow().getState());
        assertEquals(List.of(), mute.all(MessageCase.OFFER, SignalResponse::getOffer));
        assertEquals(0, meeting.media().subscriptions.size());
    }

    @Test
    @DisplayName("MEDIA-26 a leave is seen by the others at once")
    void leaving() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        alice.leaves();

        assertFalse(bob.sees("alice").isPresent());
        assertEquals(1000, alice.closeCode);
        var last = bob.last(MessageCase.UPDATE, SignalResponse::getUpdate).getParticipants(0);
        assertEquals(DisconnectReason.CLIENT_INITIATED, last.getDisconnectReason());
    }

    @Test
    @DisplayName("MEDIA-48 an attempt to resume gets leave RECONNECT as its first message")
    void resume() {
        TestClient alice = meeting.arrives(
                meeting.token("alice", Meeting.EVERYTHING, true, false),
                Map.of("reconnect", "1", "sid", "PA_abcdefghijkl"));

        assertEquals(List.of(MessageCase.LEAVE), alice.kinds());
        assertEquals(Action.RECONNECT, alice.leave().getAction());
        assertEquals(DisconnectReason.STATE_MISMATCH, alice.leave().getReason());
        assertEquals(0, meeting.gauge("sessions"));
        assertEquals("alice", meeting.joins("alice").join().getParticipant().getIdentity());
    }

    @Test
    @DisplayName("a lost connection asks the client to come again")
    void lostConnection() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        alice.become(Connection.State.FAILED);

        assertEquals(Action.RECONNECT, alice.leave().getAction());
        assertFalse(bob.sees("alice").isPresent());
    }

    @Test
    @DisplayName("an offer without answer for 15 s asks the client to come again")
    void unansweredOffer() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        alice.leavesOffersUnanswered();
        bob.publishes(TrackSource.MICROPHONE);
        meeting.after(15_100);
        assertEquals(0, alice.closeCode);
        meeting.after(100);

        assertEquals(Action.RECONNECT, alice.leave().getAction());
        assertEquals(1, meeting.counter("answers_missing"));
    }

    @Test
    @DisplayName("the token is refreshed every five minutes and is good for a new join")
    void refreshedTokens() {
        TestClient alice = meeting.joins("alice");
        alice.forget();
        meeting.after(300_000);

        String token = alice.last(MessageCase.REFRESH_TOKEN, SignalResponse::getRefreshToken);
        meeting.after(500_000);
        assertEquals(
                200,
                meeting.entrance
                        .validate(token, parameters("17"), meeting.wallMs())
                        .status());
        meeting.after(170_000);
        assertEquals(
                401,
                meeting.entrance
                        .validate(token, parameters("17"), meeting.wallMs())
                        .status());
    }

    @Test
    @DisplayName("MEDIA-43 a hidden participant is invisible to the others in lists and updates")
    void hidden() {
        TestClient bob = meeting.joins("bob");
        TestClient recorder = meeting.arrives(meeting.token("recorder", Set.of(), true, true), Map.of());
        recorder.connects();
        TestClient carol = meeting.joins("carol");

        assertFalse(bob.sees("recorder").isPresent());
        assertFalse(carol.sees("recorder").isPresent());
        assertEquals(1, carol.join().getOtherParticipantsCount());
        assertTrue(recorder.sees("recorder").isPresent());
        assertTrue(recorder.sees("bob").isPresent());
        assertEquals(2, carol.join().getRoom().getNumParticipants());
        recorder.leaves();
        assertEquals(List.of(), bob.sidsOf("recorder"));
    }

    @Test
    @DisplayName("a room ends with its last session and has another sid the next time")
    void lastOneOut() {
        TestClient alice = meeting.joins("alice");
        FakePlane.FakeRoom media = meeting.media();
        alice.leaves();

        assertTrue(media.closed);
        assertEquals(0, meeting.gauge("rooms"));
        assertEquals(0, meeting.plane.openConnections());
        assertFalse(alice.join()
                .getRoom()
                .getSid()
                .equals(meeting.joins("alice").join().getRoom().getSid()));
    }

    @Test
    @DisplayName("newcomers of a large room are told together")
    void largeRoom() {
        TestClient first = meeting.joins("first");
        for (int i = 0; i < 60; i++) {
            meeting.joins("listener" + i);
        }
        meeting.after(3_000);
        first.forget();
        for (int i = 0; i < 40; i++) {
            meeting.joins("late" + i);
        }
        meeting.after(3_000);

        assertEquals(1, first.all(MessageCase.UPDATE, SignalResponse::getUpdate).size());
        assertEquals(State.ACTIVE, first.sees("late39").orElseThrow().getState());
    }

    @Test
    @DisplayName("a server that stops sends everybody away to come again")
    void serverStop() {
        TestClient alice = meeting.joins("alice");
        meeting.rooms.close(meeting.nowNs());

        assertEquals(Action.RECONNECT, alice.leave().getAction());
        assertEquals(DisconnectReason.SERVER_SHUTDOWN, alice.leave().getReason());
        assertEquals(0, meeting.plane.openConnections());
        assertEquals(
                DisconnectReason.SERVER_SHUTDOWN, meeting.arrives("bob").leave().getReason());
    }
}
