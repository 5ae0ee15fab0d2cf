/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;
import org.plenum.media.core.turn.TurnCredentials;
import org.plenum.media.core.turn.TurnServer;

/** The relay's sockets; what it answers is told in core. */
@Timeout(30)
class TurnPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int MEDIA = 19_476;
    private static final int PORT = 19_477;
    private static final String SECRET = "a secret of sixteen or more";
    private static final int ALLOCATE = 0x0003;
    private static final int CHANNEL_BIND = 0x0009;

    private final PacketBatch batch = new PacketBatch(8, 2048);
    private final StunView view = TurnServer.view();
    private final StunWriter writer = new StunWriter();
    private Sockets port;

    @BeforeEach
    void open() throws IOException {
        port = Sockets.open(config());
    }

    private static MediaConfig config() {
        return MediaConfig.of("127.0.0.1", "", MEDIA, "key", SECRET).relaying(TurnConfig.of(PORT, "", SECRET));
    }

    @AfterEach
    void close() throws IOException {
        port.close();
    }

    /** A client over one of both. */
    private interface Line extends AutoCloseable {
        void send(byte[] message) throws IOException;

        /** The whole next frame. */
        byte[] receive() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static Line datagrams() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.connect(LOOPBACK, PORT);
        socket.setSoTimeout(1000);
        return new Line() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.send(new DatagramPacket(message, message.length));
            }

            @Override
            public byte[] receive() throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static Line stream() throws IOException {
        Socket socket = new Socket(LOOPBACK, PORT);
        socket.setSoTimeout(1000);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return new Line() {
            @Override
            public void send(byte[] message) throws IOException {
                socket.getOutputStream().write(message);
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] head = in.readNBytes(4);
                int length = (head[2] & 0xFF) << 8 | head[3] & 0xFF;
                byte[] rest = in.readNBytes(head[0] >= 0x40 ? length + 3 & ~3 : 16 + length);
                return ByteBuffer.allocate(4 + rest.length).put(head).put(rest).array();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    /** Lets the port work until something for the media has come or nothing comes any more. */
    private void work() throws IOException {
        for (int i = 0; i < 10 && batch.size() == 0; i++) {
            port.receive(batch, System.nanoTime());
            port.await(10_000_000L);
        }
    }

    private byte[] ask(Line line, ByteBuffer request) throws IOException {
        line.send(Arrays.copyOf(request.array(), request.limit()));
        work();
        byte[] answer = line.receive();
        assertTrue(view.wrap(ByteBuffer.wrap(answer), 0, answer.length));
        return answer;
    }

    /** Allocates, and binds channel 0x4000 to the media. */
    private void bind(Line line) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        writer.begin(request, ALLOCATE, new byte[12]).end();
        ask(line, request);
        assertEquals(401, view.errorCode());
        byte[] nonce = view.octets(view.attribute(0x0015));
        byte[] realm = view.octets(view.attribute(0x0014));
        String name = TurnCredentials.username(System.currentTimeMillis() / 1000 + 60, "PA_1");
        String password = new TurnCredentials(SECRET.getBytes(UTF_8)).password(name);
        StunIntegrity key = new StunIntegrity(TurnCredentials.key(name, new String(realm, UTF_8), password));
        writer.begin(request, ALLOCATE, new byte[12])
                .integer(0x0019, 17 << 24)
                .username(name.getBytes(UTF_8))
                .octets(0x0014, realm)
                .octets(0x0015, nonce)
                .integrity(key)
                .end();
        ask(line, request);
        assertEquals(StunView.ABSENT, view.errorCode());
        writer.begin(request, CHANNEL_BIND, new byte[12])
                .integer(0x000C, 0x4000 << 16)
                .xorAddress(0x0012, LOOPBACK.getAddress(), MEDIA)
                .username(name.getBytes(UTF_8))
                .octets(0x0014, realm)
                .octets(0x0015, nonce)
                .integrity(key)
                .end();
        ask(line, request);
        assertEquals(StunView.ABSENT, view.errorCode());
        assertEquals(1, port.allocations());
    }

    /** A packet to the media, and one back. */
    private void talk(Line line) throws IOException {
        line.send(new byte[] {0x40, 0, 0, 3, 'o', 'n', 'e', 0});
        work();
        assertEquals(1, batch.size());
        assertEquals(3, batch.length(0));
        assertEquals('o', batch.buffer(0).get(0));
        Path path = batch.path(0);
        assertEquals("(relayed)", path.toString());
        assertTrue(path.port() >= 49_152);
        assertArrayEquals(LOOPBACK.getAddress(), path.octets());
        batch.clear();
        line.send(new byte[] {0x40, 0, 0, 4, 't', 'w', 'o', '!'});
        work();
        assertSame(path, batch.path(0), "one relay is one path");
        batch.clear();

        port.send(path, ByteBuffer.allocate(Outbound.SLOT_OCTETS).put((byte) 7).put((byte) 8), 2);
        port.flush();
        assertArrayEquals(new byte[] {0x40, 0, 0, 2, 7, 8}, Arrays.copyOf(line.receive(), 6));
        assertEquals(0, port.unsent());
    }

    @Test
    void mediaGoesThroughOverDatagrams() throws IOException {
        try (Line line = datagrams()) {
            bind(line);
            talk(line);
        }
    }

    @Test
    void mediaGoesThroughOverAConnectionWhichEndsTheAllocation() throws IOException {
        try (Line line = stream()) {
            bind(line);
            talk(line);
            assertEquals(1, port.connections());
        }
        work();
        assertEquals(0, port.allocations());
        assertEquals(0, port.connections());
    }

    @Test
    void aConnectionWithoutAnAllocationEndsAfterTenSeconds() throws IOException {
        port.poll(1);
        try (Line idle = stream()) {
            ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
            writer.begin(request, StunView.BINDING_REQUEST, new byte[12]).end();
            ask(idle, request);
            assertEquals(1, port.connections());
            port.poll(2 + TcpPort.PROOF_NS);
            assertEquals(0, port.connections());
        }
    }

    @Test
    void whatIsNeitherEndsTheConnection() throws IOException {
        try (Line line = stream()) {
            line.send("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            work();
            work();
            line.send("\u0080".repeat(40).getBytes(UTF_8));
            work();
            assertEquals(0, port.connections());
        }
    }

    @Test
    void whoAsksAllTheTimeHoldsUpNobody() throws IOException {
        ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        writer.begin(request, StunView.BINDING_REQUEST, new byte[12]).end();
        byte[] one = Arrays.copyOf(request.array(), request.limit());
        byte[] many = new byte[100 * one.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = one[i % one.length];
        }
        try (Line busy = stream();
                Line other = datagrams()) {
            ask(busy, request); // it is connected
            busy.send(many);
            for (int i = 0; i < 100; i++) {
                other.send(one);
            }
            port.await(50_000_000L);
            port.receive(batch, System.nanoTime()); // one pass: some of both
            assertEquals(TcpPort.FRAMES_PER_PASS, answers(busy));
            assertEquals(TcpPort.FRAMES_PER_PASS, answers(other));
            for (int i = 0; i < 3; i++) {
                port.await(50_000_000L); // comes back at once while something is left
                port.receive(batch, System.nanoTime());
            }
            assertEquals(100 - TcpPort.FRAMES_PER_PASS, answers(busy));
            assertEquals(100 - TcpPort.FRAMES_PER_PASS, answers(other));
        }
    }

    /** How many have come so far. */
    private static int answers(Line line) {
        int count = 0;
        try {
            for (; ; count++) {
                line.receive();
            }
        } catch (IOException nothingMore) {
            return count;
        }
    }

    @Test
    void aTakenPortIsNamed() {
        IOException taken = assertThrows(
                IOException.class,
                () -> Sockets.open(MediaConfig.of("127.0.0.1", "", MEDIA + 10, "key", SECRET)
                        .relaying(TurnConfig.of(PORT, "", SECRET))));
        assertTrue(taken.getMessage().contains("plenum.turn.port " + PORT), taken.getMessage());
    }

    @Test
    void clientsAreToldOfOurRelayOrOfOthers() {
        MediaConfig both = MediaConfig.of("127.0.0.1", "192.0.2.1, 192.0.2.2, 2001:db8::1", MEDIA, "key", SECRET);
        assertEquals(
                "[turn:192.0.2.1:3478?transport=udp, turn:192.0.2.1:3478?transport=tcp, "
                        + "turn:[2001:db8:0:0:0:0:0:1]:3478?transport=udp, turn:[2001:db8:0:0:0:0:0:1]:3478?transport=tcp]",
                both.relaying(TurnConfig.of(3478, "", SECRET))
                        .signal()
                        .relaying()
                        .urls()
                        .toString());
        String other = "turns:turn.example.org:443?transport=tcp";
        assertEquals(
                "[" + other + "]",
                both.relaying(TurnConfig.of(3478, other, SECRET))
                        .signal()
                        .relaying()
                        .urls()
                        .toString());
        assertEquals(0, both.signal().relaying().urls().size());
        for (String wrong : new String[] {"http://x", "turn:", "turn:a b", "turn:x?transport=sctp"}) {
            assertThrows(IllegalArgumentException.class, () -> TurnConfig.of(0, wrong, SECRET), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> TurnConfig.of(3478, "", "short"));
        assertThrows(IllegalArgumentException.class, () -> TurnConfig.of(70_000, "", SECRET));
    }
}
