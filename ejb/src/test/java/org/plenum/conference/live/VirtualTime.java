/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Time and threads of a test: nothing happens but by {@link #settle} and {@link #passes}, and always in the same order. */
final class VirtualTime implements InstantSource {
    private record Later(Instant due, long number, Runnable action) {}

    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparing(Later::due).thenComparing(Later::number));
    private Instant now = Instant.parse("2026-06-12T09:00:00Z");
    private long number;

    Surroundings surroundings() {
        return new Surroundings(this, ready::add, (time, action) -> {
            Later entry = new Later(now.plus(time), number++, action);
            later.add(entry);
            return () -> later.remove(entry);
        });
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Runs what is due now, and what comes of it. */
    void settle() {
        for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
            next.run();
        }
    }

    void passes(Duration time) {
        Instant end = now.plus(time);
        settle();
        while (!later.isEmpty() && !later.peek().due().isAfter(end)) {
            Later next = later.poll();
            now = next.due();
            next.action().run();
            settle();
        }
        now = end;
    }

    /** Alarms that have neither run nor been cancelled. */
    int alarms() {
        return later.size();
    }
}
