/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.plenum.it.media.MediaStory.CHROMIUM;
import static org.plenum.it.media.MediaStory.NEWEST;
import static org.plenum.it.media.MediaStory.tell;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server API over HTTP, and what unmodified LiveKit clients make of it. */
class ModerationIT {
    @Test
    @DisplayName(
            "MEDIA-33, MEDIA-34, MEDIA-35, MEDIA-37, MEDIA-38, MEDIA-39, MEDIA-40, MEDIA-42: rooms, rights, mutes, "
                    + "names and removals from outside reach real clients")
    void moderation() {
        tell("moderation", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-49 a resume that fails becomes a full reconnect with all tracks (2.19.0)")
    void fullReconnect() {
        tell("full-reconnect", CHROMIUM);
    }

    @Test
    @DisplayName("MEDIA-49 a resume that fails becomes a full reconnect with all tracks (2.23.0)")
    void fullReconnectOfTheNewest() {
        tell("full-reconnect", NEWEST);
    }
}
