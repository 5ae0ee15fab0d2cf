/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * What we tell a publisher by REMB that did not agree to transport-wide feedback: twice what comes from it, and never less than
 * all simulcast layers need. A browser obeys the smaller of this and its own estimate from loss (draft-ietf-rmcat-gcc-02 section
 * 6), so that the upper layers start and a lossy path is still respected. This is no estimate of the path by delay: publishers
 * with transport-wide feedback make that themselves.
 */
public final class GenerousEstimate {
    private static final long FLOOR = 4_000_000; // bit/s; three layers of a 720p camera are 2.3 Mbit/s
    private static final long CEILING = 30_000_000;
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final ReceiveRate rate = new ReceiveRate();
    private long deadlineNs = Long.MAX_VALUE;

    /** @param length octets of the packet */
    public void onPacket(int length, long nowNs) {
        rate.onPacket(length, nowNs);
        if (deadlineNs == Long.MAX_VALUE) {
            deadlineNs = nowNs; // the first packet is answered at once: the upper layers wait for it
        }
    }

    /** @return when the next REMB is due; Long.MAX_VALUE when nothing came */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** @return bit/s to send now; the next is due a second later */
    public long poll(long nowNs) {
        long bitrate = rate.bitrate(nowNs);
        deadlineNs = bitrate == 0 ? Long.MAX_VALUE : nowNs + INTERVAL_NS;
        return Math.max(FLOOR, Math.min(CEILING, 2 * bitrate));
    }
}
