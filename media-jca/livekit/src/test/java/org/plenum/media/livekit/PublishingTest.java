/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.RequestResponse.Reason;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SimulcastCodec;
import livekit.LivekitRtc.TrickleRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.sdp.Direction;
import org.plenum.media.core.sdp.MediaKind;
import org.plenum.media.core.sdp.MediaSection;
import org.plenum.media.core.sdp.SessionDescription;

class PublishingTest {
    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");
    private final TestClient bob = meeting.joins("bob");

    @Test
    @DisplayName("MEDIA-11 the other gets exactly two tracks, named by participant and track sid")
    void audioAndVideo() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(1000);

        assertTrue(microphone.startsWith("TR_AM") && camera.startsWith("TR_VC"));
        assertEquals(List.of(microphone, camera), bob.offeredTracks());
        List<String> streams = TestClient.described(bob.lastOffer()).sections().stream()
                .flatMap(s -> s.msid().stream())
                .map(m -> m.stream())
                .toList();
        assertEquals(List.of(alice.sid() + "|" + microphone, alice.sid() + "|" + camera), streams);
        assertEquals(
                Set.of(microphone, camera),
                Set.copyOf(bob.lastOffer().getMidToTrackIdMap().values()));
        assertEquals(2, bob.receives().size());
        assertEquals(0, alice.receives().size());
    }

    @Test
    @DisplayName("MEDIA-12 the others learn name, source and mime type")
    void trackInfo() {
        alice.publishes(TrackSource.CAMERA);

        TrackInfo seen = bob.tracksOf("alice").get(0);
        assertEquals("a CAMERA", seen.getName());
        assertEquals(TrackSource.CAMERA, seen.getSource());
        assertEquals("video/VP8", seen.getMimeType());
        assertEquals(TrackType.VIDEO, seen.getType());
        assertEquals("0", seen.getMid());
        assertTrue(bob.sees("alice").orElseThrow().getIsPublisher());
    }

    @Test
    @DisplayName("MEDIA-13 a third client gets what is there in its first offer")
    void latecomer() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        String camera = bob.publishes(TrackSource.CAMERA);
        TestClient carol = meeting.joins("carol");

        assertEquals(1, carol.lastOffer().getId());
        assertEquals(List.of(microphone, camera), carol.offeredTracks());
        assertEquals(2, carol.join().getOtherParticipantsCount());
        assertEquals(2, carol.receives().size());
    }

    @Test
    @DisplayName("MEDIA-19 a track is announced and subscribed without RTP, muted from the start")
    void mutedFromTheStart() {
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "m").setMuted(true));
        alice.offer().sends(false, "m");
        alice.offers();
        meeting.after(200);

        assertTrue(bob.tracksOf("alice").get(0).getMuted());
        assertEquals(1, bob.receives().size());
        assertTrue(meeting.media().open().get(0).muted);
    }

    @Test
    @DisplayName("MEDIA-20 somebody who comes back has new tracks, the old ones are gone for all")
    void comesBack() {
        String first = alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        alice.leaves();
        assertEquals(0, bob.receives().size());

        TestClient again = meeting.joins("alice");
        String second = again.publishes(TrackSource.MICROPHONE);
        meeting.after(500);
        assertNotEquals(first, second);
        assertEquals(List.of(second), bob.offeredTracks());
        assertEquals(1, bob.receives().size());
        assertEquals(1, meeting.media().open().size());
    }

    @Test
    @DisplayName("MEDIA-21 publishing while receiving, and receiving while publishing")
    void bothWays() {
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(200);
        bob.publishes(TrackSource.CAMERA);
        meeting.after(200);

        assertEquals(1, alice.receives().size());
        assertEquals(1, bob.receives().size());
    }

    @Test
    @DisplayName("MEDIA-24 a cid published twice gets two different sids")
    void sameCidTwice() {
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "same"));
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "same"));
        List<String> sids = alice.all(
                MessageCase.TRACK_PUBLISHED,
                r -> r.getTrackPublished().getTrack().getSid());
        assertEquals(2, Set.copyOf(sids).size());

        alice.offer().sends(false, "same");
        alice.offers();
        assertEquals(
                List.of(sids.get(0)),
                bob.tracksOf("alice").stream().map(TrackInfo::getSid).toList());
    }

    @Test
    @DisplayName("MEDIA-25 a forbidden source is refused with NOT_ALLOWED and its section is inactive")
    void forbiddenSource() {
        TestClient guest = meeting.arrives(
                meeting.token("guest", Set.of(org.plenum.media.api.TrackSource.MICROPHONE), true, false), Map.of());
        guest.connects();
        guest.announces(TestClient.request(TrackSource.SCREEN_SHARE, "screen"));
        assertEquals(Reason.NOT_ALLOWED, refusal(guest));
        assertEquals(
                "screen",
                guest.received()
                        .get(guest.received().size() - 1)
                        .getRequestResponse()
                        .getAddTrack()
                        .getCid());
        guest.announces(TestClient.request(TrackSource.MICROPHONE, "screen-too").setType(TrackType.VIDEO));
        assertEquals(Reason.UNSUPPORTED_TYPE, refusal(guest));
        guest.announces(TestClient.request(TrackSource.UNKNOWN, "camera").setType(TrackType.VIDEO));
        assertEquals(Reason.NOT_ALLOWED, refusal(guest));

        guest.offer().sends(true, "screen");
        guest.offer().sends(false, "mic");
        guest.offers();
        SessionDescription answer = TestClient.described(guest.lastAnswer());
        assertEquals(Direction.INACTIVE, answer.section("0").orElseThrow().direction());
        assertEquals(List.of(), meeting.media().publications);

        guest.announces(TestClient.request(TrackSource.MICROPHONE, "mic"));
        assertEquals(1, meeting.media().publications.size());
        assertFalse(meeting.media().publications.get(0).spec.video());
    }

    private static Reason refusal(TestClient client) {
        return client.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                .getReason();
    }

    @Test
    @DisplayName("MEDIA-52 repeated offers, answers to old ids, candidates first: the last state wins")
    void robust() {
        alice.sends(SignalRequest.newBuilder()
                .setTrickle(TrickleRequest.newBuilder().setCandidateInit("{\"candidate\":\"\",\"sdpMid\":\"0\"}")));
        alice.sends(SignalRequest.newBuilder()
                .setTrickle(TrickleRequest.newBuilder().setCandidateInit("no json")));
        String sid = alice.publishes(TrackSource.MICROPHONE);
        int second = alice.offers();
        assertEquals(second, alice.lastAnswer().getId());
        alice.offers();

        var offered = bob.lastOffer();
        meeting.after(200);
        bob.answers(offered, 1);
        bob.answers(offered, 99);
        bob.answers(offered, 0);
        meeting.after(200);

        assertEquals(List.of(sid), bob.offeredTracks());
        assertEquals(1, bob.receives().size());
        assertEquals(1, meeting.media().open().size());
        assertEquals(3, meeting.counter("answers_outdated"));
        assertEquals(2, meeting.counter("candidates_ignored"));
    }

    @Test
    @DisplayName("the answer carries the id of its offer, also 0")
    void idsAreEchoed() {
        alice.publishes(TrackSource.MICROPHONE);
        assertEquals(1, alice.lastAnswer().getId());
        alice.sends(SignalRequest.newBuilder()
                .setOffer(livekit.LivekitRtc.SessionDescription.newBuilder()
                        .setSdp(alice.offer().text())));
        assertEquals(0, alice.lastAnswer().getId());
        assertEquals("answer", alice.lastAnswer().getType());
    }

    @Test
    @DisplayName("an offer may come before its add_track")
    void offerFirst() {
        alice.offer().sends(false, "mic");
        alice.offers();
        assertEquals(0, meeting.media().publications.size());
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "mic"));

        assertEquals(1, meeting.media().publications.size());
        assertEquals(1, bob.tracksOf("alice").size());
    }

    @Test
    @DisplayName("a section with an unknown id takes the oldest announced track of its kind, after all known ids")
    void unknownIds() {
        alice.announces(TestClient.request(TrackSource.CAMERA, "cam"));
        alice.announces(TestClient.request(TrackSource.SCREEN_SHARE, "screen"));
        alice.offer().sends(true, "changed-by-the-stack");
        alice.offer().sends(true, "cam");
        alice.offers();

        List<TrackInfo> tracks = bob.tracksOf("alice");
        assertEquals(
                "1",
                tracks.stream()
                        .filter(t -> t.getSource() == TrackSource.CAMERA)
                        .findFirst()
                        .orElseThrow()
                        .getMid());
        assertEquals(
                "0",
                tracks.stream()
                        .filter(t -> t.getSource() == TrackSource.SCREEN_SHARE)
                        .findFirst()
                        .orElseThrow()
                        .getMid());
    }

    @Test
    @DisplayName("the unused sections of a client that falls back are inactive and stay in the bundle")
    void fallback() {
        alice.offer().receivesUnused(3, false);
        alice.offer().receivesUnused(3, true);
        alice.announces(TestClient.request(TrackSource.MICROPHONE, "mic"));
        alice.offer().sends(false, "mic");
        alice.offers();

        SessionDescription answer = TestClient.described(alice.lastAnswer());
        assertEquals(8, answer.bundle().size());
        List<MediaSection> unused = answer.sections().subList(0, 6);
        assertTrue(unused.stream().allMatch(s -> s.direction() == Direction.INACTIVE && s.port() == 9));
        assertEquals(Direction.RECVONLY, answer.section("6").orElseThrow().direction());
        assertEquals(MediaKind.APPLICATION, answer.section("7").orElseThrow().kind());
        assertEquals(1, meeting.media().publications.size());
    }

    @Test
    @DisplayName("an inactive section ends the publication for all")
    void unpublish() {
        alice.publishes(TrackSource.MICROPHONE);
        alice.publishes(TrackSource.CAMERA);
        meeting.after(200);
        alice.offer().stops("cid-camera");
        alice.offers();
        meeting.after(200);

        assertEquals(1, bob.tracksOf("alice").size());
        assertEquals(1, bob.offeredTracks().size());
        assertEquals(1, bob.receives().size());
        assertEquals(1, meeting.media().open().size());
    }

    @Test
    @DisplayName("a section that carries another track ends the old one and begins the new one")
    void sectionReused() {
        String first = alice.publishes(TrackSource.CAMERA, "one");
        alice.announces(TestClient.request(TrackSource.CAMERA, "two"));
        alice.offer().replaces("one", "two");
        alice.offers();
        meeting.after(200);

        assertEquals(1, bob.tracksOf("alice").size());
        assertNotEquals(first, bob.tracksOf("alice").get(0).getSid());
        assertEquals(1, meeting.media().open().size());
    }

    @Test
    @DisplayName("layers are sorted and named, whatever order the client has")
    void layers() {
        alice.announces(TestClient.request(TrackSource.CAMERA, "cam")
                .setWidth(1280)
                .setHeight(720)
                .addSimulcastCodecs(SimulcastCodec.newBuilder().setCodec("vp8").setCid("cam"))
                .addLayers(layer(VideoQuality.HIGH, 720))
                .addLayers(layer(VideoQuality.LOW, 180))
                .addLayers(layer(VideoQuality.LOW, 181))
                .addLayers(layer(VideoQuality.MEDIUM, 360)));
        alice.offer().sendsLayers("cam");
        alice.offers();

        TrackInfo track = bob.tracksOf("alice").get(0);
        List<VideoLayer> layers = track.getCodecs(0).getLayersList();
        assertEquals(
                List.of("q", "h", "f"), layers.stream().map(VideoLayer::getRid).toList());
        assertEquals(
                List.of(180, 360, 720),
                layers.stream().map(VideoLayer::getHeight).toList());
        assertEquals(List.of("q", "h", "f"), meeting.media().open().get(0).spec.rids());
        SessionDescription answer = TestClient.described(alice.lastAnswer());
        assertEquals(3, answer.sections().get(0).rids().size());
    }

    private static VideoLayer layer(VideoQuality quality, int height) {
        return VideoLayer.newBuilder().setQuality(quality).setHeight(height).build();
    }

    @Test
    @DisplayName("the client's mute is told to the others and not to itself")
    void mute() {
        String sid = alice.publishes(TrackSource.MICROPHONE);
        alice.forget();
        bob.forget();
        alice.mutes(sid, true);
        alice.mutes(sid, true);
        alice.mutes("TR_unknown", true);

        assertTrue(bob.tracksOf("alice").get(0).getMuted());
        assertEquals(1, bob.all(MessageCase.UPDATE, SignalResponse::getUpdate).size());
        assertEquals(List.of(), alice.received());
        assertTrue(meeting.media().open().get(0).muted);
        alice.mutes(sid, false);
        assertFalse(bob.tracksOf("alice").get(0).getMuted());
        assertFalse(meeting.media().open().get(0).muted);
    }

    @Test
    @DisplayName("new ICE credentials of the client are answered with new own ones")
    void iceRestart() {
        alice.publishes(TrackSource.MICROPHONE);
        String before = TestClient.described(alice.lastAnswer()).transport().ufrag();
        alice.offers();
        assertEquals(
                before, TestClient.described(alice.lastAnswer()).transport().ufrag());
        alice.offer().ufrag = "anotherufrag";
        alice.offers();

        assertNotEquals(
                before, TestClient.described(alice.lastAnswer()).transport().ufrag());
    }

    @Test
    @DisplayName("versions of a participant only grow")
    void versions() {
        String sid = alice.publishes(TrackSource.MICROPHONE);
        alice.mutes(sid, true);
        alice.mutes(sid, false);
        alice.offer().stops("cid-microphone");
        alice.offers();

        List<Integer> versions = bob.all(MessageCase.UPDATE, SignalResponse::getUpdate).stream()
                .flatMap(u -> u.getParticipantsList().stream())
                .filter(p -> p.getIdentity().equals("alice"))
                .map(p -> p.getVersion())
                .toList();
        assertEquals(4, versions.size());
        assertEquals(versions.stream().sorted().distinct().toList(), versions);
    }

    @Test
    @DisplayName("MEDIA-14 when a subscriber leaves, the publisher side holds no subscription of it")
    void subscriberLeaves() {
        alice.publishes(TrackSource.MICROPHONE);
        alice.publishes(TrackSource.CAMERA);
        meeting.after(300);
        assertEquals(2, meeting.gauge("subscriptions"));
        bob.leaves();

        assertEquals(0, meeting.gauge("subscriptions"));
        assertTrue(meeting.media().subscriptions.stream().allMatch(s -> s.closed));
        assertEquals(2, meeting.media().open().size());
    }
}
