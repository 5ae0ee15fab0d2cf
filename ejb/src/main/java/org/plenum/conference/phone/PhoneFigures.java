/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.phone;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the telephone side tells operators about itself; empty while it is off. Any thread. */
@ApplicationScoped
public class PhoneFigures {
    /** Counters only grow; names are in snake_case. */
    public record Figures(SortedMap<String, Long> counters, SortedMap<String, Long> gauges) {
        static final Figures NONE = new Figures(new TreeMap<>(), new TreeMap<>());
    }

    private volatile Supplier<Figures> source = () -> Figures.NONE;

    /** From now on they are asked there. */
    public void come(Supplier<Figures> from) {
        source = from;
    }

    /** There are none any more. */
    public void end() {
        source = () -> Figures.NONE;
    }

    public Figures now() {
        return source.get();
    }
}
