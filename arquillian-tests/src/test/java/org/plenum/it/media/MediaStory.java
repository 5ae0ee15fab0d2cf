/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import java.time.Duration;
import java.util.Map;
import org.plenum.it.support.Meanwhile;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.PlenumServer;
import org.plenum.it.support.Requires;

/** Tells one story of {@code src/test/browser/media} with real clients against the server of the tests. */
final class MediaStory {
    /** What the OpenTalk web app ships. */
    static final String CHROMIUM = "chromium-2.19.0";

    /** The newest client seen. */
    static final String NEWEST = "chromium-2.23.0";

    static final String FIREFOX = "firefox-2.19.0";

    /** Another WebRTC stack: libwebrtc behind Node. */
    static final String NATIVE = "native";

    private MediaStory() {}

    /** Begins a story that mostly waits, so that others can be told meanwhile. */
    static Meanwhile begin(Duration patience, String story, String... clients) {
        return Meanwhile.begin(() -> tell(patience, story, clients));
    }

    /**
     * @param clients a kind of client for each part in the story that has one
     * @return what it printed
     */
    static String tell(String story, String... clients) {
        return tell(Duration.ofSeconds(150), story, clients);
    }

    /** @return what it printed */
    static String tell(Duration patience, String story, String... clients) {
        for (String client : clients) {
            if (client.startsWith("chromium")) {
                Requires.tool("chromium");
            } else if (client.startsWith("firefox")) {
                Requires.tool("firefox-esr");
            }
        }
        String[] arguments = new String[clients.length + 1];
        arguments[0] = story;
        System.arraycopy(clients, 0, arguments, 1, clients.length);
        return NodeScript.run(
                        "media/run.mjs",
                        patience,
                        Map.of(
                                "PLENUM_FORGED_PACKETS",
                                System.getProperty("plenum.forged.packets", "20000"),
                                "PLENUM_MEDIA_PORT",
                                Integer.toString(PlenumServer.mediaPort()),
                                "PLENUM_MEDIA_KEY",
                                PlenumServer.MEDIA_KEY,
                                "PLENUM_MEDIA_SECRET",
                                PlenumServer.MEDIA_SECRET),
                        arguments)
                .orFail();
    }
}
