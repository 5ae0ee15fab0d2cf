/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One connection to the signaling endpoint, as a story needs it: send commands, wait for events. Events that a wait skips stay
 * available to later waits, in their order. One test thread uses it; frames arrive on threads of the HTTP client.
 */
public final class Signaling implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** How the server closed. */
    public record Closed(int code, String reason) {}

    private final BlockingQueue<JsonObject> arriving = new LinkedBlockingQueue<>();
    private final List<JsonObject> waiting = new ArrayList<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private WebSocket socket;

    private Signaling() {}

    /** Connects with a ticket of {@code /start} or {@code /start_invited}. @throws AssertionError when the server refuses */
    public static Signaling open(String ticket) {
        Signaling client = new Signaling();
        try {
            client.socket = HTTP.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .buildAsync(address(ticket), client.new Listener())
                    .join();
        } catch (CompletionException refused) {
            throw new AssertionError("no connection: " + refused.getCause(), refused);
        }
        return client;
    }

    /** The HTTP status with which the upgrade is refused; 101 when it is not. */
    public static int statusOfUpgrade(String ticket, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        try {
            builder.buildAsync(address(ticket), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answer) {
                return answer.getResponse().statusCode();
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
        socket.sendText(text, true).join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
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
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(gone -> null)
                    .join();
            closed.completeOnTimeout(new Closed(1000, "left"), 2, TimeUnit.SECONDS)
                    .join();
        }
        socket.abort();
    }

    /** Goes without a word, like a client whose network has failed. */
    public void abort() {
        socket.abort();
    }

    private Optional<JsonObject> takeOne(long waitNs) {
        try {
            return Optional.ofNullable(arriving.poll(Math.max(0, waitNs), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                arriving.add(
                        Json.createReader(new StringReader(frame.toString())).readObject());
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable fault) {
            closed.complete(new Closed(1006, String.valueOf(fault.getMessage())));
        }
    }
}
