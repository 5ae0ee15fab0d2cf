/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.sip.audio.Codecs;
import org.plenum.sip.call.Crypto;
import org.plenum.sip.call.Protection;

/** The sound of one call, over real sockets; beats are given by the test. */
class LegTest {
    private static final long BEAT = 20_000_000L;
    private static final int KEYS = 101;
    private static final Optional<Crypto> THEIRS =
            Crypto.parse("1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj");

    private final List<Character> pressed = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Bridge lobby = new MediaClock().lobby();
    private DatagramChannel phone;
    private DatagramChannel stranger;
    private RtpPorts ports;
    private Leg leg;
    private InetSocketAddress address;
    private long now;

    @BeforeEach
    void open() throws IOException {
        phone = socket();
        stranger = socket();
        now = System.nanoTime();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ports = new RtpPorts(21_000, 29_999, new Random());
        RtpPort port = ports.take(loopback, now).orElseThrow();
        LegListener listener = new LegListener() {
            @Override
            public void key(char key) {
                pressed.add(key);
            }

            @Override
            public void promptsOver() {
                events.add("over");
            }
        };
        leg = new Leg(port, listener, 77, 5, now);
        address = new InetSocketAddress(loopback, port.number());
        lobby.add(leg);
    }

    private static DatagramChannel socket() throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    @AfterEach
    void close() throws IOException {
        leg.close();
        lobby.tick(now);
        phone.close();
        stranger.close();
    }

    private void use(boolean sending, Predicate<InetAddress> latching, Optional<Protection.Pair> protection)
            throws IOException {
        use(Codecs.PCMA, sending, latching, protection);
    }

    private void use(
            Codecs codec, boolean sending, Predicate<InetAddress> latching, Optional<Protection.Pair> protection)
            throws IOException {
        leg.use(new LegParameters(
                codec,
                8,
                KEYS,
                (InetSocketAddress) phone.getLocalAddress(),
                sending,
                true,
                false,
                latching,
                true,
                protection));
        beat();
    }

    private void beat() {
        now += BEAT;
        lobby.tick(now);
    }

    private static byte[] rtp(int type, int sequence, byte... payload) {
        byte[] packet = new byte[12 + payload.length];
        RtpHeader.write(packet, false, type, sequence, 160L * sequence, 9);
        System.arraycopy(payload, 0, packet, 12, payload.length);
        return packet;
    }

    private static byte[] keyEnd(int event, int sequence) {
        return rtp(KEYS, sequence, (byte) event, (byte) 0x8A, (byte) 3, (byte) 0x20);
    }

    private void send(DatagramChannel from, byte[] packet) throws IOException {
        from.send(ByteBuffer.wrap(packet), address);
        beat();
    }

