/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plenum.demo.PlenumStack;
import org.plenum.demo.Settings;
import org.plenum.it.support.NodeScript;
import org.plenum.it.support.Requires;

/** A TURN server that is not ours: coturn, with the secret it shares with us and nothing but our media as its peer. */
@Tag("firewall") // -Pit,full
class ForeignRelayIT {
    private static final Path RUN = Path.of("target/foreign-relay").toAbsolutePath();
    private static final int PORT = 14_478;
    private static final String SECRET = "a secret that coturn knows too";

    private PlenumStack stack;
    private Process relay;

    @AfterEach
    void stop() throws Exception {
        if (stack != null) {
            stack.close();
        }
        if (relay != null) {
            relay.destroy();
            relay.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName(
            "Clients that reach nothing but coturn connect over it, by UDP and by TCP; with another password they do not")
    void coturn() throws Exception {
        Requires.tool("chromium");
        OwnStack.delete(RUN);
        Files.createDirectories(RUN);
        Map<String, String> media = Map.of(
                "plenum.media.api-key", "relayed",
                "plenum.media.api-secret", "a secret of the relay's test, 32 bytes",
                "plenum.turn.port", "0",
                "plenum.front.port", "0",
                "plenum.turn.secret", SECRET,
                "plenum.turn.urls",
                        "turn:127.0.0.1:" + PORT + "?transport=udp,turn:127.0.0.1:" + PORT + "?transport=tcp");
        Settings settings = OwnStack.settings(RUN, 6400, Path.of(System.getProperty("java.home")), media);
        relay = turnserver();
        stack = OwnStack.start(settings);
        stack.awaitReady();
        NodeScript.Result result = OwnStack.begin(settings, media, "foreign-relay", "chromium-2.19.0", "firefox-2.19.0")
                .join();
        System.out.println(result.orFail());
    }

    private static Process turnserver() throws Exception {
        Path settings = RUN.resolve("turnserver.conf");
        Files.writeString(settings, """
                listening-ip=127.0.0.1
                relay-ip=127.0.0.1
                listening-port=%d
                no-tls
                no-dtls
                no-cli
                use-auth-secret
                static-auth-secret=%s
                realm=plenum
                allow-loopback-peers
                allowed-peer-ip=127.0.0.1
                denied-peer-ip=0.0.0.0-126.255.255.255
                denied-peer-ip=127.0.0.2-255.255.255.255
                pidfile=%s
                log-file=stdout
                """.formatted(PORT, SECRET, RUN.resolve("turnserver.pid")));
        return new ProcessBuilder(Requires.tool("turnserver").toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(RUN.resolve("turnserver.log").toFile())
                .start();
    }
}
