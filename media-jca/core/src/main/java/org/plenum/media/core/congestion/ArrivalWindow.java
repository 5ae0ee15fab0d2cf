/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import java.util.Arrays;

/**
 * What arrived at the other end within the last half second, by its clock: how much, and how long the quickest packet was on its way. The
 * quickest one tells of a queue that never empties, which a burst behind an idle line does not make. One thread.
 */
final class ArrivalWindow {
    private static final int SLOTS = 5;
    private static final long SLOT_US = 100_000;
    private static final int ENOUGH_SLOTS = 2;

    private final long[] octets = new long[SLOTS];
    private final long[] quickestUs = new long[SLOTS];
    private long slot = Long.MIN_VALUE;

    /** @param delayUs between two clocks: only differences mean anything */
    void onArrival(long arrivalUs, long delayUs, int length) {
        long at = Math.floorDiv(arrivalUs, SLOT_US);
        if (slot == Long.MIN_VALUE || Math.abs(at - slot) > SLOTS) { // the first one, a long silence or a wrapped clock
            Arrays.fill(octets, 0);
            Arrays.fill(quickestUs, Long.MAX_VALUE);
            slot = at;
        }
        while (slot < at) {
            slot++;
            octets[Math.floorMod(slot, SLOTS)] = 0;
            quickestUs[Math.floorMod(slot, SLOTS)] = Long.MAX_VALUE;
        }
        if (at > slot - SLOTS) {
            int i = Math.floorMod(at, SLOTS);
            octets[i] += length;
            quickestUs[i] = Math.min(quickestUs[i], delayUs);
        }
    }

    /** @return bit/s of the whole slots, the running one left out */
    long bitrate() {
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            if (i != Math.floorMod(slot, SLOTS)) {
                sum += octets[i];
            }
        }
        return 8 * sum * 1_000_000 / ((SLOTS - 1) * SLOT_US);
    }

    /** @return bit/s of the last two whole slots */
    long recentBitrate() {
        long sum = octets[Math.floorMod(slot - 1, SLOTS)] + octets[Math.floorMod(slot - 2, SLOTS)];
        return 8 * sum * 1_000_000 / (2 * SLOT_US);
    }

    /** @return delay of the quickest packet of the running slot and the one before, or {@link Long#MAX_VALUE} */
    long recentUs() {
        return slot == Long.MIN_VALUE
                ? Long.MAX_VALUE
                : Math.min(quickestUs[Math.floorMod(slot, SLOTS)], quickestUs[Math.floorMod(slot - 1, SLOTS)]);
    }

    /** @return delay of the quickest packet, or {@link Long#MAX_VALUE} while too few have come */
    long quickestUs() {
        long quickest = Long.MAX_VALUE;
        int filled = 0;
        for (long each : quickestUs) {
            filled += each == Long.MAX_VALUE ? 0 : 1;
            quickest = Math.min(quickest, each);
        }
        return filled >= ENOUGH_SLOTS ? quickest : Long.MAX_VALUE;
    }
}
