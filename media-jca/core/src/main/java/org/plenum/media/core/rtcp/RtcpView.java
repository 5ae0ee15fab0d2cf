/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import java.nio.ByteBuffer;

/**
 * A movable window on the packets of one compound RTCP datagram (RFC 3550 section 6.1; reduced size, RFC 5506, is the same to
 * us). One instance a loop: {@link #wrap}, then {@link #next} until it says false. Packets whose length or contents do not fit
 * are passed over and counted in {@link #skipped}, packets of unknown type too; what follows a packet that runs past the end
 * cannot be found and is lost.
 *
 * <p>The getters below belong to the kinds named beside them and are checked when {@code next} has found that kind.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P| count or FMT |      PT      |     length in words - 1    |
 * |                        SSRC of the sender                      |
 * </pre>
 */
public final class RtcpView {
    /** What a packet is. */
    public enum Kind {
        SENDER_REPORT,
        RECEIVER_REPORT,
        SDES,
        BYE,
        APP,
        NACK,
        TRANSPORT_FEEDBACK,
        PLI,
        FIR,
        REMB,
        XR
    }

    private static final int HEADER = 8; // with the SSRC of the sender
    private static final int FEEDBACK_HEADER = 12; // RFC 4585 section 6.1: and the SSRC of the media
    private static final int REPORT_BLOCK = 24;
    private static final int REMB_NAME = 0x52454D42; // draft-alvestrand-rmcat-remb-03 section 2.2

    private ByteBuffer buffer;
    private int at;
    private int end;
    private int nextAt;
    private int length; // without padding
    private int skipped;
    private Kind kind;

