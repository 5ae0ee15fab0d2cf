/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * Finds a queue while it fills: the last packet had to wait much longer than one shortly before it. The rate at which the packets between
 * them came is what the line carries, if they were sent faster. A key frame on an idle line looks the same, but comes at the rate of the
 * line as it was; a pause of a WLAN is one jump and no row of steps. One thread.
 */
final class Surge {
    private static final long RISE_US = 60_000;
    private static final int LEAST_PACKETS = 4;
    private static final long LONGEST_US = 300_000;
    private static final long JUMP_US =
            30_000; // between two packets; frames and the pauses behind them make smaller ones
    private static final int REMEMBERED = 64; // packets; a power of two
    private static final int MASK = REMEMBERED - 1;

    private final long[] arrivalsUs = new long[REMEMBERED];
    private final long[] delaysUs = new long[REMEMBERED];
    private final int[] octets = new int[REMEMBERED];
    private int newest;
    private int count;
    private boolean found;
    private long bitrate;
    private long sentBitrate;

    /** @param delayUs between two clocks: only differences mean anything */
    void onArrival(long arrivalUs, long delayUs, int length) {
        boolean goesOn = arrivalUs >= arrivalsUs[newest] && Math.abs(delayUs - delaysUs[newest]) <= JUMP_US;
        count = goesOn ? Math.min(REMEMBERED, count + 1) : 1;
        newest = newest + 1 & MASK;
        arrivalsUs[newest] = arrivalUs;
        delaysUs[newest] = delayUs;
        octets[newest] = length;
    }

    /** Looks back from the packet that came last; afterwards the getters tell what was found. */
    void look() {
        found = false;
        long sum = 0;
        for (int back = 1; back < count && !found; back++) {
            int i = newest - back & MASK;
            sum += octets[i + 1 & MASK];
            long riseUs = delaysUs[newest] - delaysUs[i];
            long spanUs = arrivalsUs[newest] - arrivalsUs[i];
            if (spanUs > LONGEST_US) {
                return;
            }
            if (riseUs >= RISE_US && back >= LEAST_PACKETS && spanUs > 0) {
                found = true;
                bitrate = 8_000_000L * sum / spanUs;
                sentBitrate = spanUs > riseUs ? 8_000_000L * sum / (spanUs - riseUs) : Long.MAX_VALUE;
            }
        }
    }

    boolean isFound() {
        return found;
    }

    /** @return bit/s at which the queue lets packets out */
    long bitrate() {
        return bitrate;
    }

    /** @return bit/s at which they were sent; {@link Long#MAX_VALUE} for all at once */
    long sentBitrate() {
        return sentBitrate;
    }
}
