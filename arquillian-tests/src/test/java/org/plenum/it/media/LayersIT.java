/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
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
            "MEDIA-22, MEDIA-23: ten sounds and ten pictures of one client arrive, also when they are asked for again")
    void many() {
        tell("many", CHROMIUM);
    }
}
