/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Unmodified LiveKit clients lose their socket while their media goes on. */
class ResumingIT {
    private static final String RESUME =
            "MEDIA-44, MEDIA-45, MEDIA-46, MEDIA-47, MEDIA-51: sockets that are cut resume the session, ";

    @Test
    @DisplayName(RESUME + "whatever happens meanwhile (2.19.0)")
    void resume() {
        tell("resume", CHROMIUM);
    }

    @Test
    @DisplayName(RESUME + "whatever happens meanwhile (2.23.0)")
    void resumeOfTheNewest() {
        tell("resume", NEWEST);
    }

    @Test
    @DisplayName(RESUME + "with its tracks (rtc-node)")
    void resumeOfTheNativeClient() {
        tell("resume-native");
    }
}
