/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import livekit.LivekitModels.Codec;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.SubscriptionError;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.RequestResponse.Reason;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SimulcastCodec;
import livekit.LivekitRtc.SubscribedCodec;
import livekit.LivekitRtc.SubscribedQuality;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodecsTest {
    @Test
    @DisplayName("MEDIA-16 the codec that a track names first is answered first and announced, others go on with VP8")
    void preferred() {
        Meeting meeting = new Meeting();
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        assertEquals(
                List.of("video/VP8", "video/H264", "audio/opus", "audio/red"),
                alice.join().getEnabledPublishCodecsList().stream()
                        .map(Codec::getMime)
                        .toList());
        alice.publishes(TrackSource.CAMERA);
        publishes(alice, "h264");
        meeting.after(300);
        assertEquals(List.of("video/VP8", "video/H264"), mimeTypes(bob));
        assertTrue(alice.lastAnswer().getSdp().contains("H264/90000"));
        assertEquals(2, bob.receives().size());
        assertTrue(bob.lastOffer().getSdp().contains("H264/90000"));
    }

    @Test
    @DisplayName("MEDIA-18 a codec that is switched off is in no answer and in no list")
    void switchedOff() {
        Meeting meeting = new Meeting(SignalLimits.USUAL, true, List.of("VP8"));
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        publishes(alice, "h264");
        assertEquals(List.of("video/VP8"), mimeTypes(bob));
        assertTrue(alice.lastAnswer().getSdp().contains("VP8/90000"));
        assertTrue(!alice.lastAnswer().getSdp().contains("H264"));
        assertTrue(alice.join().getEnabledPublishCodecsList().stream()
                .noneMatch(c -> c.getMime().contains("H264")));
    }

    @Test
    @DisplayName("MEDIA-17 who cannot decode a track is told, keeps the rest and gets a later one")
    void cannotDecode() {
        Meeting meeting = new Meeting();
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        String sound = alice.publishes(TrackSource.MICROPHONE);
        bob.refuses("H264");
        publishes(alice, "h264");
        meeting.after(500);
        var response = bob.last(MessageCase.SUBSCRIPTION_RESPONSE, SignalResponse::getSubscriptionResponse);
        assertEquals(SubscriptionError.SE_CODEC_UNSUPPORTED, response.getErr());
        assertEquals(List.of(sound), bob.offeredTracks());
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(500);
        assertEquals(List.of(sound, camera), bob.offeredTracks());
        assertEquals(2, bob.receives().size());
        assertEquals(0, bob.closeCode);
    }

    private final Meeting ready = new Meeting();
    private final TestClient sender = ready.joins("alice");
    private final TestClient receiver = ready.joins("bob");

    /** H.264 is sent, VP8 held ready; who receives takes no H.264. @return sid */
    private String holdsReady() {
        receiver.refuses("H264");
        AddTrackRequest.Builder request = TestClient.request(TrackSource.CAMERA, "first");
        sender.announces(request.addSimulcastCodecs(codec("h264", "first")).addSimulcastCodecs(codec("vp8", "")));
        sender.offer().sends(true, "first");
        sender.offers();
        ready.after(500);
        return receiver.tracksOf("alice").get(0).getSid();
    }

    private static SimulcastCodec codec(String name, String cid) {
        return SimulcastCodec.newBuilder().setCodec(name).setCid(cid).build();
    }

    private void sendsSecond(String sid, String name) {
        sender.announces(
                TestClient.request(TrackSource.CAMERA, "second").setSid(sid).addSimulcastCodecs(codec(name, "second")));
        sender.offer().sends(true, "second");
        sender.offers();
        ready.after(500);
    }

    /** Names of the codecs that the sender was told to send. */
    private List<String> demanded() {
        return sender
                .last(MessageCase.SUBSCRIBED_QUALITY_UPDATE, SignalResponse::getSubscribedQualityUpdate)
                .getSubscribedCodecsList()
                .stream()
                .filter(codec -> codec.getQualitiesList().stream().anyMatch(SubscribedQuality::getEnabled))
                .map(SubscribedCodec::getCodec)
                .toList();
    }

    private List<SubscriptionError> errors() {
        return receiver.all(
                MessageCase.SUBSCRIPTION_RESPONSE,
                r -> r.getSubscriptionResponse().getErr());
    }

    @Test
    @DisplayName("who cannot decode the first codec gets the one that is held ready, under the same sid")
    void secondCodec() {
        String sid = holdsReady();
        assertTrue(demanded().contains("vp8"));
        assertEquals(List.of(), receiver.offeredTracks());
        sendsSecond(sid, "vp8");
        assertEquals(List.of(sid), receiver.offeredTracks());
        assertTrue(receiver.lastOffer().getSdp().contains("VP8/90000"));
        assertEquals(1, receiver.receives().size());
        assertEquals(List.of(), errors());
        assertEquals(1, receiver.tracksOf("alice").size());
        assertEquals(2, receiver.tracksOf("alice").get(0).getCodecsCount());
        ready.after(6000);
        assertEquals(List.of("vp8"), demanded(), "nobody takes the first one any more");

        sender.mutes(sid, true);
        assertTrue(receiver.receives().get(0).publication.muted);
        TestClient late = ready.joins("carol");
        late.refuses("H264");
        ready.after(500);
        assertEquals(1, late.receives().size(), "it is there already");
    }

    @Test
    @DisplayName("a sender that does not send the second codec costs ten seconds, then the receiver is told")
    void secondCodecNeverComes() {
        String sid = holdsReady();
        ready.after(9000);
        assertEquals(List.of(), errors());
        ready.after(2000);
        assertEquals(List.of(SubscriptionError.SE_CODEC_UNSUPPORTED), errors());
        sendsSecond(sid, "vp8");
        assertEquals(0, receiver.receives().size(), "nobody waits for it any more");
    }

    @Test
    @DisplayName("a codec that was not held ready is refused, and so is a third one")
    void onlyTheSecondOne() {
        String sid = holdsReady();
        sendsSecond(sid, "h264");
        assertEquals(
                Reason.UNSUPPORTED_TYPE,
                sender.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                        .getReason());
        sendsSecond(sid, "vp8");
        sender.forget();
        sendsSecond(sid, "vp8");
        assertEquals(
                Reason.UNSUPPORTED_TYPE,
                sender.last(MessageCase.REQUEST_RESPONSE, SignalResponse::getRequestResponse)
                        .getReason());
    }

    @Test
    @DisplayName("when the sender stops, both codecs are gone")
    void bothEnd() {
        sendsSecond(holdsReady(), "vp8");
        sender.offer().stops("second");
        sender.offer().stops("first");
        sender.offers();
        ready.after(500);
        assertEquals(0, receiver.receives().size());
        assertEquals(List.of(), receiver.tracksOf("alice"));
        assertEquals(0, ready.media().open().size());
    }

    @Test
    @DisplayName("when the camera is forbidden, neither of its codecs comes back as something else")
    void forbidden() {
        sendsSecond(holdsReady(), "vp8");
        ready.rooms.allowSources(
                Meeting.ROOM, "alice", Set.of(org.plenum.media.api.TrackSource.SCREEN_SHARE), ready.nowNs());
        sender.announces(TestClient.request(TrackSource.SCREEN_SHARE, "screen"));
        sender.offers(); // the sections of the camera still send
        ready.after(500);
        assertEquals(List.of(), receiver.tracksOf("alice"));
        assertEquals(0, ready.media().open().size());
    }

    @Test
    @DisplayName("sound is taken and offered with what was sent before")
    void redundantSound() {
        Meeting meeting = new Meeting();
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        alice.publishes(TrackSource.MICROPHONE);
        meeting.after(300);
        assertFalse(bob.tracksOf("alice").get(0).getDisableRed());
        assertTrue(alice.lastAnswer().getSdp().contains("SAVPF 63 111"), "first what shall be sent");
        assertTrue(bob.lastOffer().getSdp().contains("a=fmtp:63 111/111"));
    }

    @Test
    @DisplayName("sound that is encrypted end to end, or that its sender wants alone, goes alone")
    void soundAlone() {
        for (AddTrackRequest.Builder request : List.of(
                TestClient.request(TrackSource.MICROPHONE, "mic").setDisableRed(true),
                TestClient.request(TrackSource.MICROPHONE, "mic").setEncryption(Encryption.Type.GCM))) {
            Meeting meeting = new Meeting();
            TestClient alice = meeting.joins("alice");
            TestClient bob = meeting.joins("bob");
            alice.announces(request);
            alice.offer().sends(false, "mic");
            alice.offers();
            meeting.after(300);
            assertTrue(bob.tracksOf("alice").get(0).getDisableRed());
            assertTrue(alice.lastAnswer().getSdp().contains("SAVPF 111"));
            assertFalse(bob.lastOffer().getSdp().contains("red/48000"));
        }
    }

    private static void publishes(TestClient client, String codec) {
        AddTrackRequest.Builder request = TestClient.request(TrackSource.SCREEN_SHARE, "cid-" + codec);
        client.announces(request.addSimulcastCodecs(
                SimulcastCodec.newBuilder().setCodec(codec).setCid("cid-" + codec)));
        client.offer().sends(true, "cid-" + codec);
        client.offers();
    }

    private static List<String> mimeTypes(TestClient client) {
        return client.tracksOf("alice").stream().map(t -> t.getMimeType()).toList();
    }
}
