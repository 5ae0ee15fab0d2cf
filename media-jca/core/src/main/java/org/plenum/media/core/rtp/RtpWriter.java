/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/**
 * Writes the header of an outgoing RTP packet into the caller's buffer (RFC 3550 section 5.1), with extensions in the one-byte
 * form (RFC 8285 section 4.2). One instance a loop: {@link #begin}, then extensions, then {@link #endHeader}; the payload
 * follows from there. The caller's buffer must have room for {@link #MAX_HEADER} octets.
 */
public final class RtpWriter {
    /** The fixed header, 4 octets of extension header, 14 extensions of 17 octets. */
    public static final int MAX_HEADER = RtpView.FIXED_HEADER + 4 + 14 * 17 + 2;

    private ByteBuffer buffer;
    private int start;
    private int at;
    private boolean extended;

    /**
     * @param sequenceNumber and timestamp and ssrc are cut to 16, 32 and 32 bits
     */
    public void begin(
            ByteBuffer buffer,
            int offset,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            long timestamp,
            long ssrc) {
        this.buffer = buffer;
        start = offset;
        at = offset + RtpView.FIXED_HEADER;
        extended = false;
        buffer.put(offset, (byte) 0x80);
        buffer.put(offset + 1, (byte) ((marker ? 0x80 : 0) | payloadType & 0x7F));
        buffer.putShort(offset + 2, (short) sequenceNumber);
        buffer.putInt(offset + 4, (int) timestamp);
        buffer.putInt(offset + 8, (int) ssrc);
    }

    /**
     * @param id 1 to 14
     * @param value 1 to 16 octets
     */
    public void extension(int id, byte[] value) {
        item(id, value.length);
        buffer.put(at, value);
        at += value.length;
    }

    /**
     * As {@link #extension(int, byte[])}, with the value where another packet has it.
     *
     * @param length 1 to 16 octets
     */
    public void extension(int id, ByteBuffer source, int position, int length) {
        item(id, length);
        buffer.put(at, source, position, length);
        at += length;
    }

    /** Abs-send-time: 24 bits of seconds with 18 bits behind the point, so it wraps every 64 s. */
    public void absSendTime(int id, long nowNs) {
        item(id, 3);
        long fraction = Math.floorMod(nowNs, 64_000_000_000L) / 1000 * (1 << 18) / 1_000_000;
        buffer.put(at, (byte) (fraction >>> 16));
        buffer.putShort(at + 1, (short) fraction);
        at += 3;
    }

    /** The transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2). */
    public void transportSequenceNumber(int id, int value) {
        item(id, 2);
        buffer.putShort(at, (short) value);
        at += 2;
    }

    /** @return index of the first payload octet */
    public int endHeader() {
        if (extended) {
            while ((at - start) % 4 != 0) {
                buffer.put(at++, (byte) 0);
            }
            buffer.putShort(start + RtpView.FIXED_HEADER + 2, (short) ((at - start - RtpView.FIXED_HEADER - 4) / 4));
        }
        return at;
    }

    private void item(int id, int length) {
        if (!extended) {
            extended = true;
            buffer.put(start, (byte) 0x90);
            buffer.putShort(at, (short) 0xBEDE);
            at += 4;
        }
        buffer.put(at++, (byte) (id << 4 | length - 1));
    }
}
