/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tracks a client asked for before they are there; kept for a minute (contract livekit.md section 9). */
final class Wishes {
    private static final int MOST = 200;
    private static final long KEPT_NS = 60 * Surroundings.SECOND;

    private final Map<String, Long> untilNs = new LinkedHashMap<>(); // by sid, the oldest first
    private final Deadline due = new Deadline();

    /** @return false when there are too many */
    boolean add(String sid, long nowNs) {
        if (!untilNs.containsKey(sid) && untilNs.size() >= MOST) {
            return false;
        }
        untilNs.putIfAbsent(sid, nowNs + KEPT_NS);
        due.by(nowNs + KEPT_NS);
        return true;
    }

    /** @return whether it was wished for */
    boolean remove(String sid) {
        return untilNs.remove(sid) != null;
    }

    Deadline deadline() {
        return due;
    }

    /** @return the sids whose time is over */
    List<String> expired(long nowNs) {
        List<String> expired = new ArrayList<>();
        if (due.take(nowNs)) {
            untilNs.forEach((sid, until) -> {
                if (until - nowNs <= 0) {
                    expired.add(sid);
                } else {
                    due.by(until);
                }
            });
            expired.forEach(untilNs::remove);
        }
        return expired;
    }
}
