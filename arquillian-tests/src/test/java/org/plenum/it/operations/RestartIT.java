/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private static final Map<String, String> MEDIA = Map.of(
            "plenum.media.api-key", "restarted", "plenum.media.api-secret", "the same before and after, 32 bytes");

    @Test
    @DisplayName(
            "MEDIA-50: one meeting on JDK 25; the end frees all ports; accounts and meetings are there again after a restart on JDK 17, clients come back by themselves")
    void restart() throws Exception {
        Path newer = Requires.newerJdk();
        Requires.tool("chromium");
        Requires.tool("firefox-esr");
        OwnStack.delete(RUN);
        Path together = RUN.resolveSibling("together");
        Files.deleteIfExists(together);
        Settings first = OwnStack.settings(RUN, OFFSET, newer, MEDIA);
        CompletableFuture<NodeScript.Result> clients;
        try (PlenumStack stack = OwnStack.start(first)) {
            stack.awaitReady();
            OwnStack.story(first, "story/meeting.mjs");
            clients =
                    OwnStack.begin(first, MEDIA, "restart", "chromium-2.19.0", "chromium-2.23.0", together.toString());
            while (!Files.exists(together) && !clients.isDone()) {
                Thread.sleep(200);
            }
        }
        assertEquals(List.of(), takenPorts(first));

        Settings again = OwnStack.settings(RUN, OFFSET, Path.of(System.getProperty("java.home")), MEDIA);
        long startedNs = System.nanoTime();
        try (PlenumStack stack = OwnStack.start(again)) {
            stack.awaitReady();
            System.out.println("second start: "
                    + Duration.ofNanos(System.nanoTime() - startedNs).toSeconds() + " s");
            clients.join().orFail();
            String seen = OwnStack.story(again, "story/dashboard.mjs");
            assertTrue(seen.contains("Council meeting"), seen);
        }
        assertEquals(List.of(), takenPorts(again));
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
}
