/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.plenum.media.core.rtcp.NtpTime;
import org.plenum.media.core.rtcp.ReceiveStatistics;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.RtcpWriter;

/** RTCP of one call (RFC 3550 section 6): what we tell and what we are told. One thread, no clock. */
final class Reports {
    private static final long EPOCH_S = 2_208_988_800L; // 1900 to 1970, RFC 5905 section 6
    private static final byte[] NAME = "plenum".getBytes(StandardCharsets.US_ASCII);

    /** What was sent so far. */
    record Sent(long timestamp, long packets, long octets) {}

    private final long ssrc;
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpView view = new RtcpView();
    private long theirSsrc;
    private int clockRate;
    private ReceiveStatistics statistics; // null: nothing was heard
    private long packetsBefore;

    Reports(long ssrc) {
        this.ssrc = ssrc;
    }

    /** @param timed false for keys, whose timestamps stand still */
    void heard(RtpHeader header, int rate, boolean timed, long nowNs) {
        if (statistics == null || header.ssrc() != theirSsrc || rate != clockRate) {
            theirSsrc = header.ssrc();
            clockRate = rate;
            statistics = new ReceiveStatistics(rate);
        }
        if (timed) {
            statistics.onPacket(header.sequence(), header.timestamp(), nowNs);
        } else {
            statistics.onUntimedPacket(header.sequence());
        }
    }

    /** Packets of the other side that did not come, below 0 when some came twice. */
    long lost() {
        return statistics == null ? 0 : statistics.lost();
    }

    long jitterMs() {
        return statistics == null ? 0 : 1000 * statistics.jitter() / clockRate;
    }

    /**
     * A compound packet: report, with a block about the other side if it was heard, and our name.
     *
     * @param wallMs milliseconds since 1970
     * @param last whether we leave
     * @return its length
     */
    int write(ByteBuffer buffer, Sent sent, long wallMs, long nowNs, boolean last) {
        writer.begin(buffer, 0, buffer.capacity());
        if (sent.packets() > packetsBefore) {
            long ntp = (EPOCH_S << 32) + NtpTime.ofNanos(wallMs * 1_000_000);
            writer.senderReport(ssrc, ntp, sent.timestamp(), sent.packets(), sent.octets());
        } else {
            writer.receiverReport(ssrc);
        }
        packetsBefore = sent.packets();
        if (statistics != null) {
            writer.reportBlock(theirSsrc, statistics, nowNs);
        }
        writer.cname(ssrc, NAME);
        if (last) {
            writer.bye(ssrc);
        }
        return writer.length();
    }

    /** Whether a packet on the port of RTP is one of reports (RFC 5761 section 4). */
    static boolean isReport(byte[] packet, int length) {
        return length >= 8 && (packet[0] & 0xC0) == 0x80 && (packet[1] & 0xFF) >= 192 && (packet[1] & 0xFF) < 224;
    }

    /** Takes from a compound packet when it was sent, which the next report of ours repeats. */
    void read(ByteBuffer buffer, int length, long nowNs) {
        if (statistics == null || !view.wrap(buffer, 0, length)) {
            return;
        }
        while (view.next()) {
            if (view.found() == RtcpView.Kind.SENDER_REPORT && view.senderSsrc() == theirSsrc) {
                statistics.onSenderReport(view.ntp(), nowNs);
            }
        }
    }
}
