/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Estimator and allocator against a played line with a queue that drops at its end, in virtual time. */
class SendEstimateTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;
    private static final long STEP = 5 * MS;
    private static final int PACKET = 1200;

    /** A packet that is on its way, or was lost. */
    private record Way(int number, long arrivalNs) {}

    private final Random random = new Random(5);
    private final SendEstimate estimate = new SendEstimate();
    private final Allocator allocator = new Allocator();
    private final List<Camera> cameras = new ArrayList<>();
    private final Deque<Way> ways = new ArrayDeque<>();
    private final List<Long> queued = new ArrayList<>();
    private long now = 7 * SECOND;
    private long capacity = 3_000_000;
    private long queueNs = 300 * MS;
    private long path = 20 * MS;
    private double loss;
    private long jitterNs;
    private long lineFreeNs;
    private int number;
    private int dropped;
    private int sent;
    private long feedbackNs;
    private long allocatedNs;
    private boolean silent;
    private boolean padding; // nobody waits for it

    /** Three layers; packets come in frames, 30 a second, every fortieth is a key frame five times as large. */
    private final class Camera extends Video {
        long frameNs = now + (long) (random.nextDouble() * 33 * MS);
        int frames;

        Camera(long importance) {
            super(importance, 2, 150_000, 500_000, 1_700_000);
        }

        void play() {
            if (frameNs - now > 0) {
                return;
            }
            frameNs += 33 * MS;
            if (allowed == Allocator.NONE) {
                return;
            }
            long octets = layers[allowed] / 8 / 30;
            octets = ++frames % 40 == 0 ? 5 * octets : octets * 36 / 40;
            for (; octets > 0; octets -= PACKET) {
                send((int) Math.min(PACKET, octets));
            }
        }
    }

    @BeforeEach
    void oneCamera() {
        cameras.add(new Camera(1));
    }

    private void send(int length) {
        sent++;
        estimate.onSent(number & 0xFFFF, length, now);
        long start = Math.max(now, lineFreeNs);
        boolean full = start - now > queueNs;
        if (full || random.nextDouble() < loss) {
            dropped += padding ? 0 : 1;
            ways.add(new Way(number++ & 0xFFFF, -1));
            return;
        }
        lineFreeNs = start + length * 8L * SECOND / capacity;
        if (!padding) {
            queued.add(lineFreeNs - now);
        }
        ways.add(new Way(number++ & 0xFFFF, lineFreeNs + path + (long) (random.nextDouble() * jitterNs)));
    }

    private void run(long forNs) {
        queued.clear();
        dropped = 0;
        sent = 0;
        for (long end = now + forNs; now < end; now += STEP) {
            if ((now / STEP) % 4 == 0) {
                send(120); // sound
            }
            cameras.forEach(Camera::play);
            padding = true;
            for (int octets = estimate.padding(now); octets > 0; octets -= PACKET) {
                send(PACKET);
                estimate.padded(PACKET);
            }
            padding = false;
            if (now - feedbackNs >= 50 * MS) {
                feedbackNs = now;
                tell();
            }
            if (now - allocatedNs >= 200 * MS) {
                allocatedNs = now;
                long budget = estimate.isKnown() ? estimate.bitrate() - 48_000 : Long.MAX_VALUE / 2;
                estimate.wants(allocator.share(cameras, budget) + 48_000, now);
            }
        }
    }

    /** Everything that has arrived by now, and what was lost before it; it takes the path back. */
    private void tell() {
        if (silent) {
            ways.clear();
            return;
        }
        int told = 0;
        while (!ways.isEmpty() && (ways.peek().arrivalNs() < 0 || ways.peek().arrivalNs() <= now - path)) {
            Way way = ways.remove();
            estimate.onFeedback(way.number(), way.arrivalNs() >= 0, way.arrivalNs() / 1000 + 123_456_789L, now);
            told++;
        }
        if (told > 0) {
            estimate.onFeedbackEnd(now);
        }
    }

    private long queueP95Ms() {
        Collections.sort(queued);
        return queued.isEmpty() ? 0 : queued.get(queued.size() * 95 / 100) / MS;
    }

    private int layer() {
        return cameras.get(0).allowed;
    }

    @Test
    void withoutFeedbackThereIsNoLimit() {
        silent = true;
        run(5 * SECOND);
        assertFalse(estimate.isKnown());
        assertEquals(2, layer());
    }

    @Test
    void aGoodLineIsUsedAndStaysSo() {
        run(60 * SECOND);
        assertEquals(2, layer());
        assertEquals(0, dropped);
        assertTrue(queueP95Ms() < 100, queueP95Ms() + " ms");
    }

    @Test
    void aNarrowLineGetsALowerLayerAndNoQueue() {
        capacity = 900_000;
        run(5 * SECOND);
        assertEquals(1, layer());
        run(55 * SECOND);
        assertTrue(layer() >= 0 && layer() <= 1, "layer " + layer());
        assertTrue(queueP95Ms() < 150, queueP95Ms() + " ms");
        assertTrue(dropped < sent / 100, dropped + " of " + sent);
    }

    @Test
    void threeMegabitsToAHalfAndBack() {
        run(20 * SECOND);
        assertEquals(2, layer());
        capacity = 500_000;
        run(2 * SECOND);
        assertTrue(layer() <= 0, "within two seconds: layer " + layer());
        run(20 * SECOND);
        assertTrue(queueP95Ms() < 150, queueP95Ms() + " ms");
        assertTrue(layer() >= 0, "a picture stays");
        capacity = 3_000_000;
        run(10 * SECOND);
        assertEquals(2, layer(), "back within ten seconds, estimate " + estimate.bitrate());
    }

    @Test
    void aLineThatBecomesMuchSlowerIsNoticedWithinAQuarterOfASecond() {
        for (int i = 0; i < 20; i++) {
            run(40 * SECOND + i * 7 * MS); // at any time between two frames and two reports
            assertEquals(2, layer());
            capacity = 500_000;
            run(250 * MS);
            assertTrue(estimate.bitrate() < 1_300_000, estimate.bitrate() + " bit/s, time " + i);
            run(750 * MS);
            assertTrue(estimate.bitrate() < 500_000, estimate.bitrate() + " bit/s after a second, time " + i);
            capacity = 3_000_000;
        }
    }

    @Test
    void aPathThatBecomesALittleLongerIsNoQueueForLong() {
        run(20 * SECOND);
        path += 25 * MS;
        run(5 * SECOND);
        assertEquals(0, estimate.queueNs() / (10 * MS), "queue");
        loss = 0.05;
        run(10 * SECOND);
        assertTrue(estimate.isLossy() && estimate.losesLittle());
        assertEquals(2, layer());
    }

    @Test
    void dsl3000CarriesASpeakerAndEightSmallOnes() {
        for (int i = 0; i < 8; i++) {
            Camera small = new Camera(0);
            small.wanted = 0;
            cameras.add(small);
        }
        capacity = 2_700_000;
        run(60 * SECOND);
        assertTrue(cameras.get(0).allowed >= 1, "estimate " + estimate.bitrate());
        assertEquals(8, cameras.stream().filter(camera -> camera.allowed == 0).count());
        assertTrue(queueP95Ms() < 150, queueP95Ms() + " ms");
    }

    @Test
    void aLittleLossChangesNothing() {
        loss = 0.05;
        run(60 * SECOND);
        assertEquals(2, layer());
    }

    @Test
    void muchLossLowersTheRateButLeavesAPicture() {
        loss = 0.3;
        run(20 * SECOND);
        assertEquals(0, layer());
        assertTrue(estimate.bitrate() <= 400_000);
        loss = 0;
        run(15 * SECOND);
        assertEquals(2, layer());
    }

    @Test
    void jitterOfAWlanIsNoCongestion() {
        jitterNs = 60 * MS;
        run(30 * SECOND);
        assertEquals(2, layer());
    }

    @Test
    void aLineThatIsJustTooSmallDoesNotSwing() {
        capacity = 1_500_000;
        run(10 * SECOND);
        int changes = 0;
        int before = layer();
        for (int i = 0; i < 60; i++) {
            run(SECOND);
            changes += layer() == before ? 0 : 1;
            before = layer();
        }
        assertTrue(changes <= 6, changes + " changes in a minute");
        assertTrue(layer() >= 1);
    }
}
