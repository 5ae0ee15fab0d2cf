/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packets behind their lengths over connections of real sockets (RFC 4571 section 2, RFC 6544). */
class TcpPortTest {
    private static final int PORT = 17_998;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long SECOND = 1_000_000_000L;

    private final PacketBatch batch = new PacketBatch(16, Outbound.SLOT_OCTETS);
    private final ByteBuffer slot = ByteBuffer.allocate(Outbound.SLOT_OCTETS);
    private final List<Socket> clients = new ArrayList<>();
    private Sockets port;

    @BeforeEach
    void open() throws IOException {
        port = Sockets.open(MediaConfig.of("127.0.0.1", "", PORT, "key", "a secret of sixteen or more")
                .overTcp(PORT));
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        port.close();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(LOOPBACK, PORT);
        client.setSoTimeout(5000);
        clients.add(client);
        return client;
    }

    private static byte[] framed(String... packets) {
        ByteBuffer frames = ByteBuffer.allocate(4000);
        for (String packet : packets) {
            frames.putShort((short) packet.length()).put(packet.getBytes(StandardCharsets.US_ASCII));
        }
        return Arrays.copyOf(frames.array(), frames.position());
    }

    /** What has come within a while, until as many packets are there. */
    private List<String> receive(int packets) throws IOException {
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 100 && got.size() < packets; i++) {
            port.await(20_000_000L);
            port.receive(batch, System.nanoTime());
            for (int at = 0; at < batch.size(); at++) {
                got.add(new String(batch.buffer(at).array(), 0, batch.length(at), StandardCharsets.US_ASCII));
            }
            last = batch.size() > 0 ? batch.path(batch.size() - 1) : last;
            batch.clear();
        }
        return got;
    }

    private Path last; // whose packet was read last

    private void awaitConnections(int count) throws IOException {
        for (int i = 0; i < 100 && port.connections() != count; i++) {
            port.await(20_000_000L);
            port.receive(batch, System.nanoTime());
            batch.clear();
        }
        assertEquals(count, port.connections());
    }

    @Test
    void packetsComeWholeHoweverTheyWereCut() throws IOException {
        Socket client = connect();
        byte[] frames = framed("one", "", "two", "three");
        client.getOutputStream().write(frames, 0, 4);
        client.getOutputStream().flush();
        port.await(50_000_000L);
        port.receive(batch, System.nanoTime());
        assertEquals(0, batch.size(), "half of it");
        client.getOutputStream().write(frames, 4, frames.length - 4);
        assertEquals(List.of("one", "two", "three"), receive(3));
        Path first = last;
        client.getOutputStream().write(framed("four"));
        receive(1);
        assertSame(first, last, "one connection is one path");
        assertEquals("(tcp)", first.toString());
        assertEquals(client.getLocalPort(), first.port());
    }

    @Test
    void aFullBatchLeavesTheRestForTheNext() throws IOException {
        Socket client = connect();
        String[] many = new String[40];
        Arrays.setAll(many, i -> "packet " + i);
        client.getOutputStream().write(framed(many));
        assertEquals(Arrays.asList(many), receive(40));
    }

    @Test
    void whatIsSentArrivesBesideDatagrams() throws IOException {
        Socket client = connect();
        client.getOutputStream().write(framed("hello"));
        receive(1);
        try (DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
            other.setSoTimeout(2000);
            Path datagrams = new Path.Udp((InetSocketAddress) other.getLocalSocketAddress());
            for (int i = 0; i < 6; i++) {
                port.send(
                        i % 2 == 0 ? last : datagrams,
                        slot.clear().put((byte) i).put((byte) 7),
                        2);
            }
            port.flush();
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (int i = 0; i < 6; i += 2) {
                assertEquals(2, in.readUnsignedShort());
                assertEquals(i, in.readByte());
                assertEquals(7, in.readByte());
            }
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            for (int i = 1; i < 6; i += 2) {
                other.receive(packet);
                assertArrayEquals(new byte[] {(byte) i, 7}, Arrays.copyOf(packet.getData(), packet.getLength()));
            }
        }
        assertEquals(0, port.unsent());
    }

    @Test
    void whoDoesNotReadLosesPacketsAndHoldsUpNobody() throws IOException {
        Socket slow = connect();
        slow.setReceiveBufferSize(4096);
        slow.getOutputStream().write(framed("hello"));
        receive(1);
        for (int i = 0; i < 2000; i++) {
            port.send(last, slot, 1200);
            port.flush();
        }
        long lost = port.unsent();
        assertTrue(lost > 0, "a bound");
        long taken = (2000 - lost) * 1202;
        DataInputStream in = new DataInputStream(slow.getInputStream());
        for (long read = 0; read < taken; read += 1202) {
            assertEquals(1200, in.readUnsignedShort(), "whole packets only, after " + read);
            in.skipNBytes(1200);
            port.await(1_000_000L);
        }
    }

    @Test
    void whoSendsNoPacketsIsCutOff() throws IOException {
        Socket client = connect();
        client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        awaitEnd(client);
        assertEquals(0, port.connections());
    }

    @Test
    void whatIsNotProvedWithinTenSecondsEnds() throws IOException {
        port.poll(SECOND);
        Socket silent = connect();
        Socket proved = connect();
        proved.getOutputStream().write(framed("a check"));
        receive(1);
        port.remember(last);
        awaitConnections(2);
        port.poll(SECOND + TcpPort.PROOF_NS);
        assertEquals(2, port.connections());
        port.poll(SECOND + TcpPort.PROOF_NS + 1);
        assertEquals(1, port.connections());
        assertEquals(-1, silent.getInputStream().read());
        port.forget(last);
        assertEquals(0, port.connections());
        assertEquals(-1, proved.getInputStream().read());
    }

    @Test
    void oneAddressHasOnlySoManyConnections() throws IOException {
        for (int i = 0; i < TcpPort.MOST_OF_ADDRESS; i++) {
            connect();
            awaitConnections(i + 1);
        }
        Socket oneMore = connect();
        awaitEnd(oneMore);
        clients.get(0).close();
        awaitConnections(TcpPort.MOST_OF_ADDRESS - 1);
        connect();
        awaitConnections(TcpPort.MOST_OF_ADDRESS);
    }

    private void awaitEnd(Socket client) throws IOException {
        client.setSoTimeout(20);
        for (int i = 0; i < 100; i++) {
            port.await(10_000_000L);
            port.receive(batch, System.nanoTime());
            try {
                assertEquals(-1, client.getInputStream().read());
                return;
            } catch (SocketTimeoutException notYet) {
                // looked at again
            } catch (SocketException reset) {
                return;
            }
        }
        throw new AssertionError("still open");
    }

    @Test
    void aTakenPortIsNamedWithItsProperty() throws IOException {
        MediaConfig taken = MediaConfig.of("127.0.0.1", "", PORT + 1, "key", "a secret of sixteen or more")
                .overTcp(PORT);
        IOException complaint = assertThrows(IOException.class, () -> Sockets.open(taken));
        assertTrue(complaint.getMessage().contains("plenum.media.tcp-port " + PORT), complaint.getMessage());
        Sockets.open(taken.overTcp(0)).close(); // the UDP port was given back
    }
}
