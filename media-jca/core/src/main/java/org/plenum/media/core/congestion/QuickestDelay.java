/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * The shortest time that packets were on their way, over the last 15 to 30 s: the path without a queue. A path that has become longer is
 * taken for a queue until then, unless somebody knows better; a clock that was set anew begins anew. One thread.
 */
final class QuickestDelay {
    private static final long WINDOW_NS = 15_000_000_000L;
    private static final long JUMP_US = 10_000_000;

    private long before = Long.MAX_VALUE;
    private long now = Long.MAX_VALUE;
    private long turnNs;

    void onDelay(long delayUs, long nowNs) {
        boolean jumped = now != Long.MAX_VALUE && Math.abs(delayUs - now) > JUMP_US;
        if (now == Long.MAX_VALUE || jumped) {
            before = Long.MAX_VALUE;
            now = delayUs;
            turnNs = nowNs + WINDOW_NS;
        } else if (turnNs - nowNs <= 0) {
            before = now;
            now = delayUs;
            turnNs = nowNs + WINDOW_NS;
        }
        now = Math.min(now, delayUs);
    }

    /** The path is another one, with this time at least. */
    void restart(long delayUs, long nowNs) {
        before = Long.MAX_VALUE;
        now = delayUs;
        turnNs = nowNs + WINDOW_NS;
    }

    long quickestUs() {
        return Math.min(before, now);
    }
}
