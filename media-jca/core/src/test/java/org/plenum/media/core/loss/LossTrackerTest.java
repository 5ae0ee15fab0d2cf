/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Vectors;
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

    @Test
    void waitsForPacketsThatAreOvertaken() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.onPacket(10, 0);
        tracker.onPacket(12, 0);
        assertEquals(8 * MS, tracker.deadlineNs());
        tracker.poll(7 * MS, seq -> fail("too early for " + seq));
        assertEquals(LossTracker.Arrival.RECOVERED, tracker.onPacket(11, 7 * MS));
        tracker.poll(8 * MS, seq -> fail("not missing: " + seq));
        assertEquals(1, tracker.recovered());
    }

    @Test
    void recognisesWhatItHasSeen() {
        LossTracker tracker = new LossTracker(60 * MS);
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(65_535, 0));
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(2, 0));
        assertEquals(LossTracker.Arrival.DUPLICATE, tracker.onPacket(2, 0));
        assertEquals(LossTracker.Arrival.DUPLICATE, tracker.onPacket(65_535, 0));
        assertEquals(LossTracker.Arrival.RECOVERED, tracker.onPacket(1, 0));
        assertEquals(LossTracker.Arrival.DUPLICATE, tracker.onPacket(1, 0));
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(65_534, 0), "before the first");
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(514, 0));
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(0, 0), "left the window");
        assertEquals(LossTracker.Arrival.RECOVERED, tracker.onPacket(3, 0));
    }

    @Test
    void asksOncePerRoundTrip() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.roundTripNs(100 * MS);
        tracker.onPacket(1, 0);
        tracker.onPacket(3, 0);
        List<Long> asked = new ArrayList<>();
        for (long now = 0; now < 1_000 * MS; now += MS) {
            long at = now;
            tracker.poll(now, seq -> asked.add(at / MS));
        }
        assertEquals(List.of(8L, 133L, 258L, 383L, 508L), asked);
        assertEquals(1, tracker.unrecovered());
        assertEquals(LossTracker.Arrival.RECOVERED, tracker.onPacket(2, 1_000 * MS), "better late than never");
        assertEquals(0, tracker.unrecovered());
    }

    @Test
    void theRoundTripHasBounds() {
        for (long[] bound : new long[][] {{0, 20}, {10_000, 500}}) {
            LossTracker tracker = new LossTracker(60 * MS);
            tracker.roundTripNs(bound[0] * MS);
            tracker.onPacket(1, 0);
            tracker.onPacket(3, 0);
            tracker.poll(8 * MS, seq -> assertEquals(2, seq));
            assertEquals((8 + bound[1]) * MS, tracker.deadlineNs());
        }
    }

    @Test
    void aJumpIsANewStartWhenItIsConfirmed() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.onPacket(1, 0);
        tracker.onPacket(3, 0);
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(20_000, 0), "a stray");
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(4, 0));
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(20_001, 0));
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(20_002, 0));
        assertEquals(Long.MAX_VALUE, tracker.deadlineNs(), "nothing of before is wanted");
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(20_003, 0));
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(2, 0));
        assertEquals(LossTracker.Arrival.TOO_OLD, tracker.onPacket(20_003 - 600, 0));
        assertEquals(LossTracker.Arrival.NEW, tracker.onPacket(20_003 - 599, 0), "back is a new start too");
    }

    @Test
    void neverAsksForMoreThanTheWindow() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.onPacket(0, 0);
        tracker.onPacket(512, 0);
        List<Integer> asked = new ArrayList<>();
        tracker.poll(8 * MS, asked::add);
        assertEquals(511, asked.size());
        assertEquals(1, asked.get(0));
        assertEquals(511, asked.get(510));
        for (int seq = 513; seq < 1100; seq++) {
            tracker.onPacket(seq, 9 * MS);
        }
        assertEquals(511, tracker.unrecovered(), "left the window");
        tracker.poll(1_000 * MS, seq -> fail("gone: " + seq));
        assertEquals(Long.MAX_VALUE, tracker.deadlineNs());
    }

    @Test
    void forgetsOnDemand() {
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.onPacket(0, 0);
        tracker.onPacket(5, 0);
        tracker.forget();
        assertEquals(Long.MAX_VALUE, tracker.deadlineNs());
        tracker.onPacket(7, 0);
        List<Integer> asked = new ArrayList<>();
        tracker.poll(8 * MS, asked::add);
        assertEquals(List.of(6), asked);
    }

    /** The paths of the scenarios loss1 to loss20: 25 ms each way, repairs are lost as often as media. */
    @ParameterizedTest
    @CsvSource({"loss1, 9999", "loss5, 9995", "loss10, 9990", "loss20, 9900"})
    void repairsThePathsOfTheScenarios(String id, int least) {
        double loss = Vectors.named(Vectors.load("network-scenarios.json"), "scenarios", "id", id)
                .getJsonArray("steps")
                .getJsonObject(0)
                .getJsonNumber("loss")
                .doubleValue();
        Simulation sim = new Simulation(least);
        LossTracker tracker = new LossTracker(60 * MS);
        tracker.roundTripNs(50 * MS);
        BitSet received = new BitSet();
        for (int i = 0; i < 10_000; i++) {
            int seq = i;
            sim.at(i * 10L * MS, () -> sim.send(25 * MS, loss, () -> arrive(sim, tracker, received, seq)));
        }
        for (long t = 0; t < 102_000 * MS; t += 5 * MS) {
            sim.at(
                    t,
                    () -> tracker.poll(sim.nowNs(), seq -> {
                        int extended = nearest(seq, received.length());
                        sim.send(
                                25 * MS,
                                loss,
                                () -> // the request may be lost, then the repair
                                sim.send(25 * MS, loss, () -> arrive(sim, tracker, received, extended)));
                    }));
        }
        sim.runUntil(102_000 * MS);
        assertTrue(received.cardinality() >= least, received.cardinality() + " of 10000");
    }

    @Test
    void allocatesNothing() {
        LossTracker tracker = new LossTracker(60 * MS);
        int[] seq = {0};
        IntConsumer asked = missing -> assertTrue(missing >= 0);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                seq[0] += i % 20 == 0 ? 2 : 1;
                tracker.onPacket(seq[0] & 0xFFFF, seq[0] * 10L * MS);
                tracker.poll(seq[0] * 10L * MS, asked);
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private static void arrive(Simulation sim, LossTracker tracker, BitSet received, int extended) {
        received.set(extended);
        tracker.onPacket(extended & 0xFFFF, sim.nowNs());
    }

    private static int nearest(int seq, int about) {
        return about + (short) (seq - about);
    }
}
