/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Mutations;

class RedTest {
    private static final byte[] TWO_BLOCKS = // 111 from 960 ticks ago, two octets; then 111, three octets
            HexFormat.of().parseHex("ef0f00026f" + "a1a2" + "b1b2b3");

    private final RedView red = new RedView();

    private boolean wrap(byte[] payload) {
        return red.wrap(ByteBuffer.wrap(payload), 0, payload.length);
    }

    @Test
    void readsWhatIsNewAndWhatWasBefore() {
        assertTrue(wrap(TWO_BLOCKS));
        assertEquals(1, red.earlier());
        assertEquals(111, red.payloadType(0));
        assertEquals(960, red.timestampOffset(0));
        assertEquals(5, red.offset(0));
        assertEquals(2, red.length(0));
        assertEquals(111, red.payloadType(1));
        assertEquals(0, red.timestampOffset(1));
        assertEquals(7, red.offset(1));
        assertEquals(3, red.length(1));
    }

    @Test
    void whatIsCutShortIsRefused() {
        for (int length = 0; length < 7; length++) {
            assertFalse(wrap(Arrays.copyOf(TWO_BLOCKS, length)), length + " octets");
        }
        assertTrue(wrap(Arrays.copyOf(TWO_BLOCKS, 7)));
        assertEquals(0, red.length(1), "nothing new in it");
    }

    @Test
    void moreBlocksThanAnybodySendsAreRefused() {
        byte[] payload = new byte[4 * 17 + 1];
        for (int i = 0; i < 17; i++) {
            payload[4 * i] = (byte) 0xEF;
        }
        assertFalse(wrap(payload));
        assertTrue(red.wrap(ByteBuffer.wrap(payload), 4, payload.length - 4));
        assertEquals(RedView.MOST_BLOCKS, red.earlier());
    }

    @Test
    void mutatedPayloadsStayInside() {
        Mutations.of(TWO_BLOCKS, 2198, payload -> {
            if (wrap(payload)) {
                for (int i = 0; i <= red.earlier(); i++) {
                    assertTrue(red.offset(i) >= 0 && red.length(i) >= 0);
                    assertTrue(red.offset(i) + red.length(i) <= payload.length);
                }
            }
        });
    }

    @Test
    void writesWhatItReads() {
        RtpView before = packet(9, 9000, "old");
        RtpView now = packet(10, 9960, "new one");
        RedWriter writer = new RedWriter();
        writer.begin(now, 109);
        writer.earlier(before);
        ByteBuffer into = ByteBuffer.allocate(100);
        int end = writer.write(into, 20);
        assertTrue(red.wrap(into, 20, end - 20));
        assertEquals(1, red.earlier());
        assertEquals(109, red.payloadType(0));
        assertEquals(960, red.timestampOffset(0));
        assertEquals("old", text(into, 0));
        assertEquals("new one", text(into, 1));
    }

    @Test
    void whatIsTooOldTooLargeOrNotOlderIsLeftOut() {
        RedWriter writer = new RedWriter();
        ByteBuffer into = ByteBuffer.allocate(2000);
        writer.begin(packet(10, 20_000, "new"), 111);
        writer.earlier(packet(9, 20_000 - RedView.OFFSET_LIMIT, "old"));
        writer.earlier(packet(9, 20_000, "now"));
        writer.earlier(packet(11, 20_960, "later"));
        writer.earlier(packet(9, 19_040, "x".repeat(RedView.LENGTH_LIMIT)));
        writer.earlier(packet(9, 19_040, ""));
        writer.earlier(packet(9, 19_040, "x".repeat(999)));
        assertTrue(red.wrap(into, 0, writer.write(into, 0)));
        assertEquals(0, red.earlier());
        writer.begin(packet(10, 0xFFFF_FFFFL, "new"), 111);
        writer.earlier(packet(8, 0xFFFF_FFFFL - 1920, "a"));
        writer.earlier(packet(9, 0xFFFF_FFFFL - 960, "b"));
        writer.earlier(packet(9, 0xFFFF_FFFFL - 960, "c"));
        assertTrue(red.wrap(into, 0, writer.write(into, 0)));
        assertEquals(2, red.earlier(), "at most two");
        assertEquals(1920, red.timestampOffset(0));
    }

    @Test
    void theHeaderStaysWhenThePacketIsUnwrapped() {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        RtpWriter header = new RtpWriter();
        header.begin(buffer, 0, true, 63, 7, 960, 5);
        header.extension(3, new byte[] {42});
        int at = header.endHeader();
        buffer.put(at, TWO_BLOCKS);
        RtpView packet = new RtpView();
        assertTrue(packet.wrap(buffer, 0, at + TWO_BLOCKS.length));
        assertTrue(red.wrap(buffer, at, TWO_BLOCKS.length));
        red.unwrap(packet);
        assertEquals(111, packet.payloadType());
        assertEquals(7, packet.sequenceNumber());
        assertTrue(packet.marker());
        assertEquals(42, buffer.get(packet.extension(3)));
        byte[] payload = new byte[packet.payloadLength()];
        buffer.get(packet.payloadOffset(), payload);
        assertArrayEquals(HexFormat.of().parseHex("b1b2b3"), payload);
    }

    private String text(ByteBuffer buffer, int block) {
        byte[] octets = new byte[red.length(block)];
        buffer.get(red.offset(block), octets);
        return new String(octets, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static RtpView packet(int seq, long timestamp, String payload) {
        ByteBuffer buffer = ByteBuffer.allocate(1500);
        RtpWriter header = new RtpWriter();
        header.begin(buffer, 0, false, 111, seq, timestamp, 5);
        int at = header.endHeader();
        buffer.put(at, payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        RtpView view = new RtpView();
        assertTrue(view.wrap(buffer, 0, at + payload.length()));
        return view;
    }
}
