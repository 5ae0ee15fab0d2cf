/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.statements;
import static org.plenum.it.media.MediaStory.tell;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Unmodified LiveKit clients lose their socket while their media goes on. */
class ResumingIT {
    private static final List<String> STATEMENTS = List.of(
            "MEDIA-44 a socket that is cut resumes the session, with sound and picture going on",
            "MEDIA-45 so it does twice in a row, and without a published track",
            "MEDIA-46 what is asked for meanwhile arrives after it",
            "MEDIA-47 who left meanwhile is gone, and nobody sees the client leave",
            "MEDIA-51 the refreshed token is good when the original one has expired");

    @TestFactory
    @DisplayName("resume (2.19.0)")
    Stream<DynamicTest> resume() {
        return statements(STATEMENTS, "resume", CHROMIUM);
    }

    @TestFactory
    @DisplayName("resume (2.23.0)")
    Stream<DynamicTest> resumeOfTheNewest() {
        return statements(STATEMENTS, "resume", NEWEST);
    }

    @Test
    @DisplayName("a socket that is cut resumes the session with its tracks (rtc-node)")
    void resumeOfTheNativeClient() {
        tell("resume-native");
    }
}
