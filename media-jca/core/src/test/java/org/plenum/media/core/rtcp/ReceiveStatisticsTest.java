/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReceiveStatisticsTest {
    private static final long MS = 1_000_000L;
    private final ByteBuffer block = ByteBuffer.allocate(24);
    private final ReceiveStatistics statistics = new ReceiveStatistics(8000);

    @Test
    void countsAcrossTheWrap() {
        for (int i = 0; i < 10; i++) {
            if (i != 4 && i != 7) {
                statistics.onPacket(65_530 + i & 0xFFFF, i * 160L, i * 20 * MS);
            }
        }
        assertEquals(8, statistics.received());
        assertEquals(2, statistics.lost());
        statistics.write(block, 0, 0xFFFF_FFFFL, 0);
        assertEquals(-1, block.getInt(0));
        assertEquals(2 * 256 / 10, block.get(4) & 0xFF);
        assertEquals(2, block.getInt(4) & 0xFFFFFF);
        assertEquals(65_539, block.getInt(8));
        assertEquals(0, block.getInt(12), "no jitter at a steady pace");
    }

    @Test
    void eachReportHasItsOwnFraction() {
        statistics.onPacket(0, 0, 0);
        statistics.onPacket(3, 0, 0);
        statistics.write(block, 0, 1, 0);
        assertEquals(128, block.get(4) & 0xFF);
        statistics.onPacket(4, 0, 0);
        statistics.write(block, 0, 1, 0);
        assertEquals(0, block.get(4));
        assertEquals(2, block.getInt(4) & 0xFFFFFF, "the sum stays");
        statistics.write(block, 0, 1, 0);
        assertEquals(0, block.get(4), "nothing expected");
        statistics.onPacket(1004, 0, 0);
        statistics.write(block, 0, 1, 0);
        assertEquals(999 * 256 / 1000, block.get(4) & 0xFF);
    }

    @Test
    void duplicatesMakeTheLossNegative() {
        for (int i = 0; i < 4; i++) {
            statistics.onPacket(7, 0, 0);
        }
        assertEquals(-3, statistics.lost());
        statistics.write(block, 0, 1, 0);
        assertEquals(0x00FFFFFD, block.getInt(4));
    }

    @Test
    void smoothsJitter() {
        statistics.onPacket(1, 0, 0);
        statistics.onPacket(2, 160, 30 * MS); // 10 ms late: 80 units
        assertEquals(5, statistics.jitter());
        for (int i = 3; i < 300; i++) {
            statistics.onPacket(i, i * 160L, i * 20 * MS + (i % 2) * 10 * MS);
        }
        assertEquals(80, statistics.jitter(), 1);
    }

    @Test
    void jitterSurvivesTheWrapOfTheTimestamp() {
        for (int i = 0; i < 10; i++) {
            statistics.onPacket(i, 0xFFFF_FF00L + i * 160L & 0xFFFF_FFFFL, 7_000 * 1000 * MS + i * 20 * MS);
        }
        assertEquals(0, statistics.jitter());
    }

    @Test
    void aJumpIsBelievedTheSecondTime() {
        statistics.onPacket(1, 0, 0);
        statistics.onPacket(20_000, 0, 0);
        assertEquals(1, statistics.received());
        assertEquals(0, statistics.lost());
        statistics.onPacket(2, 0, 0);
        assertEquals(2, statistics.received(), "a stray changes nothing");
        statistics.onPacket(20_000, 0, 0);
        statistics.onPacket(20_001, 0, 0);
        assertEquals(1, statistics.received(), "counted anew");
        statistics.write(block, 0, 1, 0);
        assertEquals(20_001, block.getInt(8));
        assertEquals(0, block.getInt(4));
    }

    @Test
    void nothingReceivedIsNothingLost() {
        assertEquals(0, statistics.lost());
        statistics.write(block, 0, 1, 5);
        assertEquals(0, block.getLong(4));
        assertEquals(0, block.getLong(12));
    }

    @Test
    void tellsWhenTheLastSenderReportCame() {
        statistics.onSenderReport(0xAAAA_BBBB_CCCC_DDDDL, 1_000 * MS);
        statistics.write(block, 0, 1, 2_250 * MS);
        assertEquals(0xBBBBCCCC, block.getInt(16));
        assertEquals(65_536 + 16_384, block.getInt(20));
    }
}
