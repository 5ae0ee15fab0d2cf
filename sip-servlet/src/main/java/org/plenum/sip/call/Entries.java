/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.HashMap;
import java.util.Map;

/**
 * How many calls of one source are on their way in: not yet acknowledged, or still in the menu. A flood of requests nobody stands
 * behind takes few places that way, and whoever is in the room keeps his. Any thread.
 */
public final class Entries {
    /** Answered but not acknowledged: real callers acknowledge within one round trip. */
    public static final int MOST_UNACKNOWLEDGED = 5;

    private final int mostInMenu;
    private final Map<String, int[]> sources = new HashMap<>(); // unacknowledged, in the menu

    /** @param mostInMenu calls of one source that may be typing numbers at a time */
    public Entries(int mostInMenu) {
        this.mostInMenu = mostInMenu;
    }

    /** One call's place. What has been told is not told again. One thread. */
    public final class Place {
        private final String source;
        private boolean acknowledged;
        private boolean entered;

        private Place(String source) {
            this.source = source;
        }

        /** The ACK has come, or never will. */
        public void acknowledged() {
            if (!acknowledged) {
                acknowledged = true;
                count(source, 0);
            }
        }

        /** The call is in the conference, or over. */
        public void entered() {
            if (!entered) {
                entered = true;
                count(source, 1);
            }
        }
    }

    /** @return the place of a call that was let in by {@link #begin} */
    public Place place(String source) {
        return new Place(source);
    }

    /** @return whether the call may be answered; then both of its {@link #place} have to follow */
    public synchronized boolean begin(String source) {
        int[] counts = sources.computeIfAbsent(source, fresh -> new int[2]);
        if (counts[0] >= MOST_UNACKNOWLEDGED || counts[1] >= mostInMenu) {
            return false;
        }
        counts[0]++;
        counts[1]++;
        return true;
    }

    private synchronized void count(String source, int which) {
        int[] counts = sources.get(source);
        if (counts != null) {
            counts[which]--;
            if (counts[0] <= 0 && counts[1] <= 0) {
                sources.remove(source);
            }
        }
    }

    synchronized int size() {
        return sources.size();
    }
}
