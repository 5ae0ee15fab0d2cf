/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
     * Tells a story and gives one test for each numbered statement that it is about, named after it.
     *
     * @param statements each begins with its number, for example {@code MEDIA-30 a hidden picture is not sent}
     */
    static Stream<DynamicTest> statements(List<String> statements, String story, String... clients) {
        String output = tell(Duration.ofSeconds(150), story, clients);
        Set<String> told = Json.createReader(new StringReader(output.substring(output.lastIndexOf("{\"ok\""))))
                .readObject()
                .getJsonArray("told")
                .getValuesAs(JsonString::getString)
                .stream()
                .collect(Collectors.toSet());
        return statements.stream()
                .map(statement -> DynamicTest.dynamicTest(
                        statement, () -> assertTrue(told.contains(statement.split(" ")[0]), "told: " + told)));
    }

    /** @param clients a kind of client for each part in the story that has one */
    static void tell(String story, String... clients) {
        tell(Duration.ofSeconds(150), story, clients);
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
