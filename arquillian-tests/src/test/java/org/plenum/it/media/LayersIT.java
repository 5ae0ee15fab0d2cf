/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.FIREFOX;
import static org.plenum.it.media.MediaStory.tell;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What receivers show decides what unmodified LiveKit clients encode and what is forwarded. */
class LayersIT {
    @Test
    @DisplayName("MEDIA-28, MEDIA-29, MEDIA-30, MEDIA-31: the layers that somebody wants are sent, and no others")
    void layers() {
        tell("layers", CHROMIUM);
    }

    @Test
    @DisplayName(
            "MEDIA-32: who has a narrow line gets a smaller picture, the others do not, and it grows with the line")
    void narrow() {
        tell("narrow", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-16, MEDIA-17: H264 beside VP8, and a browser without H264 is told and keeps the rest")
    void codecs() {
        tell("codecs", CHROMIUM, FIREFOX);
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
            "MEDIA-22, MEDIA-23: ten sounds and ten pictures of one client arrive, also when they are asked for again")
    void many() {
        tell("many", CHROMIUM);
    }
}
