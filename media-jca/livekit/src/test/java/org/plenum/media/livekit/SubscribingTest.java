/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import livekit.LivekitModels.ParticipantTracks;
import livekit.LivekitModels.SpeakerInfo;
import livekit.LivekitModels.SubscriptionError;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.StreamState;
import livekit.LivekitRtc.StreamStateInfo;
import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.TrackPermission;
import livekit.LivekitRtc.UpdateSubscription;
import livekit.LivekitRtc.UpdateTrackSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.room.Forwarding.Layer;
import org.plenum.media.core.sdp.Direction;

class SubscribingTest {
    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");
    private final TestClient bob = meeting.joins("bob");

    private static SignalRequest.Builder subscription(boolean subscribe, String... sids) {
        return SignalRequest.newBuilder()
                .setSubscription(
                        UpdateSubscription.newBuilder().setSubscribe(subscribe).addAllTrackSids(List.of(sids)));
    }

    @Test
    @DisplayName("several changes go into one offer, 150 ms after the first")
    void debounce() {
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(100);
        alice.publishes(TrackSource.CAMERA);
        meeting.after(40);
        assertEquals(1, bob.lastOffer().getId());
        meeting.after(20);

        assertEquals(2, bob.lastOffer().getId());
        assertEquals(2, bob.offeredTracks().size());
    }

    @Test
    @DisplayName("one offer at a time: what changes meanwhile waits for the answer")
    void oneAtATime() {
        bob.leavesOffersUnanswered();
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        alice.publishes(TrackSource.CAMERA);
        meeting.after(5000);
        assertEquals(2, bob.lastOffer().getId());
        bob.answers(bob.lastOffer(), 0);
        meeting.after(200);

        assertEquals(3, bob.lastOffer().getId());
        assertEquals(2, bob.offeredTracks().size());
    }

    @Test
    @DisplayName("the update with a track reaches the others before its offer")
    void order() {
        bob.forget();
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);

