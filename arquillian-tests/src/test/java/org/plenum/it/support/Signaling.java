/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/**
 * One connection to the signaling endpoint, as a story needs it: send commands, wait for events. Events that a wait skips stay
 * available to later waits, in their order. One test thread uses it; frames arrive on threads of the client.
 */
public final class Signaling implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final WebSocketClient CLIENT = client();

    /** How the server closed. */
    public record Closed(int code, String reason) {}

    private final BlockingQueue<JsonObject> arriving = new LinkedBlockingQueue<>();
    private final List<JsonObject> waiting = new ArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final Session socket;

    private Signaling(ClientUpgradeRequest request) {
        socket = connect(new Listener(), request).join();
    }

    private static WebSocketClient client() {
        HttpClient http = new HttpClient();
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setDaemon(true);
        http.setExecutor(threads);
        http.setMaxConnectionsPerDestination(10_000);
        WebSocketClient client = new WebSocketClient(http);
        client.setIdleTimeout(Duration.ZERO); // none
        client.setMaxTextMessageSize(LARGEST_MESSAGE);
        try {
            client.start();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        return client;
    }

    private static CompletableFuture<Session> connect(Session.Listener listener, ClientUpgradeRequest request) {
        request.setTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return CLIENT.connect(listener, request);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Connects with a ticket of {@code /start} or {@code /start_invited}. @throws AssertionError when the server refuses */
    public static Signaling open(String ticket) {
        try {
            return new Signaling(new ClientUpgradeRequest(address(ticket)));
        } catch (CompletionException refused) {
            throw new AssertionError("no connection: " + refused.getCause(), refused);
        }
    }

    /** The HTTP status with which the upgrade is refused; 101 when it is not. */
    public static int statusOfUpgrade(String ticket, String... headers) {
        ClientUpgradeRequest request = new ClientUpgradeRequest(address(ticket));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            connect(new Session.Listener.AutoDemanding() {}, request).join().disconnect();
            return 101;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof UpgradeException answer) {
                return answer.getResponseStatusCode();
            }
            throw refused;
        }
    }

    private static URI address(String ticket) {
        return URI.create(PlenumServer.baseUri().toString().replaceFirst("^http", "ws") + "/v1/signaling/" + ticket);
    }

    /** Sends a command; the payload carries its {@code action}. */
    public void send(String namespace, JsonObject payload) {
        sendText(envelope(namespace, payload).build().toString());
    }

    public void send(String namespace, long transaction, JsonObject payload) {
        sendText(envelope(namespace, payload)
                .add("transaction_id", transaction)
                .build()
                .toString());
    }

    /** Sends a frame as it is. */
    public void sendText(String text) {
        said(done -> socket.sendText(text, done));
    }

    public void sendBinary(byte[] bytes) {
        said(done -> socket.sendBinary(ByteBuffer.wrap(bytes), done));
    }

    private static void said(Consumer<Callback> what) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        what.accept(Callback.from(() -> done.complete(null), done::completeExceptionally));
        done.join();
    }

    private static JsonObjectBuilder envelope(String namespace, JsonObject payload) {
        return Json.createObjectBuilder().add("namespace", namespace).add("payload", payload);
    }

    /** The next event of this namespace and message, as the whole envelope. For namespace {@code error} see {@link #awaitError}. */
    public JsonObject await(String namespace, String message) {
        return await(
                namespace + "." + message,
                event -> event.getString("namespace").equals(namespace)
                        && event.getJsonObject("payload")
                                .getString("message", "")
                                .equals(message));
    }

    /** The next event of the namespace {@code error} with this code. */
    public JsonObject awaitError(String code) {
        return await(
                "error." + code,
                event -> event.getString("namespace").equals("error")
                        && event.getJsonObject("payload").getString("error", "").equals(code));
    }

    /** The next event that matches, within 20 s. */
    public JsonObject await(String what, Predicate<JsonObject> matches) {
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        int looked = 0;
        while (true) {
            for (; looked < waiting.size(); looked++) {
                if (matches.test(waiting.get(looked))) {
                    return waiting.remove(looked);
                }
            }
            takeOne(deadlineNs - System.nanoTime()).ifPresentOrElse(waiting::add, () -> {
                throw new AssertionError("no " + what + "; there was " + waiting + ", closed: " + closed.getNow(null));
            });
        }
    }

    /** Waits until the server has said something, which is kept: the next one to connect is the next one in the room. @return this */
    public Signaling answered() {
        takeOne(PATIENCE.toNanos()).ifPresent(waiting::add);
        return this;
    }

    /** Everything that has come and was not waited for, after this time of quiet. */
    public List<JsonObject> drain(Duration quiet) {
        Optional<JsonObject> next = takeOne(quiet.toNanos());
        while (next.isPresent()) {
            waiting.add(next.get());
            next = takeOne(quiet.toNanos());
        }
        List<JsonObject> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** How the server closes this connection, within 20 s. */
    public Closed awaitClose() {
        try {
            return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            throw new AssertionError("the server has not closed", late);
        }
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Leaves with a closing handshake. */
    @Override
    public void close() {
        if (isOpen()) {
            socket.close(StatusCode.NORMAL, "", Callback.NOOP);
            closed.completeOnTimeout(new Closed(1000, "left"), 2, TimeUnit.SECONDS)
                    .join();
        }
        socket.disconnect();
    }

    /** Goes without a word, like a client whose network has failed. */
    public void abort() {
        socket.disconnect();
    }

    private Optional<JsonObject> takeOne(long waitNs) {
        try {
            return Optional.ofNullable(arriving.poll(Math.max(0, waitNs), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What has come; public because Jetty wants to reach it. */
    public final class Listener implements Session.Listener.AutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            arriving.add(Json.createReader(new StringReader(message)).readObject());
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback done) {
            closed.complete(new Closed(code, reason));
            done.succeed();
        }

        @Override
        public void onWebSocketError(Throwable fault) {
            closed.complete(new Closed(1006, String.valueOf(fault.getMessage())));
        }
    }
}
