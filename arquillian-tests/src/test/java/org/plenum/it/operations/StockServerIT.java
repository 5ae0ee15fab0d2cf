/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.operations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.plenum.it.support.MediaToken;
import org.plenum.it.support.NodeScript;

/** What an administrator does with a WildFly that already runs: scripts, deployment, redeployments. One story in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StockServerIT {
    private static final Path EAR = Path.of("../ear/target/plenum.ear").toAbsolutePath();
    private static final Path SCRIPTS =
            Path.of("../wildfly-config/src/main/cli").toAbsolutePath();
    private static final int REDEPLOYMENTS = 10;

    /** Of {@value #REDEPLOYMENTS} applications, those that something outside of them still knows. */
    private static final int MOST_HELD = 3;

    private static final long LATE_MEMORY = 4_000_000; // bytes, of the server's own connections

    private static StockServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = StockServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("The CLI scripts change a stock server once; a second run changes nothing")
    void scriptsTwice() throws Exception {
        List<Path> scripts = Stream.of("datasource", "oidc", "media", "sip", "web", "tls", "health", "logging")
                .map(name -> SCRIPTS.resolve(name + ".cli"))
                .toList();
        byte[] stock = server.configuration();
        server.cli(scripts);
        server.restart();
        byte[] once = server.configuration();
        assertFalse(Arrays.equals(stock, once));
        server.cli(scripts);
        assertArrayEquals(once, server.configuration());
    }

    @Test
    @Order(2)
    @DisplayName("The EAR runs there: client, REST, health")
    void deploys() throws Exception {
        server.deploy(EAR);
        assertEquals(401, get(server.web().resolve("/v1/users/me").toString()).statusCode());
        assertTrue(get(server.web().toString()).body().contains("<div id=\"root\">"));
        HttpResponse<String> health =
                get(server.management().resolve("/health/ready").toString());
        assertEquals(200, health.statusCode(), health.body());
        assertTrue(health.body().contains("\"meetings_participants\":0"), health.body());
        assertEquals(
                308, get("http://localhost:" + StockServer.FRONT_PORT + "/").statusCode());
        assertTrue(server.console().contains("sends many packets at once"), "by JNA before JDK 22");
        meet();
    }

    @Test
    @Order(3)
    @DisplayName("10 redeployments, with people in a room, leave no thread, socket, buffer or application behind")
    void redeployments() throws Exception {
        meet();
        server.undeploy();
        Leftovers first = leftovers();
        server.deploy();
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            CompletableFuture<Integer> present = enter();
            server.redeploy();
            present.get(10, TimeUnit.SECONDS); // told that it is over, not left hanging
        }
        meet();
        server.undeploy();
        Leftovers last = leftovers();
        assertEquals(List.of(), last.threads());
        assertEquals(0, last.mediaSockets());
        // cancelled timers hold theirs for ten seconds; idle threads of the server and the JDK's method handles keep
        // one each
        for (int wait = 0; wait < 15 && last.applications() > MOST_HELD; wait++) {
            Thread.sleep(2000);
            last = leftovers();
        }
        assertTrue(last.applications() <= MOST_HELD, last.toString());
        long fronts = server.loaded("org.plenum.media.front.Front");
        assertTrue(fronts <= MOST_HELD, "resource adapters held: " + fronts);
        assertTrue(last.directMemory() < first.directMemory() + LATE_MEMORY, first + " became " + last);
    }

    private record Leftovers(List<String> threads, long mediaSockets, long applications, long directMemory) {}

    private static Leftovers leftovers() throws IOException, InterruptedException {
        server.collectGarbage();
        List<String> ours = server.threads().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("plenum"))
                .filter(name ->
                        !name.startsWith("MVStore")) // the database is the server's data source, not the application's
                .toList();
        return new Leftovers(
                ours, mediaSockets(), server.loaded("org.plenum.conference.live.LiveRooms"), server.directMemory());
    }

    /** UDP sockets on the media port, of IPv4 and IPv6. */
    private static long mediaSockets() throws IOException {
        String port = String.format(":%04X ", StockServer.MEDIA_PORT);
        long count = 0;
        for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                count += lines.filter(line -> line.contains(port)).count();
            }
        }
        return count;
    }

    /** A client of the media socket that does not leave. @return completes when the server closes the socket */
    private CompletableFuture<Integer> enter() {
        String address = "ws://" + server.web().getAuthority() + "/livekit/rtc?protocol=17&access_token="
                + MediaToken.of("stock", StockServer.secret(), "present:1", "redeployed:main");
        CompletableFuture<Void> joined = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        http.newWebSocketBuilder()
                .buildAsync(URI.create(address), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                        joined.complete(null);
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable broken) {
                        joined.completeExceptionally(broken);
                        closed.completeExceptionally(broken);
                    }
                })
                .join();
        joined.join();
        return closed;
    }

    /** Two clients with sound and picture, over DTLS and SRTP. */
    private static void meet() {
        NodeScript.runAgainst(
                        server.web(),
                        "media/run.mjs",
                        Duration.ofSeconds(60),
                        Map.of("PLENUM_MEDIA_KEY", "stock", "PLENUM_MEDIA_SECRET", StockServer.secret()),
                        "MEDIA-1",
                        "native",
                        "native")
                .orFail();
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
