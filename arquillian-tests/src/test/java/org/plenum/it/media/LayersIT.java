/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.FIREFOX;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What receivers show decides what unmodified LiveKit clients encode and what is forwarded. */
class LayersIT {
    private static final ToldStory LAYERS = new ToldStory("layers", CHROMIUM);
    private static final ToldStory CODECS = new ToldStory("codecs", CHROMIUM, FIREFOX);
    private static final ToldStory MANY = new ToldStory("many", CHROMIUM);

    @Test
    @DisplayName("MEDIA-28 what nobody wants large is sent small only, and large again when somebody does")
    void small() throws Throwable {
        LAYERS.proves("MEDIA-28");
    }

    @Test
    @DisplayName("MEDIA-29 a layer between is enough when that is all that is wanted")
    void between() throws Throwable {
        LAYERS.proves("MEDIA-29");
    }

    @Test
    @DisplayName("MEDIA-30 a hidden picture does not arrive, and is there again within a second when it is shown")
    void hidden() throws Throwable {
        LAYERS.proves("MEDIA-30");
    }

    @Test
    @DisplayName("MEDIA-31 a single layer stops when nobody wants it, and goes on when somebody does")
    void single() throws Throwable {
        LAYERS.proves("MEDIA-31");
    }

    @Test
    @DisplayName("MEDIA-32 who has a narrow line gets a smaller picture, the others do not, and it grows with the line")
    void narrow() {
        tell("narrow", CHROMIUM);
    }

    @Test
    @DisplayName("who has a slow line over TCP gets a smaller picture, not a later one")
    void slowTcp() {
        tell("slow-tcp", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-16 a second codec is announced and received, the first goes on")
    void secondCodec() throws Throwable {
        CODECS.proves("MEDIA-16");
    }

    @Test
    @DisplayName("MEDIA-17 a browser without it is told and keeps the rest")
    void withoutTheCodec() throws Throwable {
        CODECS.proves("MEDIA-17");
    }

    @Test
    @DisplayName("both codecs of one video: H264 for who has it, VP8 for who has not")
    void bothCodecs() throws Throwable {
        CODECS.proves("both");
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

    @Test
    @DisplayName("MEDIA-22 ten sounds and ten pictures of one client all arrive")
    void many() throws Throwable {
        MANY.proves("MEDIA-22");
    }

    @Test
    @DisplayName("MEDIA-23 a picture that is asked for again begins with a key frame")
    void askedForAgain() throws Throwable {
        MANY.proves("MEDIA-23");
    }
}
