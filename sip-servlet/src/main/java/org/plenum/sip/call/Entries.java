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

    /** @return whether the call may be answered; then {@link #acknowledged} and {@link #entered} have to follow, once each */
    public synchronized boolean begin(String source) {
        int[] counts = sources.computeIfAbsent(source, fresh -> new int[2]);
        if (counts[0] >= MOST_UNACKNOWLEDGED || counts[1] >= mostInMenu) {
            return false;
        }
        counts[0]++;
        counts[1]++;
        return true;
    }

    /** The ACK has come, or never will. */
    public synchronized void acknowledged(String source) {
        count(source, 0);
    }

    /** The call is in the conference, or over. */
    public synchronized void entered(String source) {
        count(source, 1);
    }

    private void count(String source, int which) {
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
