/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What operators want to know of calls and trunks. Written by the {@link CallLoop}, read by any thread. */
final class CallFigures {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>(); // a fixed set of words of ours
    private volatile SortedMap<String, Long> gauges = new TreeMap<>();

    void ended(String result) {
        count("ended_" + result);
    }

    /** A wrong pair of conference ID and PIN. */
    void wrongEntry() {
        count("wrong_entries");
    }

    private void count(String name) {
        counts.computeIfAbsent(name, word -> new LongAdder()).increment();
    }

    void publish(int calls, List<Registrar> registrars, List<Pinger> pingers) {
        SortedMap<String, Long> now = new TreeMap<>();
        now.put("calls", (long) calls);
        for (Registrar registrar : registrars) {
            now.put("trunk_" + word(registrar.trunk().name()) + "_registered", registrar.isRegistered() ? 1L : 0L);
        }
        for (Pinger pinger : pingers) {
            now.put("trunk_" + word(pinger.trunk().name()) + "_reachable", pinger.isReachable() ? 1L : 0L);
        }
        gauges = now;
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    SortedMap<String, Long> gauges() {
        return gauges;
    }

    /** Calls that ended, by result, and wrong entries. */
    SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        counts.forEach((name, count) -> counters.put(name, count.sum()));
        return counters;
    }
}
