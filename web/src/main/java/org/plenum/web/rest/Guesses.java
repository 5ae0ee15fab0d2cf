/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong guesses by what they have in common, an address or a room, and tells when there were too many. The window
 * starts with the first wrong guess and ends a fixed time later. Bounded: of too many keys the one that has not been
 * looked at for longest is forgotten. Safe for several threads.
 */
final class Guesses {
    private final int most;
    private final long windowNs;
    private final Map<Object, Count> counts;

    /**
     * @param most wrong guesses that are let pass within a window
     * @param keys how many keys are remembered
     */
    Guesses(int most, Duration window, int keys) {
        this.most = most;
        this.windowNs = window.toNanos();
        this.counts = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Count> eldest) {
                return size() > keys;
            }
        };
    }

    synchronized boolean tooMany(Object key, long nowNs) {
        Count count = counts.get(key);
        return count != null && nowNs - count.sinceNs < windowNs && count.wrong >= most;
    }

    synchronized void wrong(Object key, long nowNs) {
        Count count = counts.get(key);
        if (count == null || nowNs - count.sinceNs >= windowNs) {
            count = new Count(nowNs);
            counts.put(key, count);
        }
        count.wrong++;
    }

    synchronized int size() {
        return counts.size();
    }

    private static final class Count {
        private final long sinceNs;
        private int wrong;

        private Count(long sinceNs) {
            this.sinceNs = sinceNs;
        }
    }
}
