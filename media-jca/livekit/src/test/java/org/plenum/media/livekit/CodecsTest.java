/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import livekit.LivekitModels.Codec;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.SubscriptionError;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SimulcastCodec;
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
