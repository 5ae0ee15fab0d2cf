/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.FIREFOX;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.statements;
import static org.plenum.it.media.MediaStory.tell;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What receivers show decides what unmodified LiveKit clients encode and what is forwarded. */
class LayersIT {
    @TestFactory
    @DisplayName("the layers that somebody wants are sent, and no others")
    Stream<DynamicTest> layers() {
        return statements(
                List.of(
                        "MEDIA-28 what nobody wants large is sent small only, and large again when somebody does",
                        "MEDIA-29 a layer between is enough when that is all that is wanted",
                        "MEDIA-30 a hidden picture does not arrive, and is there again within 1.5 s when it is shown",
                        "MEDIA-31 a single layer stops when nobody wants it, and goes on when somebody does"),
                "layers",
                CHROMIUM);
    }

    @Test
    @DisplayName(
            "MEDIA-32: who has a narrow line gets a smaller picture, the others do not, and it grows with the line")
    void narrow() {
        tell("narrow", CHROMIUM);
    }

    @Test
    @DisplayName("who has a slow line over TCP gets a smaller picture, not a later one")
    void slowTcp() {
        tell("slow-tcp", CHROMIUM);
    }

    @TestFactory
    @DisplayName("H264 beside VP8")
    Stream<DynamicTest> codecs() {
        return statements(
                List.of(
                        "MEDIA-16 a second codec is announced and received, the first goes on",
                        "MEDIA-17 a browser without it is told and keeps the rest",
                        "both codecs of one video: H264 for who has it, VP8 for who has not"),
                "codecs",
                CHROMIUM,
                FIREFOX);
    }

    @Test
    @DisplayName("a screen is shared again and again by one connection (2.19.0)")
    void again() {
        tell("again", CHROMIUM);
    }

    @Test
    @DisplayName("a screen is shared again and again by one connection (Firefox)")
    void againByFirefox() {
        tell("again", FIREFOX);
    }

    @Test
    @DisplayName(
            "media that is encrypted end to end: layers change, sound is heard, and nothing by who has another key")
    void encrypted() {
        tell("encrypted", CHROMIUM, NEWEST);
    }

    @TestFactory
    @DisplayName("ten sounds and ten pictures of one client")
    Stream<DynamicTest> many() {
        return statements(
                List.of("MEDIA-22 all of them arrive", "MEDIA-23 one that is asked for again begins with a picture"),
                "many",
                CHROMIUM);
    }
}
