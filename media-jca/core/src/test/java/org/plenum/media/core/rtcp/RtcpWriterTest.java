/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import static org.junit.jupiter.api.Assertions.*;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Vectors;

class RtcpWriterTest {
    private static final JsonObject CASES = Vectors.load("rtcp.json");
    private static final long ALICE = 2419039790L;
    private static final long MEDIA = 3160316480L;
    private final ByteBuffer buffer = ByteBuffer.allocate(1200);
    private final RtcpWriter writer = new RtcpWriter();

    @Test
    void writesWhatTheVectorsShow() {
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.cname(ALICE, "alice@192.0.2.7".getBytes(StandardCharsets.UTF_8)));
        assertVector("SDES CNAME");
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.pli(1, MEDIA));
        assertVector("PLI");
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.fir(1, MEDIA, 7));
        assertVector("FIR, sequence 7");
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.nack(1, MEDIA, 65533));
        assertTrue(writer.alsoLost(65534));
        assertTrue(writer.alsoLost(0));
        assertTrue(writer.alsoLost(40));
        assertVector("generic NACK");
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.remb(1, 8_927_168, 1215622422));
        assertVector("REMB");
    }

    @Test
    void writesReports() {
        ReceiveStatistics statistics = new ReceiveStatistics(48_000);
        statistics.onSenderReport(0x0000_1234_5678_0000L, 0);
        statistics.onPacket(10, 0, 0);
        statistics.onPacket(13, 0, 0);
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.senderReport(1, 2, 3, 4, 5));
        assertTrue(writer.reportBlock(9, statistics, 500_000_000L));
        assertEquals(
                "81c8000c" + "00000001" + "0000000000000002" + "00000003" + "00000004" + "00000005" + "00000009"
                        + "80000002" + "0000000d" + "00000000" + "12345678" + "00008000",
                hex());
        writer.begin(buffer, 0, 1200);
        assertTrue(writer.receiverReport(1));
        assertTrue(writer.reportBlock(9, statistics, 0));
        assertTrue(writer.reportBlock(10, statistics, 0));
        assertTrue(writer.bye(7));
        assertEquals("82c9000d00000001", hex().substring(0, 16));
        assertEquals("81cb000100000007", hex().substring(2 * 56));
        assertEquals(64, writer.length());
    }

    @Test
    void aReportHoldsThirtyOneBlocks() {
        writer.begin(buffer, 0, 1200);
        writer.receiverReport(1);
        ReceiveStatistics statistics = new ReceiveStatistics(8000);
        for (int i = 0; i < 31; i++) {
            assertTrue(writer.reportBlock(i, statistics, 0));
        }
        assertFalse(writer.reportBlock(31, statistics, 0));
        RtcpView view = new RtcpView();
        assertTrue(view.wrap(buffer, 0, writer.length()) && view.next());
        assertEquals(31, view.reportCount());
        assertEquals(30, view.reportSsrc(30));
    }

    @Test
    void saysNoAndChangesNothingWithoutRoom() {
        ReceiveStatistics statistics = new ReceiveStatistics(8000);
        byte[] name = {1, 2, 3};
        for (int room = 0; room < 28; room++) {
            writer.begin(buffer, 3, room);
            assertFalse(writer.senderReport(1, 2, 3, 4, 5));
            assertEquals(room >= 8, writer.receiverReport(1));
            assertFalse(writer.reportBlock(1, statistics, 0));
            writer.begin(buffer, 3, room);
            assertEquals(room >= 16, writer.cname(1, name), "room " + room);
            assertEquals(room >= 16 ? 16 : 0, writer.length());
            writer.begin(buffer, 3, room);
            assertEquals(room >= 12, writer.pli(1, 2));
            writer.begin(buffer, 3, room);
            assertEquals(room >= 20, writer.fir(1, 2, 3));
            writer.begin(buffer, 3, room);
            assertEquals(room >= 24, writer.remb(1, 2, 3));
            writer.begin(buffer, 3, room);
            boolean first = writer.nack(1, 2, 3);
            assertEquals(room >= 16, first);
            if (first) {
                assertTrue(writer.alsoLost(19), "fits into the bit mask");
                assertEquals(room >= 20, writer.alsoLost(20));
            }
            assertTrue(writer.length() <= room);
        }
    }

    @Test
    void padsEveryNameToAWord() {
        RtcpView view = new RtcpView();
        for (int length = 1; length <= 255; length++) {
            writer.begin(buffer, 0, 1200);
            byte[] name = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
            buffer.put(0, new byte[400]);
            assertTrue(writer.cname(5, name));
            assertEquals(0, writer.length() % 4);
            assertTrue(view.wrap(buffer, 0, writer.length()) && view.next(), "length " + length);
            assertEquals(length, view.cnameLength());
        }
    }

    @Test
    void estimatesKeepTheirSize() {
        RtcpView view = new RtcpView();
        for (long bitrate = 1; bitrate < Long.MAX_VALUE / 4; bitrate = bitrate * 3 + 1) {
            writer.begin(buffer, 0, 1200);
            assertTrue(writer.remb(1, bitrate));
            assertTrue(view.wrap(buffer, 0, writer.length()) && view.next());
            assertTrue(view.bitrate() <= bitrate && view.bitrate() >= bitrate - bitrate / 131_072, "" + bitrate);
        }
    }

    @Test
    void allocatesNothing() {
        ReceiveStatistics statistics = new ReceiveStatistics(48_000);
        byte[] name = {1, 2, 3};
        long[] ssrcs = {1, 2};
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                statistics.onPacket(i & 0xFFFF, i * 960L, i * 20_000_000L);
                writer.begin(buffer, 0, 1200);
                writer.senderReport(1, 2, 3, 4, 5);
                writer.reportBlock(1, statistics, i);
                writer.cname(1, name);
                writer.nack(1, 2, i);
                writer.alsoLost(i + 3);
                writer.remb(1, i, ssrcs);
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private void assertVector(String name) {
        assertEquals(Vectors.named(CASES, "packets", "name", name).getString("hex"), hex(), name);
    }

    private String hex() {
        return HexFormat.of().formatHex(buffer.array(), 0, writer.length());
    }
}
