/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** RTCP of one call (RFC 3550 section 6): what we tell and what we are told. One thread, no clock. */
final class Reports {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int DESCRIPTION = 202;
    private static final int GOODBYE = 203;
    private static final long NTP_OFFSET_S = 2_208_988_800L; // RFC 5905: 1900 to 1970
    private static final byte[] NAME = "plenum".getBytes(StandardCharsets.US_ASCII);

    private final long ssrc;
    private final Reception reception = new Reception();
    private long packetsBefore;

    Reports(long ssrc) {
        this.ssrc = ssrc;
    }

    Reception reception() {
        return reception;
    }

    /** What was sent so far. */
    record Sent(long timestamp, long packets, long octets) {}

    /**
     * A compound packet: report, with a block about the other side if it was heard, and our name.
     *
     * @param wallMs milliseconds since 1970
     * @param last whether we leave
     * @return its length
     */
    int write(byte[] packet, Sent sent, long wallMs, long nowNs, boolean last) {
        boolean sender = sent.packets() > packetsBefore;
        packetsBefore = sent.packets();
        RtpHeader.put32(packet, 4, ssrc);
        int at = 8;
        if (sender) {
            RtpHeader.put32(packet, at, wallMs / 1000 + NTP_OFFSET_S);
            RtpHeader.put32(packet, at + 4, (wallMs % 1000 << 32) / 1000);
            RtpHeader.put32(packet, at + 8, sent.timestamp());
            RtpHeader.put32(packet, at + 12, sent.packets());
            RtpHeader.put32(packet, at + 16, sent.octets());
            at += 20;
        }
        int blocks = reception.hasBegun() ? 1 : 0;
        if (blocks == 1) {
            at = reception.writeBlock(packet, at, nowNs);
        }
        head(packet, 0, blocks, sender ? SENDER_REPORT : RECEIVER_REPORT, at);
        at = writeName(packet, at);
        return last ? writeGoodbye(packet, at) : at;
    }

    private int writeName(byte[] packet, int from) {
        int end = from + 8 + (2 + NAME.length + 1 + 3) / 4 * 4; // type, length, text, and zeros to the next word
        Arrays.fill(packet, from + 8, end, (byte) 0);
        RtpHeader.put32(packet, from + 4, ssrc);
        packet[from + 8] = 1;
        packet[from + 9] = (byte) NAME.length;
        System.arraycopy(NAME, 0, packet, from + 10, NAME.length);
        head(packet, from, 1, DESCRIPTION, end);
        return end;
    }

    private int writeGoodbye(byte[] packet, int from) {
        RtpHeader.put32(packet, from + 4, ssrc);
        head(packet, from, 1, GOODBYE, from + 8);
        return from + 8;
    }

    private static void head(byte[] packet, int at, int count, int type, int end) {
        packet[at] = (byte) (0x80 | count);
        packet[at + 1] = (byte) type;
        RtpHeader.put16(packet, at + 2, (end - at) / 4 - 1);
    }

    /** Whether a packet on the port of RTP is one of reports (RFC 5761 section 4). */
    static boolean isReport(byte[] packet, int length) {
        return length >= 8 && (packet[0] & 0xC0) == 0x80 && (packet[1] & 0xFF) >= 192 && (packet[1] & 0xFF) < 224;
    }

    /** Takes from a compound packet when it was sent, which the next report of ours repeats. What is odd in it ends the reading. */
    void read(byte[] packet, int length, long nowNs) {
        int at = 0;
        while (at + 8 <= length && (packet[at] & 0xC0) == 0x80) {
            int end = at + 4 + 4 * RtpHeader.u16(packet, at + 2);
            if ((packet[at + 1] & 0xFF) == SENDER_REPORT && at + 28 <= Math.min(end, length)) {
                reception.report(RtpHeader.u32(packet, at + 10), nowNs);
            }
            at = end;
        }
    }
}
