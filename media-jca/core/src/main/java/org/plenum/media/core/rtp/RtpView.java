/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.*;

/**
 * A movable window on one RTP packet in somebody else's buffer (RFC 3550 section 5.1). One instance a loop,
 * re-pointed at every packet, never kept. {@link #wrap} checks all lengths, so the getters cannot leave the packet.
 */
public final class RtpView {
    public static final int ABSENT = -1;
    private static final int ONE_BYTE_FORM = 0xBEDE; // RFC 8285 section 4.2
    private ByteBuffer buffer;
    private int offset;
    private int extensionsAt;
    private int headerLength;

    /** @return false when this is no RTP packet: the caller counts and drops it. Padding is known only after decryption. */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        if (length < 12 || (buffer.get(offset) & 0xC0) != 0x80) {
            return false;
        }
        int header = 12 + 4 * (buffer.get(offset) & 0x0F);
        int extensions = ABSENT;
        if ((buffer.get(offset) & 0x10) != 0) {
            extensions = header;
            if (header + 4 > length) {
                return false;
            }
            header += 4 + 4 * Short.toUnsignedInt(buffer.getShort(offset + header + 2));
        }
        if (header > length) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.extensionsAt = extensions;
        this.headerLength = header;
        return true;
    }

    public int sequenceNumber() {
        return Short.toUnsignedInt(buffer.getShort(offset + 2));
    }

    /** Rewrites in place: this is what forwarding to one receiver needs. */
    public void sequenceNumber(int value) {
        buffer.putShort(offset + 2, (short) value);
    }

    public int payloadOffset() {
        return offset + headerLength;
    }

    /** @return index of the first data byte of the extension, or ABSENT. */
    public int extension(int id) {
        if (extensionsAt == ABSENT || Short.toUnsignedInt(buffer.getShort(offset + extensionsAt)) != ONE_BYTE_FORM) {
            return ABSENT;
        }
        int end = offset + headerLength;
        for (int at = offset + extensionsAt + 4; at < end; ) {
            int head = buffer.get(at) & 0xFF;
            int next = head == 0 ? at + 1 : at + 2 + (head & 0x0F); // a zero byte is padding
            if (head >>> 4 == 15 || next > end) {
                return ABSENT;
            }
            if (head != 0 && head >>> 4 == id) {
                return at + 1;
            }
            at = next;
        }
        return ABSENT;
    }
}
