/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The devices that were let into a meeting: for a while after their last connection they need not know the password
 * again (rest.md section 8.4). Any thread.
 */
final class Devices {
    static final Duration GRACE = Duration.ofMinutes(10);
    private final int limit;
    private final Map<UUID, Stay> known = new HashMap<>();

    private record Stay(int connections, Instant left) {}

    Devices(int limit) {
        this.limit = limit;
    }

    synchronized void entered(UUID device, Instant now) {
        known.values().removeIf(stay -> isOver(stay, now));
        Stay stay = known.get(device);
        if (stay != null || known.size() < limit) { // beyond the limit people type their password again
            known.put(device, new Stay(stay == null ? 1 : stay.connections() + 1, now));
        }
    }

    synchronized void left(UUID device, Instant now) {
        known.computeIfPresent(device, (id, stay) -> new Stay(Math.max(0, stay.connections() - 1), now));
    }

    synchronized void forget(UUID device) {
        known.remove(device);
    }

    synchronized void forgetAll() {
        known.clear();
    }

    synchronized boolean knows(UUID device, Instant now) {
        Stay stay = known.get(device);
        return stay != null && !isOver(stay, now);
    }

    private static boolean isOver(Stay stay, Instant now) {
        return stay.connections() == 0 && !now.isBefore(stay.left().plus(GRACE));
    }
}
