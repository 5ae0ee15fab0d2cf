/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Set;
import java.util.stream.Collectors;

/** One story that proves several statements, each of them a test: it is told once, when the first of them asks. */
final class ToldStory {
    private final String story;
    private final String[] clients;
    private Set<String> told;
    private Throwable failed;

    ToldStory(String story, String... clients) {
        this.story = story;
        this.clients = clients;
    }

    /**
     * Fails, or is skipped, as the story was, and fails when it ended without having seen the statement.
     *
     * @param statement its number, for example {@code MEDIA-30}
     */
    void proves(String statement) throws Throwable {
        if (told == null && failed == null) {
            try {
                told = told(MediaStory.tell(story, clients));
            } catch (Throwable broken) { // what skips is no Exception
                failed = broken;
            }
        }
        if (failed != null) {
            throw failed;
        }
        assertTrue(told.contains(statement), () -> "told: " + told);
    }

    private static Set<String> told(String output) {
        try (JsonReader last = Json.createReader(new StringReader(output.substring(output.lastIndexOf("{\"ok\""))))) {
            return last.readObject().getJsonArray("told").getValuesAs(JsonString::getString).stream()
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
