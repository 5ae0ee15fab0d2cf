/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;

class GenerousEstimateTest {
    private static final long MS = 1_000_000L;

    @Test
    void measuresTheLastSecond() {
        ReceiveRate rate = new ReceiveRate();
        assertEquals(0, rate.bitrate(0));
        for (int t = 0; t < 3_000; t += 10) {
            rate.onPacket(1250, t * MS); // 1 Mbit/s
        }
        assertEquals(1_000_000, rate.bitrate(2_999 * MS));
        assertEquals(500_000, rate.bitrate(3_499 * MS));
        assertEquals(0, rate.bitrate(3_999 * MS));
        assertEquals(0, rate.bitrate(60_000 * MS));
        rate.onPacket(125, 70_000 * MS);
        assertEquals(1000, rate.bitrate(70_000 * MS));
        assertEquals(1000, rate.bitrate(70_999 * MS));
        assertEquals(0, rate.bitrate(71_000 * MS));
    }

    @Test
    void allowsTwiceWhatComesAndNeverLessThanAllLayers() {
        GenerousEstimate estimate = new GenerousEstimate();
        assertEquals(Long.MAX_VALUE, estimate.deadlineNs());
        estimate.onPacket(1000, 7 * MS);
        assertEquals(7 * MS, estimate.deadlineNs(), "the first at once");
        assertEquals(4_000_000, estimate.poll(7 * MS));
        assertEquals(1007 * MS, estimate.deadlineNs());
        for (int t = 0; t < 1000; t++) {
            estimate.onPacket(375, (8 + t) * MS); // 3 Mbit/s
        }
        assertEquals(6_000_000, estimate.poll(1007 * MS), 600_000); // the slot that just began is not full
        for (int t = 0; t < 1000; t++) {
            estimate.onPacket(12_500, (1008 + t) * MS); // 100 Mbit/s
        }
        assertEquals(30_000_000, estimate.poll(2007 * MS));
        assertEquals(4_000_000, estimate.poll(9000 * MS));
        assertEquals(Long.MAX_VALUE, estimate.deadlineNs(), "silent publishers get none");
    }

    @Test
    void allocatesNothing() {
        GenerousEstimate estimate = new GenerousEstimate();
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                estimate.onPacket(1000, i * MS);
                estimate.poll(i * MS);
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }
}
