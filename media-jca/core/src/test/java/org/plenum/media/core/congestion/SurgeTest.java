/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SurgeTest {
    private static final int PACKET = 1250; // 10,000 bits

    private final Surge surge = new Surge();

    /** Packets that leave and arrive every so many microseconds. */
    private void row(int packets, long sentEachUs, long arrivesEachUs) {
        for (int i = 0; i < packets; i++) {
            surge.onArrival(i * arrivesEachUs, i * (arrivesEachUs - sentEachUs), PACKET);
        }
    }

    private boolean found() {
        surge.look();
        return surge.isFound();
    }

    @Test
    void whatArrivesMoreSlowlyThanItLeavesTellsWhatTheLineCarries() {
        row(4, 5_000, 20_000);
        assertFalse(found(), "45 ms may be anything");
        row(6, 5_000, 20_000);
        assertTrue(found());
        assertEquals(500_000, surge.bitrate());
        assertEquals(2_000_000, surge.sentBitrate());
    }

    @Test
    void framesOfSeveralPacketsDoNotHideIt() {
        for (int i = 0; i < 12; i++) { // four packets every 33 ms
            long sentUs = i / 4 * 33_000L;
            surge.onArrival(i * 20_000L, i * 20_000L - sentUs, PACKET);
        }
        assertTrue(found());
        assertEquals(500_000, surge.bitrate());
        assertTrue(surge.sentBitrate() > 1_200_000);
    }

    @Test
    void whatWasBeforeDoesNotHideIt() {
        row(40, 3_000, 3_100);
        for (int i = 0; i < 8; i++) {
            surge.onArrival(124_000 + i * 20_000L, 4_000 + i * 15_000L, PACKET);
        }
        assertTrue(found());
        assertEquals(500_000, surge.bitrate());
    }

    @Test
    void aKeyFrameOnAFastLineComesAtItsRate() {
        row(40, 0, 3_000);
        assertTrue(found());
        assertTrue(surge.bitrate() > 3_000_000);
        assertEquals(Long.MAX_VALUE, surge.sentBitrate());
    }

    @Test
    void anEvenFlowIsNone() {
        row(1000, 5_000, 5_000);
        assertFalse(found());
    }

    @Test
    void aPauseIsNone() {
        row(3, 5_000, 5_000);
        for (int i = 0; i < 20; i++) { // 100 ms of nothing, then everything at once
            surge.onArrival(110_000 + i * 100L, 100_000 - i * 4_900L, PACKET);
        }
        assertFalse(found());
    }

    @Test
    void whatIsOutOfOrderBeginsAnew() {
        row(10, 5_000, 20_000);
        surge.onArrival(150_000, 136_000, PACKET);
        assertFalse(found());
    }

    @Test
    void aQueueThatGrowsSlowlyIsSomebodyElsesToFind() {
        row(1000, 19_000, 20_000);
        assertFalse(found());
    }
}
