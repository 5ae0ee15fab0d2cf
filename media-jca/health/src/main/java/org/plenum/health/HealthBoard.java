/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Where the parts of the application say how they are. Any thread. */
@ApplicationScoped
public class HealthBoard {
    /**
     * How one part is.
     *
     * @param well false: this node should get no more users
     * @param data figures for operators, names in snake_case
     */
    public record Report(boolean well, Map<String, Long> data) {}

    private final SortedMap<String, Supplier<Report>> parts = new ConcurrentSkipListMap<>();

    /** @param part in snake_case; one of the same name is replaced */
    public void put(String part, Supplier<Report> report) {
        parts.put(part, report);
    }

    public void remove(String part) {
        parts.remove(part);
    }

    SortedMap<String, Supplier<Report>> parts() {
        return parts;
    }
}
