/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.MediaRoomId;

/** The engine on a real port of loopback. */
class MediaEngineTest {
    private static final int MUTATIONS = Integer.getInteger("plenum.fuzz.mutations", 300);

    /** One well-formed beginning of each kind that RFC 7983 tells apart. */
    private static final List<String> SEEDS = List.of(
            "000100582112a442b7e7a701bc34d686fa87dfae0006000a6e6f626f64793a783a0000002400046e7f1eff", // STUN binding
            "16feff000000000000000000300100002400000000000000240000fefd000000000000000000000000000000000000000000", // DTLS
            "806f00010000000100000001bede000110aa000001020304", // RTP
            "80c80006000000010000000000000000000000000000000000000000", // RTCP
            "400000080000000001020304"); // TURN channel data

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MediaEngine engine;
    private int port;

    @BeforeEach
    void open() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = free.getLocalPort();
        }
        engine = MediaEngine.open(config(), threads);
        engine.loops().forEach(threads::execute);
    }

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
        threads.shutdown();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS), "no loop and no handshake goes on after close");
    }

    private MediaConfig config() {
        return MediaConfig.of("127.0.0.1", "", port, "key", "a secret of sixteen or more");
    }

    private long counter(String name) {
        return engine.media().statistics().counters().getOrDefault(name, 0L);
    }

    private long dropped() {
        return engine.media().statistics().counters().entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("drop_"))
                .mapToLong(counter -> counter.getValue())
                .sum();
    }

    @Test
    @DisplayName("Forged datagrams are counted and dropped, nobody gets an answer, the engine goes on")
    void forged() throws Exception {
        Random random = new Random(7983);
        try (DatagramSocket attacker = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            attacker.setSoTimeout(300);
            int sent = 0;
            for (String seed : SEEDS) {
                for (int i = 0; i < MUTATIONS; i++) {
                    byte[] datagram = mutated(HexFormat.of().parseHex(seed), random);
                    attacker.send(
                            new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), port));
                    sent++;
                    if (sent % 300 == 0) {
                        awaitReceived(sent);
                    }
                }
            }
            awaitReceived(sent);
            assertEquals(sent, counter("packets_in"));
            assertEquals(sent, dropped());
            assertEquals(0, counter("packets_out"));
            assertEquals(0, counter("loop_faults"));
            assertThrows(SocketTimeoutException.class, () -> attacker.receive(new DatagramPacket(new byte[1], 1)));
        }
        assertEquals(
                List.of(),
                engine.media()
                        .participants(new MediaRoomId("empty:main"))
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS));
        assertEquals(0L, engine.media().statistics().gauges().get("transports"));
    }

    /** The receive buffer of the kernel is small: an attack that overruns it proves nothing about us. */
    private void awaitReceived(int sent) throws InterruptedException {
        for (int wait = 0; wait < 500 && counter("packets_in") < sent; wait++) {
            Thread.sleep(10);
        }
    }

    private static byte[] mutated(byte[] datagram, Random random) {
        byte[] changed = Arrays.copyOf(datagram, 1 + random.nextInt(datagram.length + 40));
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    @Test
    @DisplayName("A taken port is an error that names the property; after close the port is free")
    void port() throws Exception {
        IOException taken = assertThrows(IOException.class, () -> MediaEngine.open(config(), threads));
        assertTrue(taken.getMessage().contains(MediaConfig.UDP_PORT), taken.getMessage());
        assertTrue(taken.getMessage().contains(String.valueOf(port)), taken.getMessage());
        assertTrue(engine.close(Duration.ofSeconds(5)));
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    @DisplayName("Bad tokens are told apart before any socket: 401 for a stranger's, 401 for none")
    void tokens() {
        var nobody = new ConnectParameters(Map.of("protocol", "17"), "");
        assertEquals(401, engine.media().validate(null, nobody).status());
        assertEquals(401, engine.media().validate("a.b.c", nobody).status());
        assertFalse(engine.media().validate("", nobody).passed());
    }

    @ParameterizedTest
    @DisplayName("What an administrator got wrong is said by the property's name")
    @CsvSource({
        "not-an-address, '', 10000, key, a secret of sixteen or more, plenum.media.bind-address",
        "127.0.0.1, 0.0.0.0, 10000, key, a secret of sixteen or more, plenum.media.advertised-address",
        "0.0.0.0, '', 10000, key, a secret of sixteen or more, plenum.media.advertised-address",
        "127.0.0.1, '', 80, key, a secret of sixteen or more, plenum.media.udp-port",
        "127.0.0.1, '', 10000, ' ', a secret of sixteen or more, plenum.media.api-key",
        "127.0.0.1, '', 10000, key, short, plenum.media.api-secret"
    })
    void complaints(String bind, String advertised, int udpPort, String key, String secret, String property) {
        IllegalArgumentException complaint = assertThrows(
                IllegalArgumentException.class, () -> MediaConfig.of(bind, advertised, udpPort, key, secret));
        assertTrue(complaint.getMessage().contains(property), complaint.getMessage());
    }
}
