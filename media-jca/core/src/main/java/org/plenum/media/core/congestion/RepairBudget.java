/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * How much may be sent again: receivers ask more than once for what waits in a full queue, and all that would come behind it. A bucket that
 * fills with a share of what the line carries. One thread, time is an argument.
 */
public final class RepairBudget {
    private static final double USUAL = 0.5; // of the estimate: enough for three lost of ten
    private static final double QUEUEING = 0.15;
    private static final double LONGEST_S = 0.3; // what is not used is kept for so long
    private static final double LEAST = 12_000; // octets: a key frame's worth

    private double octets = LEAST;
    private long atNs = Long.MIN_VALUE;

    /**
     * @param length octets
     * @param bitrate bit/s that the line carries
     * @param queueing whether packets wait on it
     * @param optional whether nobody has missed it yet: half of the bucket is left to what somebody has
     * @return whether it may be sent, which is noted
     */
    public boolean take(int length, long bitrate, boolean queueing, boolean optional, long nowNs) {
        double rate = bitrate / 8.0 * (queueing ? QUEUEING : USUAL);
        double elapsedS = atNs == Long.MIN_VALUE ? 0 : Math.max(0, (nowNs - atNs) / 1e9);
        atNs = nowNs;
        double most = Math.max(LEAST, rate * LONGEST_S);
        octets = Math.min(most, octets + rate * elapsedS);
        if (octets < length + (optional ? most / 2 : 0)) {
            return false;
        }
        octets -= length;
        return true;
    }
}