    /** The next packet of ours that is sound, null when there is none. */
    private static byte[] heard(DatagramChannel at) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2000);
        while (at.receive(buffer) != null) {
            byte[] packet = Arrays.copyOf(buffer.array(), buffer.position());
            if (!Reports.isReport(packet, packet.length)) {
                return packet;
            }
            buffer.clear();
        }
        return null;
    }

    @Test
    void soundGoesOutWithEveryBeat() throws IOException {
        use(true, any -> false, Optional.empty());
        byte[] first = heard(phone);
        beat();
        byte[] second = heard(phone);
        assertEquals(12 + 160, first.length);
        assertEquals(8 | 0x80, first[1] & 0xFF, "marker at the beginning");
        assertEquals(8, second[1] & 0xFF);
        assertEquals(6, ByteBuffer.wrap(second).getShort(2));
        assertEquals(
                160, ByteBuffer.wrap(second).getInt(4) - ByteBuffer.wrap(first).getInt(4));
        use(false, any -> false, Optional.empty());
        assertNull(heard(phone), "on hold");
    }

    @Test
    void keysComeFromTheNegotiatedAddressOnly() throws IOException {
        use(true, any -> false, Optional.empty());
        send(stranger, keyEnd(1, 1));
        assertTrue(pressed.isEmpty());
        assertEquals(1, leg.foreign());
        send(phone, keyEnd(5, 2));
        assertEquals(List.of('5'), pressed);
        assertEquals(1, leg.packetsIn());
    }

    @Test
    void theFirstPacketOfAPeerMayMoveTheSound() throws IOException {
        use(true, InetAddress::isLoopbackAddress, Optional.empty());
        send(stranger, rtp(55, 1, (byte) 0));
        assertEquals(1, leg.foreign(), "not what was agreed on");
        send(stranger, keyEnd(7, 2));
        assertEquals(List.of('7'), pressed);
        while (heard(phone) != null) {
            continue; // what was sent before
        }
        beat();
        assertNull(heard(phone));
        assertEquals(172, heard(stranger).length);
        send(phone, keyEnd(8, 1));
        assertEquals(List.of('7'), pressed, "once only");
    }

    @Test
    void protectedSoundIsReadableByTheOtherSideOnly() throws IOException {
        Protection ours = new Protection(Protection.Policy.REQUIRED, true, new Random(4));
        Protection.Pair pair = ours.answer(THEIRS).orElseThrow();
        use(true, InetAddress::isLoopbackAddress, Optional.of(pair));
        SrtpContext them = new SrtpContext(pair.ours().keys(), pair.theirs().keys(), SrtpContext.Limits.DEFAULT);

        byte[] packet = heard(phone);
        assertEquals(12 + 160 + 10, packet.length);
        assertEquals(172, them.unprotectRtp(packet, 0, packet.length));

        send(phone, keyEnd(1, 1));
        send(stranger, keyEnd(1, 2));
        assertTrue(pressed.isEmpty(), "not protected");

        byte[] key = Arrays.copyOf(keyEnd(4, 3), 16 + 10);
        assertEquals(26, them.protectRtp(key, 0, 16));
        send(phone, key);
        assertEquals(List.of('4'), pressed);
        send(phone, key);
        assertEquals(1, leg.packetsIn(), "a replay");

        use(true, any -> false, Optional.of(pair)); // a sign of life: the same keys go on
        int more = 0;
        for (byte[] next = heard(phone); next != null; next = heard(phone)) {
            assertEquals(172, them.unprotectRtp(next, 0, next.length));
            more++;
        }
        assertTrue(more > 3, "it goes on");
    }

    @Test
    void reportsGoOutAndComeIn() throws IOException {
        use(true, any -> false, Optional.empty());
        send(phone, rtp(8, 1, new byte[160]));
        send(phone, rtp(8, 3, new byte[160]));
        assertEquals(1, leg.lost());
        assertTrue(leg.jitterMs() < 100);
        while (heard(phone) != null) {
            continue;
        }
        leg.close();
        lobby.tick(now);
        ByteBuffer buffer = ByteBuffer.allocate(2000);
        phone.receive(buffer);
        assertEquals(200, buffer.get(1) & 0xFF);
        assertEquals(0x81cb0001, buffer.getInt(buffer.position() - 8), "goodbye");
        assertEquals(77, buffer.getInt(buffer.position() - 4));
    }

    @Test
    void aReportMayBeLongerThanThePacketBefore() throws IOException {
        use(Codecs.OPUS, true, any -> false, Optional.empty());
        send(phone, rtp(8, 1, new byte[3]));
        int shortest = Integer.MAX_VALUE;
        for (int i = 0; i < 100; i++) { // silence, which Opus makes very short
            beat();
            byte[] sound = heard(phone);
            shortest = sound == null ? shortest : Math.min(shortest, sound.length);
        }
        assertTrue(shortest < 80, shortest + " octets");
        leg.close();
        lobby.tick(now);
        ByteBuffer buffer = ByteBuffer.allocate(2000);
        int last = 0;
        while (phone.receive(buffer.clear()) != null) {
            last = buffer.getInt(buffer.position() - 8);
        }
        assertEquals(0x81cb0001, last, "goodbye");
    }

    @Test
    void announcementsAreToldWhenTheyAreOver() throws IOException {
        use(true, any -> false, Optional.empty());
        short[] loud = new short[640];
        Arrays.fill(loud, (short) 8000);
        leg.play("welcome", loud);
        beat();
        beat();
        beat();
        assertEquals(List.of("over"), events);
        leg.play("welcome", new short[16_000]);
        beat();
        leg.hush();
        beat();
        beat();
        assertEquals(List.of("over", "over"), events, "long before its end");
    }
}
