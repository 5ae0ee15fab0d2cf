/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.rtp.RedView;
import org.plenum.media.core.rtp.RtpView;

/** Sound that comes with what was sent before, goes out with it, or both (RFC 2198). */
class RedundantSoundTest {
    private static final int RED_OUT = 62;
    private static final int OPUS_OUT = 109;

    private final TestRoom test = new TestRoom();
    private final Track microphone = test.microphone();

    /** A sender that repeats one packet with each. */
    private byte[] redundant(int seq) {
        byte[] before = ("packet " + (seq - 1)).getBytes(StandardCharsets.US_ASCII);
        byte[] now = ("packet " + seq).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer payload = ByteBuffer.allocate(5 + before.length + now.length);
        payload.putInt(0x8000_0000 | TestRoom.OPUS << 24 | 960 << 10 | before.length);
        payload.put((byte) TestRoom.OPUS).put(before).put(now);
        return TestRoom.packet(0xA0, TestRoom.RED, seq, 960L * seq, payload.array(), TestRoom.LEVEL, 30);
    }

    private static byte[] plain(int seq) {
        return TestRoom.packet(
                0xA0,
                TestRoom.OPUS,
                seq,
                960L * seq,
                ("packet " + seq).getBytes(StandardCharsets.US_ASCII),
                TestRoom.LEVEL,
                30);
    }

    private Delivery subscribe(int redPayloadType) {
        Delivery delivery = (Delivery) test.room.subscribe(test.bob.peer, microphone);
        delivery.start(new Forwarding.SubscriptionSpec("7", OPUS_OUT, -1, redPayloadType, Map.of()));
        return delivery;
    }

    /** A receiver report (RFC 3550 section 6.4.2). @param fraction of 256 */
    private static byte[] lossReport(long about, int fraction) {
        return ByteBuffer.allocate(32)
                .putInt(0x81C9_0007)
                .putInt(1)
                .putInt((int) about)
                .putInt(fraction << 24)
                .array();
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        byte[] octets = new byte[length];
        buffer.get(at, octets);
        return new String(octets, StandardCharsets.US_ASCII);
    }

    /** What came, one text a packet: its blocks with their distance. */
    private List<String> got() {
        List<String> got = new ArrayList<>();
        RedView red = new RedView();
        for (RtpView packet : test.bobGot()) {
            if (packet.payloadType() == OPUS_OUT) {
                got.add(text(packet.buffer(), packet.payloadOffset(), packet.payloadLength()));
                continue;
            }
            assertEquals(RED_OUT, packet.payloadType());
            assertTrue(red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()));
            StringBuilder blocks = new StringBuilder();
            for (int i = 0; i < red.earlier(); i++) {
                assertEquals(OPUS_OUT, red.payloadType(i));
                blocks.append(text(packet.buffer(), red.offset(i), red.length(i)))
                        .append(" -")
                        .append(red.timestampOffset(i))
                        .append(", ");
            }
            got.add(blocks + text(packet.buffer(), red.offset(red.earlier()), red.length(red.earlier())));
        }
        return got;
    }

    @Test
    void whoDoesNotTakeItGetsPlainSound() {
        subscribe(-1);
        test.alice.sendsMedia(redundant(10));
        test.alice.sendsMedia(redundant(11));
        assertEquals(List.of("packet 10", "packet 11"), got());
    }

    @Test
    void whatWasLostOnTheWayInIsFilledFromTheNextPacket() {
        subscribe(-1);
        test.alice.sendsMedia(redundant(10));
        test.alice.sendsMedia(redundant(12));
        test.alice.sendsMedia(redundant(13));
        assertEquals(List.of("packet 10", "packet 11", "packet 12", "packet 13"), got());
        test.alice.sendsMedia(redundant(11));
        assertEquals(List.of(), got(), "it was there already");
    }

    @Test
    void aFilledPacketHasItsOwnTime() {
        subscribe(-1);
        test.alice.sendsMedia(redundant(10));
        test.alice.sendsMedia(redundant(12));
        List<RtpView> packets = test.bobGot();
        for (int i = 1; i < 3; i++) {
            assertEquals(packets.get(i - 1).sequenceNumber() + 1, packets.get(i).sequenceNumber());
            assertEquals(
                    packets.get(i - 1).timestamp() + 960 & 0xFFFF_FFFFL,
                    packets.get(i).timestamp());
        }
    }

    @Test
    void plainSoundGoesOutWithWhatWasBefore() {
        subscribe(RED_OUT);
        test.alice.sendsMedia(plain(10));
        test.alice.sendsMedia(plain(11));
        test.alice.sendsMedia(plain(12));
        assertEquals(List.of("packet 10", "packet 10 -960, packet 11", "packet 11 -960, packet 12"), got());
    }

    @Test
    void redundantSoundStaysRedundant() {
        subscribe(RED_OUT);
        test.alice.sendsMedia(redundant(10));
        test.alice.sendsMedia(redundant(12));
        assertEquals(List.of("packet 10", "packet 10 -960, packet 11", "packet 11 -960, packet 12"), got());
    }

    @Test
    void whoLosesMuchGetsEverythingThrice() {
        Delivery delivery = subscribe(RED_OUT);
        test.alice.sendsMedia(plain(10));
        test.alice.sendsMedia(plain(11));
        got();
        test.bob.sendsReport(lossReport(delivery.ssrc(), 26));
        test.alice.sendsMedia(plain(12));
        assertEquals(List.of("packet 10 -1920, packet 11 -960, packet 12"), got());
    }

    @Test
    void whatIsNoRedundantSoundIsDroppedAndCounted() {
        subscribe(-1);
        test.alice.sendsMedia(TestRoom.packet(0xA0, TestRoom.RED, 1, 0, new byte[] {(byte) 0xEF, 0, 0}));
        test.alice.sendsMedia(TestRoom.packet(0xA0, TestRoom.RED, 2, 0, new byte[] {50, 1, 2})); // of another type
        assertEquals(List.of(), got());
        assertEquals(2, test.drops(Drop.RTP_MALFORMED));
    }

    @Test
    void nothingIsAllocatedForIt() {
        byte[] octets = redundant(10);
        RedView red = new RedView();
        RtpView view = new RtpView();
        ByteBuffer buffer = ByteBuffer.wrap(octets.clone());
        assertEquals(0, Allocations.of(() -> {
            buffer.put(0, octets);
            view.wrap(buffer, 0, octets.length);
            red.wrap(buffer, view.payloadOffset(), view.payloadLength());
            red.unwrap(view);
        }));
    }
}
