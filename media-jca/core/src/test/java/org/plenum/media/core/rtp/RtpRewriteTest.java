/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;

class RtpRewriteTest {
    // extensions: 1 = 9e, 2 = "1", 3 = 0201, padding to the word
    private static final String EXTENDED = "90ef0007000000640badcafe" + "bede0002" + "109e2031" + "31020100" + "99";
    private final RtpView view = new RtpView();

    @Test
    void rewritesEveryFieldAlone() {
        ByteBuffer buffer = wrap(EXTENDED);
        view.payloadType(0x80 | 96);
        assertEquals(96, view.payloadType());
        assertTrue(view.marker());
        view.marker(false);
        assertFalse(view.marker());
        assertEquals(96, view.payloadType());
        view.marker(true);
        view.sequenceNumber(0x1_FFFE);
        view.timestamp(0x1_FFFF_FFFFL);
        view.ssrc(0xFEDCBA98L);
        assertEquals(0xFFFE, view.sequenceNumber());
        assertEquals(0xFFFF_FFFFL, view.timestamp());
        assertEquals(0xFEDCBA98L, view.ssrc());
        assertEquals("90e0fffefffffffffedcba98", hex(buffer).substring(0, 24));
        assertEquals(24, view.headerLength());
        assertEquals(1, view.payloadLength());
        assertEquals(25, view.length());
        assertEquals(0, view.offset());
        assertSame(buffer, view.buffer());
    }

    @Test
    void renumbersExtensionsInPlaceAndDropsTheOthers() {
        ByteBuffer buffer = wrap(EXTENDED);
        view.renumberExtensions(new byte[] {0, 7, 0, 14});
        assertEquals("709e0000" + "e1020100", hex(buffer).substring(32, 48));
        view.renumberExtensions(new byte[] {0, 0, 0, 0, 0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 3});
        assertEquals("00000000" + "31020100", hex(buffer).substring(32, 48), "15 is no id of the one-byte form");
        view.renumberExtensions(new byte[0]);
        assertEquals("0000000000000000", hex(buffer).substring(32, 48));
    }

    @Test
    void clearsWhatFollowsAStop() {
        ByteBuffer buffer = wrap("90600003000000640badcafe" + "bede0002" + "10aaf000" + "20bb0000" + "55");
        view.renumberExtensions(new byte[] {0, 1, 2});
        assertEquals("10aa0000" + "00000000", hex(buffer).substring(32, 48));
        wrap("90600003000000640badcafe" + "bede0001" + "01aa20bb" + "55");
        assertEquals(RtpView.ABSENT, view.extension(2), "id 0 with a length ends the items");
    }

    @Test
    void renumbersTheTwoByteForm() {
        ByteBuffer buffer =
                wrap("90600004000000640badcafe" + "1005" + "0003" + "01000502" + "abcd0000" + "fe01ff00" + "66");
        byte[] ids = new byte[256];
        ids[5] = (byte) 200;
        ids[254] = 1;
        view.renumberExtensions(ids);
        assertEquals("0000c802" + "abcd0000" + "0101ff00", hex(buffer).substring(32, 56));
        assertEquals(18 + 2, view.extension(200));
        assertEquals(2, view.extensionLength());
    }

    @Test
    void overwritesAnExtensionOfTheSameLength() {
        ByteBuffer buffer = wrap(EXTENDED);
        assertTrue(view.extension(2, new byte[] {'7'}));
        assertEquals('7', buffer.get(view.extension(2)));
        assertFalse(view.extension(2, new byte[] {'1', '0'}));
        assertFalse(view.extension(9, new byte[] {'1'}));
        assertEquals("109e2037", hex(buffer).substring(32, 40));
    }

    @Test
    void ignoresExtensionsOfAnUnknownProfile() {
        wrap("90600003000000640badcafe" + "abcd0001" + "10aa20bb" + "55");
        assertEquals(RtpView.ABSENT, view.extension(1));
        view.renumberExtensions(new byte[20]);
        assertEquals(20, view.payloadOffset());
    }

    @Test
    void takesPaddingOffOnce() {
        ByteBuffer buffer = wrap("a0600005000000640badcafe" + "7700000004");
        assertEquals(5, view.payloadLength());
        assertTrue(view.removePadding());
        assertEquals(1, view.payloadLength());
        assertEquals((byte) 0x80, buffer.get(0));
        assertTrue(view.removePadding());
        assertEquals(1, view.payloadLength());
        wrap("a0600005000000640badcafe");
        assertFalse(view.removePadding(), "no octet that could count");
    }

