/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.sim.Simulation;

class LossTrackerTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    @RepeatedTest(20) // 20 seeds; a failure prints its seed and can be replayed exactly
    void fillsEveryGapOnAPathThatLosesFivePercent(RepetitionInfo run) {
        Simulation sim = new Simulation(run.getCurrentRepetition());
        LossTracker tracker = new LossTracker(60 * MS);
        BitSet received = new BitSet();

        for (int i = 0; i < 10_000; i++) { // 100 seconds of video
            int seq = i;
            sim.at(i * 10L * MS, () -> sim.send(20 * MS, 0.05, () -> arrive(sim, tracker, received, seq)));
        }
        for (long t = 0; t < 101_000 * MS; t += 5 * MS) { // nacks and repairs get lost too
            sim.at(
                    t,
                    () -> tracker.poll(
                            sim.nowNs(),
                            seq -> sim.send(
                                    40 * MS,
                                    0.10,
                                    () -> arrive(sim, tracker, received, nearest(seq, received.length())))));
        }
        sim.runUntil(101_000 * MS);

        assertTrue(
                received.cardinality() >= 9_990,
                received.cardinality() + " of 10000, seed " + run.getCurrentRepetition());
    }

    @Test
    void asksFiveTimesAndThenLetsGo() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.onPacket(65_534, 0);
        tracker.onPacket(1, 0); // 65535 and 0 are missing, across the wrap
        List<Integer> asked = new ArrayList<>();
        for (long now = 0; now < 1_000 * MS; now += MS) {
            tracker.poll(now, asked::add);
        }
        assertEquals(10, asked.size());
        assertEquals(Set.of(65_535, 0), new HashSet<>(asked));
        assertEquals(Long.MAX_VALUE, tracker.deadlineNs());
    }

    private static void arrive(Simulation sim, LossTracker tracker, BitSet received, int extended) {
        received.set(extended);
        tracker.onPacket(extended & 0xFFFF, sim.nowNs());
    }

    private static int nearest(int seq, int about) {
        return about + (short) (seq - about);
    }
}
