/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * Spreads what would leave as a burst, as a key frame does: on a narrow line the sound behind it would be late by as long as the burst
 * takes. A little more than the estimate may leave, and so much at once that frames of the usual size pass. Only numbers of packets wait here.
 * Nothing waits long: what has not left after a quarter of a second leaves at once. One thread, time is an argument.
 */
public final class Pacer {
    private static final int MOST = 256; // packets; a power of two
    private static final long AHEAD_NS = 25_000_000L; // what may leave at once takes so long
    private static final long LONGEST_NS = 250_000_000L;
    private static final double FACTOR = 1.25; // of the estimate
    private static final double BITS_AND_NS = 8e9;

    private final long[] waiting = new long[2 * MOST]; // two for each: SSRC and number, and since when
    private int first;
    private int size;
    private long freeNs = Long.MIN_VALUE / 2; // when what has left would be through at our pace

    /** @return whether the next packet has to {@link #hold} */
    public boolean mustWait(long nowNs) {
        return size > 0 || freeNs - nowNs > AHEAD_NS;
    }

    /** @return false when there are too many already: the packet has to leave now */
    public boolean hold(long ssrc, int sequenceNumber, long nowNs) {
        if (size == MOST) {
            return false;
        }
        int at = 2 * (first + size++ & MOST - 1);
        waiting[at] = ssrc << 16 | sequenceNumber;
        waiting[at + 1] = nowNs;
        return true;
    }

    /** A packet has left. @param octets of it @param bitrate of the estimate, bit/s */
    public void onSent(int octets, long bitrate, long nowNs) {
        freeNs = Math.max(freeNs, nowNs) + (long) (octets * BITS_AND_NS / (FACTOR * bitrate));
    }

    /** When {@link #isDue} is true; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        return size == 0 ? Long.MAX_VALUE : Math.min(freeNs - AHEAD_NS, waiting[2 * first + 1] + LONGEST_NS);
    }

    public boolean isDue(long nowNs) {
        return size > 0 && deadlineNs() - nowNs <= 0;
    }

    /** @return of the packet that leaves next */
    public long ssrc() {
        return waiting[2 * first] >>> 16;
    }

    /** @return of the packet that leaves next, 0 to 65535 */
    public int sequenceNumber() {
        return (int) waiting[2 * first] & 0xFFFF;
    }

    /** It leaves, or nobody needs it any more. */
    public void remove() {
        first = first + 1 & MOST - 1;
        size--;
    }
}
