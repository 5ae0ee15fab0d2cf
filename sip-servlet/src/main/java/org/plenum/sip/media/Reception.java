/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

/** How the packets of the other side arrive, for the block of a report (RFC 3550 sections 6.4.1, A.3 and A.8). One thread, no clock. */
final class Reception {
    private static final int MOST_AHEAD = 3000; // packets: further is another stream under the same name
    private static final double NS_PER_SECOND = 1e9;

    private boolean begun;
    private long ssrc;
    private long first; // extended sequence number
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private boolean timed;
    private double transit;
    private double jitter; // in units of the timestamp
    private int clockRate = 8000;
    private long reportNtp; // middle 32 bits of their last report, 0 for none
    private long reportNs;

    /** @param sound false for keys, whose timestamps stand still */
    void packet(long from, int sequence, long timestamp, int rate, boolean sound, long nowNs) {
        if (!begun || from != ssrc || rate != clockRate) {
            begin(from, sequence, rate);
        }
        long index = highest + (short) (sequence - (int) highest);
        if (Math.abs(index - highest) > MOST_AHEAD) {
            begin(from, sequence, rate);
            index = sequence;
        }
        highest = Math.max(highest, index);
        received++;
        if (sound) {
            double arrival = nowNs / NS_PER_SECOND * rate - timestamp;
            if (timed) {
                jitter += (Math.abs(arrival - transit) - jitter) / 16;
            }
            transit = arrival;
            timed = true;
        }
    }

    private void begin(long from, int sequence, int rate) {
        begun = true;
        ssrc = from;
        clockRate = rate;
        first = sequence;
        highest = sequence;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        timed = false;
        jitter = 0;
    }

    /** @param ntp middle 32 bits of the time in a sender report */
    void report(long ntp, long nowNs) {
        reportNtp = ntp;
        reportNs = nowNs;
    }

    /** Whether there is anything to report. */
    boolean hasBegun() {
        return begun;
    }

    /** Packets that did not come, below 0 when some came twice. */
    long lost() {
        return begun ? highest - first + 1 - received : 0;
    }

    long jitterMs() {
        return Math.round(1000 * jitter / clockRate);
    }

    /** Writes a report block; the next one's share of losses begins here. @return where it ends */
    int writeBlock(byte[] packet, int at, long nowNs) {
        long expected = highest - first + 1;
        long due = expected - expectedBefore;
        long missing = due - (received - receivedBefore);
        int fraction = due <= 0 || missing <= 0 ? 0 : (int) Math.min(255, missing * 256 / due);
        expectedBefore = expected;
        receivedBefore = received;
        RtpHeader.put32(packet, at, ssrc);
        RtpHeader.put32(packet, at + 4, Math.max(-0x80_0000, Math.min(0x7F_FFFF, lost())) & 0xFF_FFFF);
        packet[at + 4] = (byte) fraction;
        RtpHeader.put32(packet, at + 8, highest);
        RtpHeader.put32(packet, at + 12, Math.round(jitter));
        RtpHeader.put32(packet, at + 16, reportNtp);
        RtpHeader.put32(packet, at + 20, reportNtp == 0 ? 0 : (nowNs - reportNs) / 1000 * 65_536 / 1_000_000);
        return at + 24;
    }
}
