/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.plenum.demo.PlenumStack;
import org.plenum.demo.Settings;
import org.plenum.it.support.NodeScript;

/** A demo of a test's own, beside the one that all tests share. */
final class OwnStack {
    private OwnStack() {}

    /** @param more properties of the server, beyond the demo's */
    static Settings settings(Path run, int offset, Path javaHome, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(more);
        for (String name : List.of("plenum.project.dir", "plenum.demo.server", "plenum.demo.keycloak")) {
            properties.put(name, System.getProperty(name));
        }
        properties.put("plenum.demo.port-offset", String.valueOf(offset));
        properties.put("plenum.demo.run-dir", run.toString());
        properties.put("plenum.demo.java-home", javaHome.toString());
        return Settings.ofDemo(properties);
    }

    static PlenumStack start(Settings settings) throws IOException {
        return PlenumStack.start(settings, UnaryOperator.identity(), System.out::println);
    }

    static String story(Settings settings, String script) {
        return NodeScript.runAgainst(URI.create(settings.baseUrl()), script, Duration.ofMinutes(5), Map.of())
                .orFail();
    }

    /** Begins a story of clients with the media secret of these properties. */
    static CompletableFuture<NodeScript.Result> begin(Settings settings, Map<String, String> media, String... story) {
        Map<String, String> environment = Map.of(
                "PLENUM_MEDIA_KEY", media.get("plenum.media.api-key"),
                "PLENUM_MEDIA_SECRET", media.get("plenum.media.api-secret"));
        URI base = URI.create(settings.baseUrl());
        return CompletableFuture.supplyAsync(
                () -> NodeScript.runAgainst(base, "media/run.mjs", Duration.ofMinutes(5), environment, story));
    }

    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