    @Test
    void encapsulatesAndRestores() {
        byte[] room = HexFormat.of().parseHex("0000" + EXTENDED + "aabb" + "0000");
        ByteBuffer buffer = ByteBuffer.wrap(room);
        assertTrue(view.wrap(buffer, 2, room.length - 4));
        assertEquals(room.length - 2, Rtx.encapsulate(view, 97, 500, 4711));
        assertEquals(
                "90e101f4000000640000" + "1267" + "bede0002109e203131020100" + "0007" + "99aabb",
                hex(buffer).substring(4));

        assertTrue(view.wrap(buffer, 2, room.length - 2));
        assertTrue(Rtx.restore(view, 111, 0x0badcafeL));
        assertEquals(4, view.offset());
        assertEquals(EXTENDED + "aabb", hex(buffer).substring(8));
        assertEquals(7, view.sequenceNumber());
        assertEquals(111, view.payloadType());
    }

    @Test
    void aProbeHoldsNoOriginal() {
        wrap("80600001000000640badcafe" + "07");
        assertFalse(Rtx.restore(view, 1, 1));
        wrap("80600001000000640badcafe" + "0708");
        assertTrue(Rtx.restore(view, 1, 1), "an empty packet was sent again");
        assertEquals(0, view.payloadLength());
        assertEquals(0x0708, view.sequenceNumber());
    }

    @Test
    void writesHeadersWithAndWithoutExtensions() {
        ByteBuffer buffer = ByteBuffer.allocate(1 + RtpWriter.MAX_HEADER);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 1, true, 96, 0x1_0002, 0x1_0000_0003L, 0xFFFF_FFFFL);
        assertEquals(13, writer.endHeader());
        assertEquals("80e00002" + "00000003" + "ffffffff", hex(buffer).substring(2, 26));

        writer.begin(buffer, 0, false, 111, 2, 3, 4);
        writer.extension(1, new byte[] {'1', '2'});
        writer.absSendTime(2, 64_000_000_000L * 3 + 1_500_000_000L);
        writer.transportSequenceNumber(14, 0x10203);
        assertEquals(28, writer.endHeader());
        assertEquals(
                "906f0002" + "00000003" + "00000004" + "bede0003" + "11313222" + "060000e1" + "02030000",
                hex(buffer).substring(0, 56));
        assertTrue(view.wrap(buffer, 0, 28));
        assertEquals(17, view.extension(1));
        assertEquals(0, view.payloadLength());
    }

    @Test
    void theLargestHeaderFits() {
        ByteBuffer buffer = ByteBuffer.allocate(RtpWriter.MAX_HEADER);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, false, 1, 1, 1, 1);
        for (int id = 1; id <= 14; id++) {
            writer.extension(id, new byte[16]);
        }
        int length = writer.endHeader();
        assertTrue(view.wrap(buffer, 0, length));
        assertEquals(16 + 13 * 17 + 1, view.extension(14));
    }

    @Test
    void countsAroundTheWrap() {
        assertTrue(SequenceNumbers.isNewer(0, 65535));
        assertFalse(SequenceNumbers.isNewer(65535, 0));
        assertFalse(SequenceNumbers.isNewer(5, 5));
        assertFalse(SequenceNumbers.isNewer(32768, 0));
        assertTrue(SequenceNumbers.isNewer(32767, 0));
        assertEquals(2, SequenceNumbers.difference(1, 65535));
        assertEquals(-2, SequenceNumbers.difference(65535, 1));
        assertEquals(0x1_0001L, SequenceNumbers.unwrap(0xFFFEL, 1));
        assertEquals(0xFFFEL, SequenceNumbers.unwrap(0x1_0001L, 0xFFFE));
        assertEquals(0x1_0000_0001L, SequenceNumbers.unwrapTimestamp(0xFFFF_FFFEL, 1));
        assertEquals(0xFFFF_FFFEL, SequenceNumbers.unwrapTimestamp(0x1_0000_0001L, 0xFFFF_FFFEL));
    }

    @Test
    void allocatesNothing() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256);
        byte[] packet = HexFormat.of().parseHex(EXTENDED + "aabbccdd");
        byte[] ids = {0, 3, 2, 1};
        byte[] mid = {'5'};
        RtpWriter writer = new RtpWriter();
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 200_000; i++) {
                buffer.put(0, packet);
                view.wrap(buffer, 0, packet.length);
                view.removePadding();
                view.renumberExtensions(ids);
                view.extension(2, mid);
                view.sequenceNumber(i);
                int length = Rtx.encapsulate(view, 97, i, 5);
                view.wrap(buffer, 0, length);
                Rtx.restore(view, 96, 6);
                writer.begin(buffer, 100, false, 1, i, i, 7);
                writer.extension(1, mid);
                writer.absSendTime(2, i);
                writer.endHeader();
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private ByteBuffer wrap(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        assertTrue(view.wrap(buffer, 0, packet.length));
        return buffer;
    }

    private static String hex(ByteBuffer buffer) {
        return HexFormat.of().formatHex(buffer.array());
    }
}
