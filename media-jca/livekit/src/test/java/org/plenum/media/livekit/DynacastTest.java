/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import livekit.LivekitRtc.SubscribedQuality;
import livekit.LivekitRtc.SubscribedQualityUpdate;
import livekit.LivekitRtc.UpdateTrackSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DynacastTest {
    private final Meeting meeting = new Meeting();
    private final TestClient alice = meeting.joins("alice");

    @Test
    @DisplayName("what nobody receives is paused after five seconds, and wanted again at once")
    void nobody() {
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(4900);
        assertEquals(List.of(), updates(), "a sender sends everything until it is told otherwise");
        meeting.after(200);
        assertEquals(List.of(), enabled());
        assertEquals(camera, updates().get(0).getTrackSid());
        assertEquals("vp8", updates().get(0).getSubscribedCodecs(0).getCodec());

        TestClient bob = meeting.joins("bob");
        assertEquals(List.of(VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH), enabled());
        bob.leaves();
        assertEquals(2, updates().size());
        meeting.after(5100);
        assertEquals(List.of(), enabled());
    }

    @Test
    @DisplayName("MEDIA-28 LOW is all that is sent when all ask for LOW, HIGH brings all layers back at once")
    void lowAndHigh() {
        TestClient bob = meeting.joins("bob");
        String camera = alice.publishes(TrackSource.CAMERA);
        asks(bob, camera, VideoQuality.LOW);
        meeting.after(5100);
        assertEquals(List.of(VideoQuality.LOW), enabled());
        asks(bob, camera, VideoQuality.HIGH);
        assertEquals(List.of(VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH), enabled());
        assertEquals(2, updates().size());
    }

    @Test
    @DisplayName("MEDIA-29 the highest wish of several counts")
    void highestWish() {
        TestClient bob = meeting.joins("bob");
        TestClient carol = meeting.joins("carol");
        String camera = alice.publishes(TrackSource.CAMERA);
        asks(bob, camera, VideoQuality.LOW);
        asks(carol, camera, VideoQuality.MEDIUM);
        meeting.after(5100);
        assertEquals(List.of(VideoQuality.LOW, VideoQuality.MEDIUM), enabled());
        carol.leaves();
        meeting.after(5100);
        assertEquals(List.of(VideoQuality.LOW), enabled());
    }

    @Test
    @DisplayName(
            "MEDIA-31 a hidden picture of the only viewer is paused, a wish that comes back in time changes nothing")
    void hidden() {
        TestClient bob = meeting.joins("bob");
        String camera = alice.publishes(TrackSource.CAMERA);
        hides(bob, camera);
        meeting.after(3000);
        asks(bob, camera, VideoQuality.HIGH);
        meeting.after(3000);
        assertEquals(List.of(), updates());
        hides(bob, camera);
        meeting.after(5100);
        assertEquals(List.of(), enabled());
        asks(bob, camera, VideoQuality.LOW);
        assertEquals(List.of(VideoQuality.LOW), enabled());
    }

    @Test
    @DisplayName("after a resume the sender is told again")
    void resume() {
        alice.publishes(TrackSource.CAMERA);
        meeting.after(5100);
        alice.hangsUp();
        TestClient again = meeting.resumes(alice, "alice");
        assertEquals(1, updates(again).size());
    }

    @Test
    @DisplayName("sound has no layers, and the publisher hears once that somebody receives it")
    void sound() {
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        meeting.after(6000);
        assertEquals(List.of(), updates());
        meeting.joins("bob");
        meeting.joins("carol");
        meeting.after(300);
        List<String> received = alice.all(
                MessageCase.TRACK_SUBSCRIBED, r -> r.getTrackSubscribed().getTrackSid());
        assertEquals(List.of(microphone), received);
    }

    private static void asks(TestClient who, String track, VideoQuality quality) {
        who.sends(SignalRequest.newBuilder()
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(track).setQuality(quality)));
    }

    private static void hides(TestClient who, String track) {
        who.sends(SignalRequest.newBuilder()
                .setTrackSetting(
                        UpdateTrackSettings.newBuilder().addTrackSids(track).setDisabled(true)));
    }

    private List<SubscribedQualityUpdate> updates() {
        return updates(alice);
    }

    private static List<SubscribedQualityUpdate> updates(TestClient who) {
        return who.all(MessageCase.SUBSCRIBED_QUALITY_UPDATE, SignalResponse::getSubscribedQualityUpdate);
    }

    private List<VideoQuality> enabled() {
        List<SubscribedQualityUpdate> all = updates();
        return all.get(all.size() - 1).getSubscribedCodecs(0).getQualitiesList().stream()
                .filter(SubscribedQuality::getEnabled)
                .map(SubscribedQuality::getQuality)
                .toList();
    }
}
