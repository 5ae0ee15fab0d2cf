/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.plenum.media.impairment.OneWay;
import org.plenum.media.impairment.Scenario;

/**
 * Cameras and a microphone, our estimator and allocator, and one receiver behind the line of a scenario, in virtual time. The receiver
 * tells of arrivals every 50 ms; its messages take the line back.
 */
final class PlayedLine {
    static final long MS = 1_000_000L;
    static final long SECOND = 1000 * MS;
    private static final long STEP = 5 * MS;
    private static final long FEEDBACK = 50 * MS;
    private static final long SHARE = 100 * MS;
    private static final int PACKET = 1200;
    private static final long BEGIN = 7 * SECOND;

    private record Sent(int number, int octets, long atNs) {}

    /** @param arrivedUs by number, -1 for what has not come */
    private record Feedback(TreeMap<Integer, Long> arrivedUs) {}

    final SendEstimate estimate = new SendEstimate();
    final List<Camera> cameras = new ArrayList<>();
    int soundOctets = 120; // of a packet, fifty a second
    private final Scenario scenario;
    private final Allocator allocator = new Allocator();
    private final Random random = new Random(8867);
    private final OneWay<Sent> down = new OneWay<>(new Random(1));
    private final OneWay<Feedback> up = new OneWay<>(new Random(2));
    private final TreeMap<Integer, Long> arrived = new TreeMap<>();
    private final List<Long> queued = new ArrayList<>();
    private int steps; // of the scenario that have been taken
    private long now = BEGIN;
    private int number;
    private int told; // the next number that the receiver tells of
    private long arrivedOctets;
    private long feedbackNs = BEGIN;
    private long shareNs = BEGIN;

    PlayedLine(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Packets come in frames, 30 a second, every fortieth is a key frame five times as large. */
    final class Camera extends Video {
        private long frameNs = now + (long) (random.nextDouble() * 33 * MS);
        private int frames;

        private Camera(long importance, int wanted, long... layers) {
            super(importance, wanted, layers);
        }

        private void play() {
            if (frameNs - now > 0) {
                return;
            }
            frameNs += 33 * MS;
            if (allowed == Allocator.NONE) {
                return;
            }
            long octets = layers[Math.min(allowed, wanted)] / 8 / 30;
            octets = ++frames % 40 == 0 ? 5 * octets : octets * 36 / 40;
            for (; octets > 0; octets -= PACKET) {
                send((int) Math.min(PACKET, octets));
            }
        }
    }

    Camera camera(long importance, int wanted, long... layers) {
        Camera camera = new Camera(importance, wanted, layers);
        cameras.add(camera);
        return camera;
    }

    private void send(int octets) {
        estimate.onSent(number & 0xFFFF, octets, now);
        queued.add(down.queueNs(now));
        down.offer(new Sent(number++, octets, now), octets, now);
    }

    /** Plays until this time of the scenario. */
    void until(long atNs) {
        queued.clear();
        arrivedOctets = 0;
        while (now - BEGIN < atNs) {
            now += STEP;
            change();
            if ((now / STEP) % 4 == 0) {
                send(soundOctets);
            }
            cameras.forEach(Camera::play);
            for (int octets = estimate.padding(now); octets > 0; octets -= PACKET) {
                send(PACKET);
                estimate.padded(PACKET);
            }
            receive();
            if (now - shareNs >= SHARE) {
                shareNs = now;
                long sound = 400L * soundOctets;
                long budget = estimate.isKnown() ? estimate.bitrate() * 95 / 100 - sound : Long.MAX_VALUE / 2;
                estimate.wants(allocator.share(cameras, budget) * 100 / 95 + sound, now);
            }
        }
    }

    private void change() {
        while (steps < scenario.steps().size() && scenario.steps().get(steps).atNs() <= now - BEGIN) {
            down.conditions(scenario.steps().get(steps).down(down.conditions()), now);
            up.conditions(scenario.steps().get(steps).up(up.conditions()), now);
            steps++;
        }
    }

    private void receive() {
        for (Sent packet = down.take(now); packet != null; packet = down.take(now)) {
            arrived.put(packet.number(), now / 1000);
            arrivedOctets += packet.octets();
        }
        if (now - feedbackNs >= FEEDBACK && !arrived.isEmpty()) {
            feedbackNs = now;
            TreeMap<Integer, Long> message = new TreeMap<>();
            for (; told <= arrived.lastKey(); told++) {
                message.put(told, arrived.getOrDefault(told, -1L));
            }
            arrived.clear();
            if (!message.isEmpty()) {
                up.offer(new Feedback(message), 20 + 2 * message.size(), now);
            }
        }
        for (Feedback message = up.take(now); message != null; message = up.take(now)) {
            message.arrivedUs()
                    .forEach((each, us) -> estimate.onFeedback(each & 0xFFFF, us >= 0, us + 123_456_789L, now));
            estimate.onFeedbackEnd(now);
        }
    }

    /** How long packets waited since the last call of {@link #until}: so many of 100 shorter. */
    long queueMs(int percent) {
        Collections.sort(queued);
        return queued.isEmpty() ? 0 : queued.get(queued.size() * percent / 100) / MS;
    }

    /** Octets that arrived since the last call of {@link #until}. */
    long arrivedOctets() {
        return arrivedOctets;
    }
}
