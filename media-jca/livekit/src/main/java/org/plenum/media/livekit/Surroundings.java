/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.function.LongUnaryOperator;
import org.plenum.media.core.room.MediaPlane;

/** What all rooms of a loop share. */
record Surroundings(
        MediaPlane plane,
        SignalConfig config,
        Entrance entrance,
        Sids sids,
        LongUnaryOperator wallMs,
        SignalCounters counters,
        Deadline deadline) {
    static final long SECOND = 1_000_000_000L;
    static final long MILLISECOND = 1_000_000L;

    long wallMs(long nowNs) {
        return wallMs.applyAsLong(nowNs);
    }

    void count(SignalCounters.Count count) {
        counters.add(count);
    }
}
