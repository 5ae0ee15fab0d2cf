/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MS = 1_000_000L;
    private static final long RATE = 800_000; // so that a thousand octets take 8 ms at our pace

    private final Pacer pacer = new Pacer();
    private long nowNs = 1000 * MS;

    /** @return whether it left at once */
    private boolean offer(int number) {
        if (pacer.mustWait(nowNs)) {
            assertTrue(pacer.hold(7, number, nowNs));
            return false;
        }
        pacer.onSent(1000, RATE, nowNs);
        return true;
    }

    private int release() {
        int released = 0;
        while (pacer.isDue(nowNs)) {
            pacer.remove();
            pacer.onSent(1000, RATE, nowNs);
            released++;
        }
        return released;
    }

    @Test
    void framesOfTheUsualSizePass() {
        for (int frame = 0; frame < 100; frame++) {
            for (int i = 0; i < 3; i++) {
                assertTrue(offer(i));
            }
            assertEquals(Long.MAX_VALUE, pacer.deadlineNs());
            nowNs += 33 * MS;
        }
    }

    @Test
    void aKeyFrameIsSpread() {
        int atOnce = 0;
        for (int i = 0; i < 20; i++) {
            atOnce += offer(i) ? 1 : 0;
        }
        assertEquals(4, atOnce, "25 ms, and the one that begins within them");
        assertEquals(7, pacer.ssrc());
        assertEquals(4, pacer.sequenceNumber(), "in their order");
        assertFalse(offer(20), "nothing overtakes");
        int released = 0;
        for (int step = 0; step < 8; step++) {
            nowNs += 5 * MS;
            released += release();
        }
        assertEquals(5, released, "40 ms at 8 ms each");
        for (int step = 0; step < 20; step++) {
            nowNs += 5 * MS;
            released += release();
        }
        assertEquals(17, released, "all of them after 140 ms");
        assertEquals(Long.MAX_VALUE, pacer.deadlineNs());
    }

    @Test
    void nothingWaitsLong() {
        for (int i = 0; i < 200; i++) {
            offer(i);
        }
        nowNs += 249 * MS;
        int released = release();
        assertTrue(released < 40, released + " left in their turn");
        nowNs += MS;
        assertEquals(196 - released, release(), "the rest of them has waited long enough");
    }

    @Test
    void moreThanItsMemoryDoesNotWait() {
        for (int i = 0; i < 260; i++) {
            offer(i);
        }
        assertTrue(pacer.mustWait(nowNs));
        assertFalse(pacer.hold(7, 260, nowNs));
    }

    @Test
    void numbersOfAllSizesComeBack() {
        pacer.hold(0xFFFF_FFFFL, 0xFFFF, nowNs);
        assertEquals(0xFFFF_FFFFL, pacer.ssrc());
        assertEquals(0xFFFF, pacer.sequenceNumber());
    }
}