        assertEquals(List.of(MessageCase.UPDATE, MessageCase.OFFER), bob.kinds());
    }

    @Test
    @DisplayName("MEDIA-15 with auto-subscribe off only what was asked for is received")
    void byHand() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        String camera = alice.publishes(TrackSource.CAMERA);
        TestClient picky =
                meeting.arrives(meeting.token("picky", Meeting.EVERYTHING, true, false), Map.of("auto_subscribe", "0"));
        picky.connects();
        meeting.after(1000);
        assertEquals(0, picky.receives().size());

        picky.sends(SignalRequest.newBuilder()
                .setSubscription(UpdateSubscription.newBuilder()
                        .setSubscribe(true)
                        .addParticipantTracks(ParticipantTracks.newBuilder().addTrackSids(camera))));
        meeting.after(200);
        assertEquals(List.of(camera), picky.offeredTracks());
        assertEquals(1, picky.receives().size());
        assertFalse(picky.offeredTracks().contains(microphone));
    }

    @Test
    @DisplayName("unsubscribed and subscribed again: the section is reused")
    void again() {
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(200);
        bob.sends(subscription(false, camera));
        meeting.after(200);
        assertEquals(List.of(), bob.offeredTracks());
        assertEquals(
                Direction.INACTIVE,
                TestClient.described(bob.lastOffer()).sections().get(1).direction());
        assertEquals(0, bob.receives().size());

        bob.sends(subscription(true, camera));
        meeting.after(200);
        assertEquals(List.of(camera), bob.offeredTracks());
        assertEquals(2, TestClient.described(bob.lastOffer()).sections().size());
        assertEquals(1, bob.receives().size());
    }

    @Test
    @DisplayName("Safari gets a new section for a new track")
    void safari() {
        TestClient safari = new TestClient(meeting);
        safari.session(meeting.rooms.connect(
                meeting.token("safari", Meeting.EVERYTHING, true, false),
                new org.plenum.media.api.ConnectParameters(
                        Map.of("protocol", "17"), "Mozilla/5.0 (Macintosh) Version/18.0 Safari/605.1.15"),
                safari,
                meeting.nowNs()));
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(200);
        safari.sends(subscription(false, camera));
        meeting.after(200);
        safari.sends(subscription(true, camera));
        meeting.after(200);

        assertEquals(3, TestClient.described(safari.lastOffer()).sections().size());
    }

    @Test
    @DisplayName("an unknown track may still come within a minute, else it is not found")
    void wishes() {
        TestClient picky =
                meeting.arrives(meeting.token("picky", Meeting.EVERYTHING, true, false), Map.of("auto_subscribe", "0"));
        picky.connects();
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "mic"));
        String early = alice.last(MessageCase.TRACK_PUBLISHED, SignalResponse::getTrackPublished)
                .getTrack()
                .getSid();
        picky.sends(subscription(true, early, "TR_never"));
        meeting.after(30_000);
        alice.offer().sends(false, "mic");
        alice.offers();
        meeting.after(29_900);
        assertEquals(List.of(early), picky.offeredTracks());
        assertFalse(picky.kinds().contains(MessageCase.SUBSCRIPTION_RESPONSE));
        meeting.after(200);

        var response = picky.last(MessageCase.SUBSCRIPTION_RESPONSE, SignalResponse::getSubscriptionResponse);
        assertEquals("TR_never", response.getTrackSid());
        assertEquals(SubscriptionError.SE_TRACK_NOTFOUND, response.getErr());
    }

    @Test
    @DisplayName("track_setting pauses, and chooses the layer that is nearly as high as wanted")
    void settings() {
        alice.announces(TestClient.request(TrackSource.CAMERA, "cam")
                .addLayers(layer(VideoQuality.LOW, 180))
                .addLayers(layer(VideoQuality.MEDIUM, 360))
                .addLayers(layer(VideoQuality.HIGH, 720)));
        alice.offer().sendsLayers("cam");
        alice.offers();
        meeting.after(200);
        String sid = bob.offeredTracks().get(0);
        FakePlane.FakeSubscription video = bob.receives().get(0);
        assertEquals(Layer.HIGH, video.wanted);

        int[][] wishes = {{180, 0}, {200, 0}, {201, 1}, {400, 1}, {401, 2}, {2160, 2}};
        for (int[] wish : wishes) {
            bob.sends(setting(sid)
                    .setTrackSetting(UpdateTrackSettings.newBuilder()
                            .addTrackSids(sid)
                            .setWidth(wish[0] * 16 / 9)
                            .setHeight(wish[0])));
            assertEquals(Layer.values()[wish[1]], video.wanted, wish[0] + " lines");
        }
        bob.sends(SignalRequest.newBuilder()
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(sid).setQuality(VideoQuality.MEDIUM)));
        assertEquals(Layer.MEDIUM, video.wanted);
        bob.sends(setting(sid)
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(sid).setDisabled(true)));
        assertTrue(video.paused);
        assertEquals(Layer.MEDIUM, video.wanted);
        bob.sends(setting(sid));
        assertFalse(video.paused);
        bob.sends(setting("TR_unknown"));
    }

    @Test
    @DisplayName(
            "a shared screen is served before cameras, then what the client says; a picture that the line does not carry is told of")
    void scarceLine() {
        alice.publishes(TrackSource.CAMERA);
        alice.publishes(TrackSource.SCREEN_SHARE);
        meeting.after(200);
        FakePlane.FakeSubscription camera = bob.receives().get(0);
        FakePlane.FakeSubscription screen = bob.receives().get(1);
        assertTrue(screen.importance > camera.importance);
        String sid = bob.offeredTracks().get(0);
        bob.sends(SignalRequest.newBuilder()
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(sid).setPriority(7)));
        assertEquals(7, camera.importance);
        assertTrue(screen.importance > camera.importance);
        bob.sends(SignalRequest.newBuilder()
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(sid).setPriority(-1)));
        assertTrue(screen.importance > camera.importance, "whatever it says");

        camera.whenStarved.accept(true);
        StreamStateInfo told = bob.last(
                        SignalResponse.MessageCase.STREAM_STATE_UPDATE, SignalResponse::getStreamStateUpdate)
                .getStreamStates(0);
        assertEquals(sid, told.getTrackSid());
        assertEquals(StreamState.PAUSED, told.getState());
    }

    private static VideoLayer layer(VideoQuality quality, int height) {
        return VideoLayer.newBuilder().setQuality(quality).setHeight(height).build();
    }

    private static SignalRequest.Builder setting(String sid) {
        return SignalRequest.newBuilder()
                .setTrackSetting(UpdateTrackSettings.newBuilder().addTrackSids(sid));
    }

    @Test
    @DisplayName("a client with adaptive stream starts with the lowest layer")
    void adaptiveStream() {
        alice.publishes(TrackSource.CAMERA);
        TestClient adaptive = meeting.arrives(
                meeting.token("adaptive", Meeting.EVERYTHING, true, false), Map.of("adaptive_stream", "1"));
        adaptive.connects();

        assertEquals(Layer.LOW, adaptive.receives().get(0).wanted);
    }

    @Test
    @DisplayName("who may receive a publisher's tracks is the publisher's choice, at any time")
    void permissions() {
        String sid = alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        TestClient carol = meeting.joins("carol");
        alice.sends(permission(
                TrackPermission.newBuilder().setParticipantIdentity("carol").setAllTracks(true)));
        meeting.after(200);

        assertEquals(0, bob.receives().size());
        assertEquals(1, carol.receives().size());
        assertFalse(permissionTold(bob, sid));

        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(200);
        assertEquals(0, bob.receives().size());
        assertFalse(permissionTold(bob, camera));
        bob.sends(subscription(true, camera));
        meeting.after(200);
        assertEquals(0, bob.receives().size());

        alice.sends(SignalRequest.newBuilder()
                .setSubscriptionPermission(SubscriptionPermission.newBuilder().setAllParticipants(true)));
        meeting.after(200);
        assertEquals(2, bob.receives().size());
        assertTrue(permissionTold(bob, sid));
    }

    private static SignalRequest.Builder permission(TrackPermission.Builder entry) {
        return SignalRequest.newBuilder()
                .setSubscriptionPermission(SubscriptionPermission.newBuilder().addTrackPermissions(entry));
    }

    private static boolean permissionTold(TestClient client, String sid) {
        return client
                .all(MessageCase.SUBSCRIPTION_PERMISSION_UPDATE, SignalResponse::getSubscriptionPermissionUpdate)
                .stream()
                .filter(u -> u.getTrackSid().equals(sid))
                .reduce((a, b) -> b)
                .orElseThrow()
                .getAllowed();
    }

    @Test
    @DisplayName("speakers are told to those who receive them and to themselves, silence when they end")
    void speakers() {
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        TestClient deaf =
                meeting.arrives(meeting.token("deaf", Meeting.EVERYTHING, true, false), Map.of("auto_subscribe", "0"));
        deaf.connects();
        meeting.media().heard(meeting.media().open().get(0), 0.5f);
        meeting.settle();

        for (TestClient client : List.of(alice, bob)) {
            SpeakerInfo heard = client.last(MessageCase.SPEAKERS_CHANGED, SignalResponse::getSpeakersChanged)
                    .getSpeakers(0);
            assertEquals(alice.sid(), heard.getSid());
            assertEquals(0.5f, heard.getLevel());
            assertTrue(heard.getActive());
        }
        assertFalse(deaf.kinds().contains(MessageCase.SPEAKERS_CHANGED));

        alice.offer().stops("cid-microphone");
        alice.offers();
        SpeakerInfo silent = bob.last(MessageCase.SPEAKERS_CHANGED, SignalResponse::getSpeakersChanged)
                .getSpeakers(0);
        assertFalse(silent.getActive());
        assertEquals(0f, silent.getLevel());
    }

    @Test
    @DisplayName("a track that ends while it is offered is not started")
    void endsWhileOffered() {
        bob.leavesOffersUnanswered();
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        var offered = bob.lastOffer();
        alice.offer().stops("cid-microphone");
        alice.offers();
        bob.answers(offered, offered.getId());
        meeting.after(200);

        assertEquals(0, bob.receives().size());
        assertEquals(List.of(), bob.offeredTracks());
    }
}
