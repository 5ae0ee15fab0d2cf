/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plenum.media.core.dtls.DtlsSession;
import org.plenum.media.core.srtp.SrtpProfile;

/** The handshake with itself and with recorded clients; the test's thread is the loop. */
class BouncyDtlsTest {
    private static final long PATIENCE_S = 20;
    private static final int LOST_PERCENT = 20;
    private static final JsonObject VECTORS = Json.createReader(
                    BouncyDtlsTest.class.getResourceAsStream("/vectors/dtls-clienthello.json"))
            .readObject();

    private final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private BouncyDtls dtls;

    /** One end; what it sends goes to the other. */
    private final class End implements DtlsSession.Listener {
        final List<byte[]> sent = new ArrayList<>();
        DtlsSession session;
        End other;
        SrtpProfile profile;
        byte[] keys;
        byte[] peerCertificate;
        DtlsSession.Failure failure;
        Random loss; // null: nothing of this end is lost

        @Override
        public void send(ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            sent.add(copy);
            boolean lost = loss != null && loss.nextInt(100) < LOST_PERCENT;
            if (other != null && !lost) {
                loop.add(() -> other.session.receive(ByteBuffer.wrap(copy)));
            }
        }

        @Override
        public void connected(SrtpProfile agreed, byte[] keyingMaterial, byte[] certificate) {
            profile = agreed;
            keys = keyingMaterial;
            peerCertificate = certificate;
        }

        @Override
        public void failed(DtlsSession.Failure reason) {
            failure = reason;
        }
    }

    @BeforeEach
    void open() throws Exception {
        dtls = new BouncyDtls(
                DtlsIdentity.generate(new SecureRandom(), Instant.now()), new DtlsWorkers(threads, 8), loop::add);
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(PATIENCE_S, TimeUnit.SECONDS), "no handshake outlives its session");
    }

    private void run(BooleanSupplier until) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!until.getAsBoolean() && System.nanoTime() - endNs < 0) {
            Runnable next = loop.poll(50, TimeUnit.MILLISECONDS);
            if (next != null) {
                next.run();
            }
        }
    }

    private End[] pair() {
        End server = new End();
        End client = new End();
        server.other = client;
        client.other = server;
        server.session = dtls.open(false, server);
        client.session = dtls.open(true, client);
        return new End[] {server, client};
    }

    @Test
    @DisplayName("Both ends agree on AES-GCM, export the same keys and see each other's certificate")
    void agree() throws Exception {
        End[] ends = pair();
        run(() -> ends[0].keys != null && ends[1].keys != null);
        assertEquals(SrtpProfile.AEAD_AES_128_GCM, ends[0].profile);
        assertEquals(ends[0].profile, ends[1].profile);
        assertArrayEquals(ends[0].keys, ends[1].keys);
        assertEquals(ends[0].profile.keyingMaterialLength(), ends[0].keys.length);
        assertArrayEquals(ends[0].peerCertificate, ends[1].peerCertificate, "both have the identity of this engine");

        ends[1].session.close();
        run(() -> ends[0].failure != null);
        assertEquals(DtlsSession.Failure.CLOSED_BY_PEER, ends[0].failure);
        assertNull(ends[1].failure, "nobody is told of his own close");
        ends[0].session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("A handshake survives the loss of every fifth datagram in both directions")
    void loss(int seed) throws Exception {
        End[] ends = pair();
        ends[0].loss = new Random(seed);
        ends[1].loss = new Random(-seed);
        run(() -> ends[0].keys != null && ends[1].keys != null);
        assertNotNull(ends[0].keys, "server finished");
        assertArrayEquals(ends[0].keys, ends[1].keys);
        ends[0].session.close();
        ends[1].session.close();
    }

    static Stream<String> clients() {
        return Stream.of("chromium156", "openssl");
    }

    @ParameterizedTest
    @MethodSource("clients")
    @DisplayName("A recorded ClientHello, also one in two datagrams, is answered with the server's flight")
    void recordedHello(String client) throws Exception {
        End server = new End();
        server.session = dtls.open(false, server);
        for (byte[] datagram : datagrams(VECTORS.getJsonObject(client))) {
            server.session.receive(ByteBuffer.wrap(datagram));
        }
        run(() -> !server.sent.isEmpty() || server.failure != null);
        assertNull(server.failure);
        byte[] first = server.sent.get(0);
        assertEquals(22, first[0], "a handshake record (RFC 5246 section 6.2.1)");
        assertEquals(2, first[13], "ServerHello (RFC 5246 section 7.4)");
        server.session.close();
    }

    static Stream<JsonObject> harmful() {
        return VECTORS.getJsonArray("mustNotHarm").getValuesAs(JsonObject.class).stream();
    }

    @ParameterizedTest
    @MethodSource("harmful")
    @DisplayName("What must not harm does not: no exception, and the next client gets through")
    void harmless(JsonObject one) throws Exception {
        End victim = new End();
        victim.session = dtls.open(false, victim);
        for (byte[] datagram : datagrams(one)) {
            victim.session.receive(ByteBuffer.wrap(datagram));
        }
        End[] ends = pair();
        run(() -> ends[0].keys != null && ends[1].keys != null);
        assertNotNull(ends[0].keys, one.getString("name"));
        assertNull(victim.keys, "nobody connects by it");
        victim.session.close();
        ends[0].session.close();
        ends[1].session.close();
    }

    @Test
    @DisplayName("No more handshakes at a time than there are places; a place comes back")
    void places() throws Exception {
        DtlsWorkers workers = new DtlsWorkers(threads, 2);
        CountDownLatch hold = new CountDownLatch(1);
        Runnable busy = () -> {
            try {
                hold.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        };
        assertTrue(workers.start(busy));
        assertTrue(workers.start(busy));
        assertFalse(workers.start(busy));
        assertEquals(2, workers.running());
        hold.countDown();
        assertTrue(workers.awaitEnd(5000));

        DtlsWorkers refused = new DtlsWorkers(
                task -> {
                    throw new RejectedExecutionException();
                },
                1);
        assertFalse(refused.start(busy));
        assertEquals(0, refused.running());
    }

    private static List<byte[]> datagrams(JsonObject vector) {
        JsonArray hex = vector.getJsonArray("datagrams");
        return hex.getValuesAs(JsonString.class).stream()
                .map(text -> HexFormat.of().parseHex(text.getString()))
                .toList();
    }
}
