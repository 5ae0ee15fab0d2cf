/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

/**
 * Round trip time to a receiver from its reports (RFC 3550 section 6.4.1). The last sender reports are remembered by the middle
 * bits of their NTP time, because that time is the publisher's and not ours.
 */
public final class RoundTrip {
    private static final int REMEMBERED = 8; // a report comes back before the eighth next one

    private final int[] ids = new int[REMEMBERED];
    private final long[] sentNs = new long[REMEMBERED];
    private int next;
    private long smoothedNs = -1;

    /** A sender report leaves. */
    public void onSent(long ntp, long nowNs) {
        ids[next] = (int) (ntp >>> 16);
        sentNs[next] = nowNs;
        next = (next + 1) % REMEMBERED;
    }

    /**
     * A report block came back.
     *
     * @param delay since the sender report, in 65536ths of a second
     * @return false when the block refers to no report we remember, or lies
     */
    public boolean onReport(int lastSenderReport, long delay, long nowNs) {
        for (int i = 0; lastSenderReport != 0 && i < REMEMBERED; i++) {
            if (ids[i] == lastSenderReport) {
                long rtt = nowNs - sentNs[i] - NtpTime.toNanos(delay << 16);
                if (rtt < 0) {
                    return false;
                }
                smoothedNs = smoothedNs < 0 ? rtt : (7 * smoothedNs + rtt) / 8;
                return true;
            }
        }
        return false;
    }

    /** @return smoothed by an eighth, or -1 when nothing is known */
    public long rttNs() {
        return smoothedNs;
    }
}
