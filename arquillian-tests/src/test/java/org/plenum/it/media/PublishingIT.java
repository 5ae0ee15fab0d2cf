/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.FIREFOX;
import static org.plenum.it.media.MediaStory.NATIVE;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sound and pictures of unmodified LiveKit clients reach the others: frames are decoded, tones are heard. */
class PublishingIT {
    @Test
    @DisplayName("forged packets with the streams' own numbers cost a running call nothing")
    void forged() {
        tell("forged", CHROMIUM);
    }

    @Test
    @DisplayName("guesses at passwords of the relay cost a running call nothing")
    void guessed() {
        tell("guessed", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-11 audio and video of a publisher arrive as two tracks named PA and TR (2.19.0)")
    void audioAndVideo() {
        tell("MEDIA-11", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-11 audio and video of a publisher arrive as two tracks named PA and TR (2.23.0)")
    void audioAndVideoOfTheNewest() {
        tell("MEDIA-11", NEWEST);
    }

    @Test
    @DisplayName("MEDIA-11 audio and video of a publisher arrive as two tracks named PA and TR (Firefox)")
    void audioAndVideoOfFirefox() {
        tell("MEDIA-11", FIREFOX);
    }

    @Test
    @DisplayName("MEDIA-12 the remote TrackInfo shows name, source and mime type of the published track")
    void trackInfo() {
        tell("MEDIA-12", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-13 a third client joining later gets the existing tracks")
    void latecomer() {
        tell("MEDIA-13", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-14 after a subscriber has gone the server forwards nothing to it and counts no subscription")
    void leftSubscriber() {
        tell("MEDIA-14", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-19 a track is announced and subscribed although it is muted from the start")
    void mutedFromTheStart() {
        tell("MEDIA-19", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-20 a publisher that comes back has new tracks for all, the old ones vanish")
    void comesBack() {
        tell("MEDIA-20", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-21 publishing while already receiving, and receiving while already publishing, both work")
    void bothWays() {
        tell("MEDIA-21", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-25 add_track for a forbidden source is refused with NOT_ALLOWED")
    void forbiddenSource() {
        tell("MEDIA-25");
    }

    @Test
    @DisplayName("MEDIA-26 leaving is seen by the others well below one second")
    void leaving() {
        tell("MEDIA-26", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-27 counters of packets and bytes grow for every track in both directions")
    void counters() {
        tell("MEDIA-27", CHROMIUM);
    }

    @Test
    @DisplayName(
            "everybody hears and sees everybody: two versions of livekit-client, Firefox and libwebrtc in one room")
    void everybody() {
        tell(Duration.ofSeconds(200), "everybody", CHROMIUM, NEWEST, FIREFOX, NATIVE);
    }
}
