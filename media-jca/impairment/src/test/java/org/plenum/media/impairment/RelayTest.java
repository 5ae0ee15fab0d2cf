/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private DatagramSocket server;
    private DatagramSocket client;
    private Relay relay;

    @BeforeEach
    void begin() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        server = new DatagramSocket(0, here);
        client = new DatagramSocket(0, here);
        server.setSoTimeout(2000);
        client.setSoTimeout(2000);
        relay = new Relay(new InetSocketAddress(here, 0), new InetSocketAddress(here, server.getLocalPort()), 1);
    }

    @AfterEach
    void end() throws IOException {
        relay.close();
        client.close();
        server.close();
    }

    private void change(String json) {
        relay.apply(new Step(0, Json.createReader(new StringReader(json)).readObject()));
    }

    private void send(DatagramSocket from, String text, InetSocketAddress to) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(octets, octets.length, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        at.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    @Test
    void thereAndBack() throws IOException {
        send(client, "there", relay.address());
        DatagramPacket there = receive(server);
        assertEquals("there", text(there));
        send(server, "back", (InetSocketAddress) there.getSocketAddress());
        assertEquals("back", text(receive(client)));
    }

    @Test
    void theClientMovesToAnotherPortAndAddress() throws IOException {
        send(client, "1", relay.address());
        DatagramPacket first = receive(server);
        change("{\"newSourcePort\":true}");
        send(client, "2", relay.address());
        DatagramPacket second = receive(server);
        assertEquals(first.getAddress(), second.getAddress());
        assertNotEquals(first.getPort(), second.getPort());
        change("{\"newSourceAddress\":true}");
        send(client, "3", relay.address());
        DatagramPacket third = receive(server);
        assertNotEquals(first.getAddress(), third.getAddress());
        send(server, "back", (InetSocketAddress) third.getSocketAddress());
        assertEquals("back", text(receive(client)));
    }

    @Test
    void nothingInABlackoutAndEverythingAfterIt() throws IOException, InterruptedException {
        change("{\"blackout\":true}");
        client.setSoTimeout(200);
        server.setSoTimeout(200);
        send(client, "lost", relay.address());
        assertThrows(SocketTimeoutException.class, () -> receive(server));
        change("{\"blackout\":false}");
        send(client, "after", relay.address());
        assertEquals("after", text(receive(server)));
        assertTrue(relay.statistics().contains("\"lost\":1"), relay.statistics());
    }
}
