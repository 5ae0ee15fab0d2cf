/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

/** Keeps a session alive (RFC 4028): who refreshes it, and when it is dead. No clock of its own. */
public final class SessionTimer {
    /** The shortest interval that is accepted, in seconds (RFC 4028 section 5). */
    public static final int LEAST = 90;

    private static final long SECOND = 1_000_000_000L;
    private static final int GRACE_S = 32;

    private final int interval;
    private final boolean weRefresh;
    private long refreshNs;
    private long deadNs;

    /**
     * @param interval seconds, {@link #LEAST} or more
     * @param weRefresh whether it is for us to refresh
     */
    public SessionTimer(int interval, boolean weRefresh, long nowNs) {
        this.interval = interval;
        this.weRefresh = weRefresh;
        refreshed(nowNs);
    }

    public int interval() {
        return interval;
    }

    public boolean weRefresh() {
        return weRefresh;
    }

    /** A refresh has come, or ours was answered. */
    public void refreshed(long nowNs) {
        refreshNs = nowNs + interval * SECOND / 2;
        // section 10: a third of the interval or 32 s before its end, whichever is less
        deadNs = nowNs + (interval - Math.min(GRACE_S, interval / 3)) * SECOND;
        if (weRefresh) {
            deadNs = nowNs + interval * SECOND;
        }
    }

    /** @return whether to send a refresh now; true once for each */
    public boolean refreshIsDue(long nowNs) {
        if (!weRefresh || refreshNs - nowNs > 0) {
            return false;
        }
        refreshNs = nowNs + interval * SECOND; // until it is answered
        return true;
    }

    public boolean isDead(long nowNs) {
        return deadNs - nowNs <= 0;
    }
}