    /** @return false when this is no RTCP at all: the caller counts and drops it */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        if (length < 4 || (buffer.get(offset) & 0xC0) != 0x80) {
            return false;
        }
        this.buffer = buffer;
        this.nextAt = offset;
        this.end = offset + length;
        this.skipped = 0;
        return true;
    }

    /** @return false at the end of the compound */
    public boolean next() {
        while (nextAt + 4 <= end) {
            at = nextAt;
            int size = 4 + 4 * Short.toUnsignedInt(buffer.getShort(at + 2));
            if ((buffer.get(at) & 0xC0) != 0x80 || size > end - at) {
                nextAt = end;
                skipped++;
                return false;
            }
            nextAt = at + size;
            length = withoutPadding(size);
            kind = length < 0 ? null : kind();
            if (kind != null) {
                return true;
            }
            skipped++;
        }
        return false;
    }

    /** @return packets of this compound that were passed over so far */
    public int skipped() {
        return skipped;
    }

    /** @return what {@link #next} found */
    public Kind found() {
        return kind;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** @return index of the packet's first octet */
    public int packetOffset() {
        return at;
    }

    /** @return octets of the packet without padding */
    public int packetLength() {
        return length;
    }

    /** Every kind. @return 0 to 2^32 - 1; for SDES and BYE the first source, 0 when there is none */
    public long senderSsrc() {
        return length < HEADER ? 0 : uint(4);
    }

    /** NACK, TRANSPORT_FEEDBACK, PLI, FIR, REMB. */
    public long mediaSsrc() {
        return uint(8);
    }

    /** SENDER_REPORT. @return seconds since 1900 in 32.32 fixed point (RFC 5905 section 6) */
    public long ntp() {
        return buffer.getLong(at + 8);
    }

    /** SENDER_REPORT. @return 0 to 2^32 - 1 */
    public long rtpTimestamp() {
        return uint(16);
    }

    /** SENDER_REPORT. */
    public long packetCount() {
        return uint(20);
    }

    /** SENDER_REPORT. @return octets of payload */
    public long octetCount() {
        return uint(24);
    }

    /** SENDER_REPORT, RECEIVER_REPORT. */
    public int reportCount() {
        return count();
    }

    /** Reports. @param index 0 to {@link #reportCount} - 1, also below */
    public long reportSsrc(int index) {
        return uint(report(index));
    }

    /** Reports. @return 0 to 255: lost since the last report, in 256ths */
    public int fractionLost(int index) {
        return buffer.get(at + report(index) + 4) & 0xFF;
    }

    /** Reports. @return 24 bits with sign; negative with duplicates */
    public int cumulativeLost(int index) {
        return buffer.getInt(at + report(index) + 4) << 8 >> 8;
    }

    /** Reports. @return rounds in the upper 16 bits, sequence number in the lower */
    public long highestSequence(int index) {
        return uint(report(index) + 8);
    }

    /** Reports. @return in units of the clock rate */
    public long jitter(int index) {
        return uint(report(index) + 12);
    }

    /** Reports. @return the middle 32 bits of the NTP time of the last sender report, 0 without one */
    public int lastSenderReport(int index) {
        return buffer.getInt(at + report(index) + 16);
    }

    /** Reports. @return since then, in 65536ths of a second */
    public long delaySinceLastSenderReport(int index) {
        return uint(report(index) + 20);
    }

    /** SDES. @return index of the CNAME of the first source, or -1 */
    public int cnameOffset() {
        int item = count() == 0 ? -1 : cname();
        return item < 0 ? -1 : item + 2;
    }

    /** SDES. @return octets of the CNAME of the first source, 0 without one */
    public int cnameLength() {
        int item = count() == 0 ? -1 : cname();
        return item < 0 ? 0 : buffer.get(item + 1) & 0xFF;
    }

    /** BYE. */
    public int byeCount() {
        return count();
    }

    /** BYE. @param index 0 to {@link #byeCount} - 1 */
    public long byeSsrc(int index) {
        return uint(4 + 4 * index);
    }

    /** NACK. */
    public int nackCount() {
        return (length - FEEDBACK_HEADER) / 4;
    }

    /** NACK. @param index 0 to {@link #nackCount} - 1; @return the first lost packet, 0 to 65535 */
    public int nackPid(int index) {
        return Short.toUnsignedInt(buffer.getShort(at + FEEDBACK_HEADER + 4 * index));
    }

    /** NACK. @return bit n set: the packet n + 1 behind the first is lost too (RFC 4585 section 6.2.1) */
    public int nackBitmask(int index) {
        return Short.toUnsignedInt(buffer.getShort(at + FEEDBACK_HEADER + 4 * index + 2));
    }

    /** FIR. */
    public int firCount() {
        return (length - FEEDBACK_HEADER) / 8;
    }

    /** FIR. @param index 0 to {@link #firCount} - 1 */
    public long firSsrc(int index) {
        return uint(FEEDBACK_HEADER + 8 * index);
    }

    /** FIR. @return 0 to 255; a repeated number is the same request (RFC 5104 section 4.3.1.1) */
    public int firSequence(int index) {
        return buffer.get(at + FEEDBACK_HEADER + 8 * index + 4) & 0xFF;
    }

    /** REMB. @return bit/s, at most Long.MAX_VALUE */
    public long bitrate() {
        int word = buffer.getInt(at + 16);
        int exponent = word >>> 18 & 0x3F;
        long mantissa = word & 0x3FFFF;
        return mantissa == 0 || exponent <= Long.numberOfLeadingZeros(mantissa) - 1
                ? mantissa << exponent
                : Long.MAX_VALUE;
    }

    /** REMB. */
    public int rembSsrcCount() {
        return buffer.get(at + 16) & 0xFF;
    }

    /** REMB. @param index 0 to {@link #rembSsrcCount} - 1 */
    public long rembSsrc(int index) {
        return uint(20 + 4 * index);
    }

    /** @return the length without padding (RFC 3550 section 6.4.1), -1 when its count is impossible */
    private int withoutPadding(int size) {
        if ((buffer.get(at) & 0x20) == 0) {
            return size;
        }
        int padding = buffer.get(at + size - 1) & 0xFF;
        if (padding == 0 || padding > size - 4) {
            return -1;
        }
        if (count() == 15 && (buffer.get(at + 1) & 0xFF) == 205) {
            return size; // transport-wide feedback pads to a word only, some count wrongly, and it knows its own end
        }
        return padding % 4 == 0 ? size - padding : -1;
    }

    private Kind kind() {
        int type = buffer.get(at + 1) & 0xFF;
        return switch (type) {
            case 200 -> fits(28 + REPORT_BLOCK * count(), Kind.SENDER_REPORT);
            case 201 -> fits(HEADER + REPORT_BLOCK * count(), Kind.RECEIVER_REPORT);
            case 202 -> sourcesFit() ? Kind.SDES : null;
            case 203 -> fits(4 + 4 * count(), Kind.BYE);
            case 204 -> fits(12, Kind.APP);
            case 205 -> transportLayerFeedback();
            case 206 -> payloadFeedback();
            case 207 -> fits(HEADER, Kind.XR);
            default -> null;
        };
    }

    private Kind transportLayerFeedback() {
        return switch (count()) {
            case 1 -> length % 4 == 0 ? fits(FEEDBACK_HEADER + 4, Kind.NACK) : null;
            case 15 -> fits(FEEDBACK_HEADER + 8, Kind.TRANSPORT_FEEDBACK);
            default -> null;
        };
    }

    private Kind payloadFeedback() {
        return switch (count()) {
            case 1 -> fits(FEEDBACK_HEADER, Kind.PLI);
            case 4 -> fits(FEEDBACK_HEADER + 8, Kind.FIR);
            case 15 -> length >= 20 && uint(12) == REMB_NAME ? fits(20 + 4 * rembSsrcCount(), Kind.REMB) : null;
            default -> null;
        };
    }

    private Kind fits(int needed, Kind kind) {
        return length >= needed ? kind : null;
    }

    /** Walks all chunks (RFC 3550 section 6.5): SSRC, items, at least one zero octet up to a full word. */
    private boolean sourcesFit() {
        int stop = at + length;
        int position = at + 4;
        for (int chunk = 0; chunk < count(); chunk++) {
            if (position + 4 > stop) {
                return false;
            }
            position += 4;
            while (position < stop && buffer.get(position) != 0) {
                if (position + 2 > stop) {
                    return false;
                }
                position += 2 + (buffer.get(position + 1) & 0xFF);
            }
            if (position >= stop) {
                return false;
            }
            position = at + ((position - at) / 4 + 1) * 4;
        }
        return true;
    }

    private int cname() {
        for (int item = at + HEADER; buffer.get(item) != 0; item += 2 + (buffer.get(item + 1) & 0xFF)) {
            if (buffer.get(item) == 1) {
                return item;
            }
        }
        return -1;
    }

    private int count() {
        return buffer.get(at) & 0x1F;
    }

    private int report(int index) {
        return (kind == Kind.SENDER_REPORT ? 28 : HEADER) + REPORT_BLOCK * index;
    }

    private long uint(int position) {
        return Integer.toUnsignedLong(buffer.getInt(at + position));
    }
}
