/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent arrives whole and in order, whatever this JDK and system offer for it. */
class NioUdpPortTest {
    private static final int RECEIVERS = 5;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.1, false", "::, true", "::, false"})
    void batchesArriveWholeAndInOrder(String bind, boolean portable) throws IOException {
        Random random = new Random(3);
        List<DatagramSocket> sockets = new ArrayList<>();
        try (NioUdpPort port = NioUdpPort.open(InetAddress.getByName(bind), 17_999, portable)) {
            List<Path.Udp> paths = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                String address = bind.equals("::") && i % 2 == 1 ? "::1" : "127.0.0.1";
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
                socket.setSoTimeout(2000);
                sockets.add(socket);
                paths.add(new Path.Udp((InetSocketAddress) socket.getLocalSocketAddress()));
            }
            List<List<byte[]>> sent = new ArrayList<>();
            paths.forEach(path -> sent.add(new ArrayList<>()));
            ByteBuffer slot = ByteBuffer.allocate(Outbound.SLOT_OCTETS);
            for (int i = 0; i < 200; i++) {
                int to = random.nextInt(RECEIVERS);
                // runs of one size with shorter and longer ones between, as frames of video are
                byte[] packet = new byte[random.nextInt(4) == 0 ? 1 + random.nextInt(1300) : 1180];
                random.nextBytes(packet);
                port.send(paths.get(to), slot.clear().put(packet), packet.length);
                sent.get(to).add(packet);
            }
            port.flush();
            assertEquals(0, port.unsent());
            for (int i = 0; i < RECEIVERS; i++) {
                for (byte[] expected : sent.get(i)) {
                    assertArrayEquals(expected, receive(sockets.get(i)));
                }
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatCannotBeSentIsCountedAndStopsNothing(boolean portable) throws IOException {
        try (NioUdpPort port = NioUdpPort.open(InetAddress.getByName("127.0.0.1"), 17_999, portable);
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            socket.setSoTimeout(2000);
            ByteBuffer slot = ByteBuffer.allocate(Outbound.SLOT_OCTETS);
            Path.Udp nowhere = new Path.Udp(new InetSocketAddress("203.0.113.1", 9)); // not from a loopback address
            Path.Udp there = new Path.Udp((InetSocketAddress) socket.getLocalSocketAddress());
            for (int i = 0; i < 4; i++) {
                port.send(i % 2 == 0 ? nowhere : there, slot.clear().put(new byte[] {1, 2, (byte) i}), 3);
            }
            port.flush();
            assertEquals(2, port.unsent());
            assertArrayEquals(new byte[] {1, 2, 1}, receive(socket));
            assertArrayEquals(new byte[] {1, 2, 3}, receive(socket));
        }
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
