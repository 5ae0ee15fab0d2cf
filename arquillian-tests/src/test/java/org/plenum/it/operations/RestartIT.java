/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.demo.PlenumStack;
import org.plenum.demo.Settings;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.Requires;

/** The demo from an empty run directory on a newer JDK, its end, and its next start on the JDK of the build. */
class RestartIT {
    private static final Path RUN = Path.of("target/restart").toAbsolutePath();
    private static final int OFFSET = 4000;

    @Test
    @DisplayName(
            "One meeting on JDK 25; the end frees all ports; accounts and meetings are there again after a restart on JDK 17")
    void restart() throws Exception {
        Path newer = Requires.newerJdk();
        Requires.tool("chromium");
        Requires.tool("firefox-esr");
        emptyRunDirectory();
        Settings first = settings(newer);
        try (PlenumStack stack = PlenumStack.start(first, UnaryOperator.identity(), System.out::println)) {
            stack.awaitReady();
            story(first, "story/meeting.mjs");
        }
        assertEquals(List.of(), takenPorts(first));

        Settings again = settings(Path.of(System.getProperty("java.home")));
        long startedNs = System.nanoTime();
        try (PlenumStack stack = PlenumStack.start(again, UnaryOperator.identity(), System.out::println)) {
            stack.awaitReady();
            System.out.println("second start: "
                    + Duration.ofNanos(System.nanoTime() - startedNs).toSeconds() + " s");
            String seen = story(again, "story/dashboard.mjs");
            assertTrue(seen.contains("Council meeting"), seen);
        }
        assertEquals(List.of(), takenPorts(again));
    }

    private static String story(Settings settings, String script) {
        return NodeScript.runAgainst(URI.create(settings.baseUrl()), script, Duration.ofMinutes(5), Map.of())
                .orFail();
    }

    private static Settings settings(Path javaHome) {
        Map<String, String> properties = new TreeMap<>();
        for (String name : List.of("plenum.project.dir", "plenum.demo.server", "plenum.demo.keycloak")) {
            properties.put(name, System.getProperty(name));
        }
        properties.put("plenum.demo.port-offset", String.valueOf(OFFSET));
        properties.put("plenum.demo.run-dir", RUN.toString());
        properties.put("plenum.demo.java-home", javaHome.toString());
        return Settings.ofDemo(properties);
    }

    private static List<String> takenPorts(Settings settings) {
        return settings.ports().all().stream()
                .filter(port -> !isFree(port))
                .map(Settings.Port::owner)
                .toList();
    }

    private static boolean isFree(Settings.Port port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
        try {
            if (port.udp()) {
                new DatagramSocket(address).close();
            } else {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(address);
                socket.close();
            }
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void emptyRunDirectory() throws IOException {
        if (Files.exists(RUN)) {
            try (Stream<Path> tree = Files.walk(RUN)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
