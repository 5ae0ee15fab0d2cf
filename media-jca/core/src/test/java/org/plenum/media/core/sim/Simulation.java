/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sim;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Time that moves only when a test moves it. Same seed, same run. */
public final class Simulation {
    private record Event(long atNs, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
    private final Random random;
    private long order;
    private long nowNs;

    public Simulation(long seed) {
        random = new Random(seed);
    }

    public long nowNs() {
        return nowNs;
    }

    public void at(long atNs, Runnable action) {
        events.add(new Event(Math.max(atNs, nowNs), order++, action));
    }

    /** A path that loses packets and delays the rest. */
    public void send(long delayNs, double loss, Runnable arrival) {
        if (random.nextDouble() >= loss) {
            at(nowNs + delayNs, arrival);
        }
    }

    public void runUntil(long endNs) {
        while (!events.isEmpty() && events.peek().atNs() <= endNs) {
            Event next = events.poll();
            nowNs = next.atNs();
            next.action().run();
        }
        nowNs = endNs;
    }
}
