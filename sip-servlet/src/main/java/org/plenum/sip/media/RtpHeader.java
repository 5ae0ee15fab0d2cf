/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

/** The header of RTP packets (RFC 3550 section 5.1). One thread. */
final class RtpHeader {
    static final int LENGTH = 12;

    private int payloadType;
    private int sequence;
    private long timestamp;
    private long ssrc;
    private int payloadAt;
    private int payloadLength;

    /** @return false: this is no RTP packet with something in it */
    boolean read(byte[] packet, int length) {
        if (length < LENGTH || (packet[0] & 0xC0) != 0x80) {
            return false;
        }
        int type = packet[1] & 0x7F;
        if (type >= 64 && type < 96) { // RTCP beside RTP, RFC 5761 section 4
            return false;
        }
        int at = LENGTH + 4 * (packet[0] & 0xF);
        if ((packet[0] & 0x10) != 0) {
            if (at + 4 > length) {
                return false;
            }
            at += 4 + 4 * u16(packet, at + 2);
        }
        int padding = (packet[0] & 0x20) != 0 ? packet[length - 1] & 0xFF : 0;
        if (at + padding >= length) {
            return false;
        }
        payloadType = type;
        sequence = u16(packet, 2);
        timestamp = u32(packet, 4);
        ssrc = u32(packet, 8);
        payloadAt = at;
        payloadLength = length - at - padding;
        return true;
    }

    int payloadType() {
        return payloadType;
    }

    int sequence() {
        return sequence;
    }

    long timestamp() {
        return timestamp;
    }

    long ssrc() {
        return ssrc;
    }

    int payloadAt() {
        return payloadAt;
    }

    int payloadLength() {
        return payloadLength;
    }

    private static int u16(byte[] packet, int at) {
        return (packet[at] & 0xFF) << 8 | packet[at + 1] & 0xFF;
    }

    private static long u32(byte[] packet, int at) {
        return Integer.toUnsignedLong(u16(packet, at) << 16 | u16(packet, at + 2));
    }

    static void write(byte[] packet, boolean marker, int type, int sequence, long timestamp, long ssrc) {
        packet[0] = (byte) 0x80;
        packet[1] = (byte) ((marker ? 0x80 : 0) | type);
        put16(packet, 2, sequence);
        put32(packet, 4, timestamp);
        put32(packet, 8, ssrc);
    }

    private static void put16(byte[] packet, int at, int value) {
        packet[at] = (byte) (value >> 8);
        packet[at + 1] = (byte) value;
    }

    private static void put32(byte[] packet, int at, long value) {
        put16(packet, at, (int) (value >> 16));
        put16(packet, at + 2, (int) value);
    }
}
