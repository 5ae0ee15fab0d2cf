/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import java.nio.ByteBuffer;

/**
 * Writes a compound RTCP datagram into the caller's buffer. One instance a loop: {@link #begin}, then packets, then
 * {@link #length} octets are ready. Every method that adds says false, and has changed nothing, when there is no room.
 */
public final class RtcpWriter {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int RTPFB = 205;
    private static final int PSFB = 206;
    private static final int MAX_COUNT = 31;

    private ByteBuffer buffer;
    private int start;
    private int at;
    private int limit;
    private int packet; // index of the packet that report blocks or lost packets are added to
    private int lastPid; // of the NACK being written, -1 before the first

    /** @param limit octets there is room for */
    public void begin(ByteBuffer buffer, int offset, int limit) {
        this.buffer = buffer;
        this.start = offset;
        this.at = offset;
        this.limit = offset + limit;
    }

    /** @return octets written since {@link #begin} */
    public int length() {
        return at - start;
    }

    /**
     * RFC 3550 section 6.4.1. Report blocks may follow.
     *
     * @param ntp 32.32 fixed point seconds since 1900
     */
    public boolean senderReport(long ssrc, long ntp, long rtpTimestamp, long packets, long octets) {
        if (!open(SR, 0, 28, ssrc)) {
            return false;
        }
        buffer.putLong(packet + 8, ntp);
        buffer.putInt(packet + 16, (int) rtpTimestamp);
        buffer.putInt(packet + 20, (int) packets);
        buffer.putInt(packet + 24, (int) octets);
        return true;
    }

    /** RFC 3550 section 6.4.2. Report blocks may follow. */
    public boolean receiverReport(long ssrc) {
        return open(RR, 0, 8, ssrc);
    }

    /** Adds a block to the report begun last; 31 fit into one. */
    public boolean reportBlock(long ssrc, ReceiveStatistics statistics, long nowNs) {
        int count = buffer.get(packet) & 0x1F;
        if (count == MAX_COUNT || at + 24 > limit) {
            return false;
        }
        statistics.write(buffer, at, ssrc, nowNs);
        buffer.put(packet, (byte) (0x80 | count + 1));
        grow(24);
        return true;
    }

    /** One source with its canonical name (RFC 3550 section 6.5.1). @param cname 1 to 255 octets of UTF-8 */
    public boolean cname(long ssrc, byte[] cname) {
        int size = (10 + cname.length) / 4 * 4 + 4; // at least one zero octet behind the item
        if (!open(SDES, 1, size, ssrc)) {
            return false;
        }
        for (int i = packet + 8; i < packet + size; i++) {
            buffer.put(i, (byte) 0);
        }
        buffer.put(packet + 8, (byte) 1);
        buffer.put(packet + 9, (byte) cname.length);
        buffer.put(packet + 10, cname);
        return true;
    }

    /** RFC 3550 section 6.6, one source, no reason. */
    public boolean bye(long ssrc) {
        return open(BYE, 1, 8, ssrc);
    }

    /** Picture loss indication (RFC 4585 section 6.3.1). */
    public boolean pli(long sender, long media) {
        return feedback(PSFB, 1, 12, sender, media);
    }

    /** Full intra request (RFC 5104 section 4.3.1) to one source. @param sequence grows by one with each new request */
    public boolean fir(long sender, long media, int sequence) {
        if (!feedback(PSFB, 4, 20, sender, 0)) {
            return false;
        }
        buffer.putInt(packet + 12, (int) media);
        buffer.putInt(packet + 16, sequence << 24);
        return true;
    }

    /** Begins a generic NACK (RFC 4585 section 6.2.1) with its first lost packet. */
    public boolean nack(long sender, long media, int sequenceNumber) {
        if (!feedback(RTPFB, 1, 16, sender, media)) {
            return false;
        }
        entry(packet + 12, sequenceNumber);
        return true;
    }

    /** Adds a lost packet to the NACK begun last; ascending numbers give the smallest packet. */
    public boolean alsoLost(int sequenceNumber) {
        int ahead = sequenceNumber - lastPid & 0xFFFF;
        if (ahead >= 1 && ahead <= 16) {
            buffer.putShort(at - 2, (short) (buffer.getShort(at - 2) | 1 << ahead - 1));
            return true;
        }
        if (at + 4 > limit) {
            return false;
        }
        entry(at, sequenceNumber);
        grow(4);
        return true;
    }

    /**
     * Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 section 2.2).
     *
     * @param ssrcs at most 255 streams the estimate is about
     */
    public boolean remb(long sender, long bitrate, long... ssrcs) {
        if (!feedback(PSFB, 15, 20 + 4 * ssrcs.length, sender, 0)) {
            return false;
        }
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrate) - 18);
        buffer.putInt(packet + 12, 0x52454D42);
        buffer.putInt(packet + 16, ssrcs.length << 24 | exponent << 18 | (int) (bitrate >>> exponent));
        for (int i = 0; i < ssrcs.length; i++) {
            buffer.putInt(packet + 20 + 4 * i, (int) ssrcs[i]);
        }
        return true;
    }

    /** Adds what a {@link TwccReceiver} has to say; false when it has nothing or there is no room for the smallest packet. */
    public boolean transportFeedback(long sender, long media, TwccReceiver receiver, long nowNs) {
        int size = receiver.write(buffer, at, limit - at, sender, media, nowNs);
        packet = at;
        at += size;
        return size > 0;
    }

    private void entry(int position, int sequenceNumber) {
        lastPid = sequenceNumber;
        buffer.putShort(position, (short) sequenceNumber);
        buffer.putShort(position + 2, (short) 0);
    }

    private boolean feedback(int type, int format, int size, long sender, long media) {
        if (!open(type, format, size, sender)) {
            return false;
        }
        buffer.putInt(packet + 8, (int) media);
        return true;
    }

    private boolean open(int type, int count, int size, long ssrc) {
        if (at + size > limit) {
            return false;
        }
        packet = at;
        buffer.put(packet, (byte) (0x80 | count));
        buffer.put(packet + 1, (byte) type);
        buffer.putInt(packet + 4, (int) ssrc);
        grow(size);
        return true;
    }

    private void grow(int size) {
        at += size;
        buffer.putShort(packet + 2, (short) ((at - packet) / 4 - 1));
    }
}
