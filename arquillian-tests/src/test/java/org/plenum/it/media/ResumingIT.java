/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Unmodified LiveKit clients lose their socket while their media goes on. */
class ResumingIT {
    private static final ToldStory RESUME = new ToldStory("resume", CHROMIUM);
    private static final ToldStory RESUME_OF_THE_NEWEST = new ToldStory("resume", NEWEST);

    @Test
    @DisplayName("MEDIA-44 a socket that is cut resumes the session, with sound and picture going on (2.19.0)")
    void goesOn() throws Throwable {
        RESUME.proves("MEDIA-44");
    }

    @Test
    @DisplayName("MEDIA-45 so it does twice in a row, and without a published track (2.19.0)")
    void twice() throws Throwable {
        RESUME.proves("MEDIA-45");
    }

    @Test
    @DisplayName("MEDIA-46 what is asked for meanwhile arrives after it (2.19.0)")
    void askedMeanwhile() throws Throwable {
        RESUME.proves("MEDIA-46");
    }

    @Test
    @DisplayName("MEDIA-47 who left meanwhile is gone, and nobody sees the client leave (2.19.0)")
    void leftMeanwhile() throws Throwable {
        RESUME.proves("MEDIA-47");
    }

    @Test
    @DisplayName("MEDIA-51 the refreshed token is good when the original one has expired (2.19.0)")
    void refreshed() throws Throwable {
        RESUME.proves("MEDIA-51");
    }

    @Test
    @DisplayName("MEDIA-44 a socket that is cut resumes the session, with sound and picture going on (2.23.0)")
    void goesOnInTheNewest() throws Throwable {
        RESUME_OF_THE_NEWEST.proves("MEDIA-44");
    }

    @Test
    @DisplayName("MEDIA-45 so it does twice in a row, and without a published track (2.23.0)")
    void twiceInTheNewest() throws Throwable {
        RESUME_OF_THE_NEWEST.proves("MEDIA-45");
    }

    @Test
    @DisplayName("MEDIA-46 what is asked for meanwhile arrives after it (2.23.0)")
    void askedMeanwhileInTheNewest() throws Throwable {
        RESUME_OF_THE_NEWEST.proves("MEDIA-46");
    }

    @Test
    @DisplayName("MEDIA-47 who left meanwhile is gone, and nobody sees the client leave (2.23.0)")
    void leftMeanwhileInTheNewest() throws Throwable {
        RESUME_OF_THE_NEWEST.proves("MEDIA-47");
    }

    @Test
    @DisplayName("MEDIA-51 the refreshed token is good when the original one has expired (2.23.0)")
    void refreshedInTheNewest() throws Throwable {
        RESUME_OF_THE_NEWEST.proves("MEDIA-51");
    }

    @Test
    @DisplayName("a socket that is cut resumes the session with its tracks (rtc-node)")
    void resumeOfTheNativeClient() {
        tell("resume-native");
    }
}
