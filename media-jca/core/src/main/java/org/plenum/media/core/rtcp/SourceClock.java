/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

/**
 * What a source said about the relation of its wall clock to its RTP timestamps (RFC 3550 section 6.4.1). All sources of one
 * publisher share a wall clock, so passing the relation on, and nothing else, keeps their tracks in sync at the receiver.
 */
public final class SourceClock {
    private final long clockRate;
    private boolean known;
    private long ntp;
    private long timestamp;
    private long reportedNs;

    /** @param clockRate of the payload in Hz */
    public SourceClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /** @param timestamp and ntp of the source's newest sender report */
    public void onSenderReport(long ntp, long timestamp, long nowNs) {
        this.ntp = ntp;
        this.timestamp = timestamp;
        this.reportedNs = nowNs;
        known = true;
    }

    /** False before the first sender report: then there is nothing to pass on. */
    public boolean known() {
        return known;
    }

    /** @return the source's wall clock now, 32.32 fixed point; runs on from the last report */
    public long ntpAt(long nowNs) {
        return ntp + NtpTime.ofNanos(nowNs - reportedNs);
    }

    /** @return the source's RTP time now, 0 to 2^32 - 1 */
    public long timestampAt(long nowNs) {
        return timestamp + units(nowNs - reportedNs) & 0xFFFF_FFFFL;
    }

    /** @return the wall clock of a packet by its RTP timestamp, which must lie within hours of the last report */
    public long ntpOf(long packetTimestamp) {
        long ahead = (int) (packetTimestamp - timestamp);
        return ntp + NtpTime.ofNanos(ahead * 1_000_000_000L / clockRate);
    }

    /** @return the RTP time, 0 to 2^32 - 1, at which this source's wall clock shows {@code ntp} */
    public long timestampOf(long ntp) {
        return timestamp + units(NtpTime.toNanos(ntp - this.ntp)) & 0xFFFF_FFFFL;
    }

    private long units(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) * clockRate
                + Math.round(Math.floorMod(nanos, 1_000_000_000L) * clockRate / 1e9);
    }
}
