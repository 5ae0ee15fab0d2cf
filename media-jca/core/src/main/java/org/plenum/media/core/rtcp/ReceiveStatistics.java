/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import java.nio.ByteBuffer;
import org.plenum.media.core.rtp.SequenceNumbers;

/**
 * What a receiver report says about one incoming SSRC (RFC 3550 sections 6.4.1, A.1, A.3, A.8). Feed it every packet of the
 * stream as it arrives, without those restored from retransmissions: the report is about the path, not about repairs.
 */
public final class ReceiveStatistics {
    private static final int MAX_DROPOUT = 3000; // RFC 3550 A.1
    private static final int MAX_LOST = 0x7FFFFF; // 24 bits with sign

    private final long clockRate;
    private long base = -1;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int restartAt = -1;
    private double jitter;
    private long lastTransit;
    private boolean hasTransit;
    private int lastSenderReport;
    private long senderReportNs;

    /** @param clockRate of the payload in Hz */
    public ReceiveStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** @param timestamp of the packet, 0 to 2^32 - 1 */
    public void onPacket(int sequenceNumber, long timestamp, long nowNs) {
        if (count(sequenceNumber)) {
            updateJitter(timestamp, nowNs);
        }
    }

    /** A packet whose timestamp does not tell when it was sent, as those of keys do not (RFC 4733 section 2.2.1). */
    public void onUntimedPacket(int sequenceNumber) {
        count(sequenceNumber);
    }

    /** @return false: it is not believed yet */
    private boolean count(int sequenceNumber) {
        if (base < 0) {
            restart(sequenceNumber);
        }
        long seq = SequenceNumbers.unwrap(highest, sequenceNumber);
        if (seq > highest + MAX_DROPOUT || seq < highest - MAX_DROPOUT) {
            if (sequenceNumber != restartAt) { // RFC 3550 A.1: only two in a row make a new start believable
                restartAt = sequenceNumber + 1 & 0xFFFF;
                return false;
            }
            restart(sequenceNumber);
            seq = highest;
        }
        restartAt = -1;
        highest = Math.max(highest, seq);
        received++;
        return true;
    }

    /** Remembers a sender report of this SSRC, which the next reports refer to. */
    public void onSenderReport(long ntp, long nowNs) {
        lastSenderReport = (int) (ntp >>> 16);
        senderReportNs = nowNs;
    }

    /** @return packets received, duplicates included */
    public long received() {
        return received;
    }

    /** @return packets that should have come minus those that came; negative with duplicates */
    public long lost() {
        return base < 0 ? 0 : highest - base + 1 - received;
    }

    /** @return in units of the clock rate */
    public long jitter() {
        return (long) jitter;
    }

    /** Writes a report block of 24 octets and begins a new interval for its loss fraction. */
    void write(ByteBuffer buffer, int at, long ssrc, long nowNs) {
        long expected = base < 0 ? 0 : highest - base + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int lost = (int) Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, expected - received));
        buffer.putInt(at, (int) ssrc);
        buffer.putInt(at + 4, fraction << 24 | lost & 0xFFFFFF);
        buffer.putInt(at + 8, (int) highest);
        buffer.putInt(at + 12, (int) jitter);
        buffer.putInt(at + 16, lastSenderReport);
        long delay = lastSenderReport == 0 ? 0 : NtpTime.compact(nowNs - senderReportNs);
        buffer.putInt(at + 20, (int) delay);
    }

    private void restart(int sequenceNumber) {
        base = sequenceNumber;
        highest = sequenceNumber;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        hasTransit = false;
    }

    /** RFC 3550 A.8: differences of transit times, smoothed by a sixteenth. */
    private void updateJitter(long timestamp, long nowNs) {
        long arrival = nowNs / 1_000_000_000L * clockRate + nowNs % 1_000_000_000L * clockRate / 1_000_000_000L;
        long transit = (int) (arrival - timestamp);
        if (hasTransit) {
            int difference = Math.abs((int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
        }
        hasTransit = true;
        lastTransit = transit;
    }
}
