/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final long MS = 1_000_000L;
    private static final long THEM = 0xCAFEBABEL;

    private final Reports reports = new Reports(0x01020304L);
    private final byte[] packet = new byte[200];

    private void hear(int sequence, long arrivalMs) {
        hear(THEM, sequence, 160L * sequence, true, arrivalMs);
    }

    private void hear(long ssrc, int sequence, long timestamp, boolean timed, long arrivalMs) {
        byte[] theirs = new byte[13];
        RtpHeader.write(theirs, false, 8, sequence, timestamp, ssrc);
        RtpHeader header = new RtpHeader();
        assertTrue(header.read(theirs, theirs.length));
        reports.heard(header, 8000, timed, arrivalMs * MS);
    }

    private int write(long packets, long nowMs, boolean last) {
        return reports.write(
                ByteBuffer.wrap(packet),
                new Reports.Sent(1600, packets, packets * 160),
                1_700_000_000_500L,
                nowMs * MS,
                last);
    }

    private int u32(int at) {
        return ByteBuffer.wrap(packet).getInt(at);
    }

    @Test
    void whoHeardAndSentNothingSaysOnlyWhoHeIs() {
        int length = write(0, 0, false);
        assertEquals(
                "80c90001010203" + "0481ca00040102030401" + "06706c656e756d000000" + "00",
                HexFormat.of().formatHex(packet, 0, length));
        assertEquals(28, length);
    }

    @Test
    void aSenderTellsTimeAndCounts() {
        int length = write(10, 0, false);
        assertEquals(200, packet[1] & 0xFF);
        assertEquals((int) (1_700_000_000L + 2_208_988_800L), u32(8));
        assertEquals(0x8000_0000, u32(12), "half a second");
        assertEquals(1600, u32(16));
        assertEquals(10, u32(20));
        assertEquals(1600, u32(24));
        assertEquals(48, length);
        write(10, 0, false);
        assertEquals(201, packet[1] & 0xFF, "nothing was sent since");
    }

    @Test
    void lossAndJitterAreReported() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3) {
                hear(65_500 + i, 20L * i);
            }
        }
        write(0, 2000, false);
        assertEquals(0x81, packet[0] & 0xFF, "one block");
        assertEquals((int) THEM, u32(8));
        assertEquals(24, u32(12) & 0xFF_FFFF, "the last one missing is not known yet");
        assertEquals(24 * 256 / 99, packet[12] & 0xFF);
        assertEquals(65_500 + 98, u32(16), "wrapped once");
        assertEquals(0, u32(20));
        assertEquals(24, reports.lost());
        for (int i = 100; i < 200; i++) {
            hear(65_500 + i, 20L * i + (i % 2 == 0 ? 10 : 0));
        }
        write(0, 4000, false);
        assertEquals(256 / 101, packet[12] & 0xFF, "since the last report");
        assertEquals(25, u32(12) & 0xFF_FFFF);
        assertEquals(10, reports.jitterMs(), 1);
        assertEquals(80, u32(20), 8);
    }

    @Test
    void whatComesTwiceIsNoLoss() {
        hear(1, 0);
        hear(2, 20);
        hear(2, 21);
        hear(1, 22);
        assertEquals(-2, reports.lost());
        write(0, 30, false);
        assertEquals(0, packet[12]);
        assertEquals(0xFF_FFFE, u32(12) & 0xFF_FFFF);
    }

    @Test
    void anotherStreamBeginsAnew() {
        hear(1, 0);
        hear(10, 20);
        assertEquals(8, reports.lost());
        hear(7, 500, 0, true, 0);
        assertEquals(0, reports.lost());
    }

    @Test
    void keysHaveNoJitter() {
        hear(1, 0);
        for (int i = 2; i < 50; i++) {
            hear(THEM, i, 160, false, 20L * i);
        }
        assertEquals(0, reports.jitterMs());
    }

    @Test
    void theirReportIsRepeatedWithItsAge() {
        byte[] theirs = new byte[28 + 8];
        ByteBuffer.wrap(theirs)
                .putInt(0x80c80006)
                .putInt((int) THEM)
                .putInt(0x11112222)
                .putInt(0x33334444)
                .putInt(28, 0x81cb0001);
        hear(1, 0);
        reports.read(ByteBuffer.wrap(theirs), theirs.length, 1000 * MS);
        write(0, 1500, false);
        assertEquals(0x22223333, u32(24));
        assertEquals(0x8000, u32(28), "half a second in 65536ths");
    }

    @Test
    void oddReportsAreLeftAlone() {
        hear(1, 0);
        byte[] cut = {(byte) 0x80, (byte) 200, 0, 6, 0, 0, 0, 0}; // shorter than it says
        for (byte[] odd : new byte[][] {cut, new byte[40], {}}) {
            reports.read(ByteBuffer.wrap(odd), odd.length, 0);
        }
        write(0, 1500, false);
        assertEquals(0, u32(24));
        assertEquals(0, u32(28));
    }

    @Test
    void whoLeavesSaysGoodbye() {
        int length = write(0, 0, true);
        assertEquals("81cb000101020304", HexFormat.of().formatHex(packet, length - 8, length));
    }

    @Test
    void reportsAreToldFromSound() {
        assertTrue(Reports.isReport(new byte[] {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 0}, 8));
        assertFalse(Reports.isReport(new byte[] {(byte) 0x80, 8, 0, 1, 0, 0, 0, 0}, 8));
        assertFalse(Reports.isReport(new byte[] {(byte) 0x80, (byte) 224, 0, 1, 0, 0, 0, 0}, 8));
        assertFalse(Reports.isReport(new byte[] {0, (byte) 200, 0, 1, 0, 0, 0, 0}, 8));
        assertFalse(Reports.isReport(new byte[] {(byte) 0x80, (byte) 200, 0, 1}, 4));
    }
}
