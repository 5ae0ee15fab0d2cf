/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.plenum.media.core.srtp.ReplayWindow.Answer.FRESH;
import static org.plenum.media.core.srtp.ReplayWindow.Answer.TOO_OLD;
import static org.plenum.media.core.srtp.ReplayWindow.Answer.USED;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow(64);

    @Test
    void remembersWhatWasUsed() {
        assertEquals(-1, window.highest());
        assertEquals(FRESH, window.look(100));
        window.use(100);
        assertEquals(100, window.highest());
        assertEquals(USED, window.look(100));
        assertEquals(FRESH, window.look(101));
        assertEquals(FRESH, window.look(99));
        window.use(99);
        assertEquals(100, window.highest());
        assertEquals(USED, window.look(99));
        assertEquals(USED, window.look(100));
    }

    @Test
    void whatIsBehindTheWindowIsTooOld() {
        window.use(100);
        assertEquals(FRESH, window.look(37));
        assertEquals(TOO_OLD, window.look(36));
        window.use(101);
        assertEquals(TOO_OLD, window.look(37));
        assertEquals(FRESH, window.look(38));
    }

    @Test
    void negativeIndicesNeverWere() {
        window.use(3);
        assertEquals(TOO_OLD, window.look(-1));
        assertEquals(FRESH, window.look(0));
    }

    @Test
    void aLeapForgetsEverythingElse() {
        window.use(10);
        window.use(74); // as far as the window is wide: the same bit
        assertEquals(TOO_OLD, window.look(10));
        assertEquals(FRESH, window.look(11));
        window.use(75 + 128);
        for (long i = 140; i < 203; i++) {
            assertEquals(FRESH, window.look(i), "index " + i);
        }
    }

    @Test
    void guessesTheNearestIndex() {
        assertEquals(65_535, window.nearest(65_535), "nothing used: rollover counter 0");
        window.use(65_530);
        assertEquals(65_536 + 2, window.nearest(2));
        assertEquals(65_529, window.nearest(65_529));
        assertEquals(65_530 - 32_768, window.nearest(65_530 - 32_768));
        window.use(65_536 + 2);
        assertEquals(65_535, window.nearest(65_535));
        ReplayWindow young = new ReplayWindow(64);
        young.use(5);
        assertEquals(-1, young.nearest(65_535));
    }

    @RepeatedTest(5)
    void agreesWithASetOfAllIndices(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int size = 64 << run.getCurrentRepetition();
        ReplayWindow ring = new ReplayWindow(size);
        Set<Long> used = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 50_000; i++) {
            long leap = random.nextInt(100) == 0 ? random.nextInt(3 * size) : random.nextInt(4);
            long index = Math.max(0, random.nextBoolean() ? highest + leap : highest - random.nextInt(size + size / 4));
            ReplayWindow.Answer expected = used.contains(index) ? USED : highest - index >= size ? TOO_OLD : FRESH;
            assertEquals(
                    highest - index >= size ? TOO_OLD : expected,
                    ring.look(index),
                    "seed " + run.getCurrentRepetition());
            if (ring.look(index) == FRESH) {
                ring.use(index);
                used.add(index);
                highest = Math.max(highest, index);
            }
        }
    }

    @Test
    void itsSizeIsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(32));
        assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(96));
        assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(0));
    }
}
