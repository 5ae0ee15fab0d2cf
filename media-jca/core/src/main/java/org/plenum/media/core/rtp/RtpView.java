/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/**
 * A movable window on one RTP packet in somebody else's buffer (RFC 3550 section 5.1). One instance a loop,
 * re-pointed at every packet, never kept. {@link #wrap} checks all lengths, so the getters cannot leave the packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                          CSRC (0 to 15)                       |
 * |      profile of extension     |  length in words              |
 * |                       extension items                         |
 * </pre>
 */
public final class RtpView {
    public static final int ABSENT = -1;

    /** Octets of the header that every packet has. */
    public static final int FIXED_HEADER = 12;

    private static final int ONE_BYTE_FORM = 0xBEDE; // RFC 8285 section 4.2
    private static final int TWO_BYTE_FORM =
            0x1000; // RFC 8285 section 4.3, the low four bits belong to the application
    private static final int ONE_BYTE_STOP = 15;

    private ByteBuffer buffer;
    private int offset;
    private int length;
    private int extensionsAt; // first item, ABSENT without items that we understand
    private boolean twoByteForm;
    private int headerLength;
    private int found; // data octets of the item found last

    /**
     * @param buffer in network byte order; the view reads it in place
     * @return false when this is no RTP packet: the caller counts and drops it. Padding is known only after decryption, so
     *     that it counts as payload until {@link #removePadding}
     */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        if (length < FIXED_HEADER || (buffer.get(offset) & 0xC0) != 0x80) {
            return false;
        }
        int header = FIXED_HEADER + 4 * (buffer.get(offset) & 0x0F);
        int items = ABSENT;
        boolean twoByte = false;
        if ((buffer.get(offset) & 0x10) != 0) {
            if (header + 4 > length) {
                return false;
            }
            int profile = Short.toUnsignedInt(buffer.getShort(offset + header));
            twoByte = (profile & 0xFFF0) == TWO_BYTE_FORM;
            items = twoByte || profile == ONE_BYTE_FORM ? offset + header + 4 : ABSENT;
            header += 4 + 4 * Short.toUnsignedInt(buffer.getShort(offset + header + 2));
        }
        if (header > length || items != ABSENT && !itemsFit(buffer, items, offset + header, twoByte)) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.extensionsAt = items;
        this.twoByteForm = twoByte;
        this.headerLength = header;
        return true;
    }

    /**
     * Takes the padding off after decryption (RFC 3550 section 5.1) and clears the padding bit.
     *
     * @return false when the count of padding octets is impossible: the caller counts and drops the packet
     */
    public boolean removePadding() {
        if ((buffer.get(offset) & 0x20) == 0) {
            return true;
        }
        int payload = length - headerLength;
        int padding = payload == 0 ? 0 : buffer.get(offset + length - 1) & 0xFF;
        if (padding == 0 || padding > payload) {
            return false;
        }
        length -= padding;
        buffer.put(offset, (byte) (buffer.get(offset) & ~0x20));
        return true;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** @return index of the packet's first octet */
    public int offset() {
        return offset;
    }

    /** @return octets from {@link #offset}; shrinks with {@link #removePadding} */
    public int length() {
        return length;
    }

    public boolean marker() {
        return buffer.get(offset + 1) < 0;
    }

    public void marker(boolean value) {
        buffer.put(offset + 1, (byte) (value ? buffer.get(offset + 1) | 0x80 : buffer.get(offset + 1) & 0x7F));
    }

    /** @return 0 to 127 */
    public int payloadType() {
        return buffer.get(offset + 1) & 0x7F;
    }

    public void payloadType(int value) {
        buffer.put(offset + 1, (byte) (buffer.get(offset + 1) & 0x80 | value & 0x7F));
    }

    /** @return 0 to 65535 */
    public int sequenceNumber() {
        return Short.toUnsignedInt(buffer.getShort(offset + 2));
    }

    /** Rewrites in place: this is what forwarding to one receiver needs. */
    public void sequenceNumber(int value) {
        buffer.putShort(offset + 2, (short) value);
    }

    /** @return 0 to 2^32 - 1, in units of the payload's clock rate */
    public long timestamp() {
        return Integer.toUnsignedLong(buffer.getInt(offset + 4));
    }

    public void timestamp(long value) {
        buffer.putInt(offset + 4, (int) value);
    }

    /** @return 0 to 2^32 - 1 */
    public long ssrc() {
        return Integer.toUnsignedLong(buffer.getInt(offset + 8));
    }

    public void ssrc(long value) {
        buffer.putInt(offset + 8, (int) value);
    }

    public int csrcCount() {
        return buffer.get(offset) & 0x0F;
    }

    /** @param index 0 to {@link #csrcCount} - 1 */
    public long csrc(int index) {
        return Integer.toUnsignedLong(buffer.getInt(offset + FIXED_HEADER + 4 * index));
    }

    /** @return octets of header, CSRCs and extensions together */
    public int headerLength() {
        return headerLength;
    }

    public int payloadOffset() {
        return offset + headerLength;
    }

    public int payloadLength() {
        return length - headerLength;
    }

    /**
     * @param id 1 to 14, or to 255 in packets with the two-byte form
     * @return index of the first data octet of the extension, or ABSENT; {@link #extensionLength} then has its length
     */
    public int extension(int id) {
        int end = offset + headerLength;
        for (int at = extensionsAt; at != ABSENT && at < end; ) {
            int item = itemId(buffer, at, twoByteForm);
            if (isStop(buffer, at, twoByteForm)) {
                return ABSENT;
            }
            int data = dataAt(at, item, twoByteForm);
            int size = item == 0 ? 0 : itemLength(buffer, at, twoByteForm);
            if (item != 0 && item == id) {
                found = size;
                return data;
            }
            at = data + size;
        }
        return ABSENT;
    }

    /** @return octets of the extension that {@link #extension} found last */
    public int extensionLength() {
        return found;
    }

    /**
     * Gives every extension the id of another session and turns those that it does not have into padding, in place and
     * without a change of length (RFC 8285 section 4.1.2: a zero octet is padding wherever an item may stand).
     *
     * @param ids new id by old id; 0 or beyond the end means not known. New ids above 14 need the two-byte form and are
     *     dropped in the one-byte form
     */
    public void renumberExtensions(byte[] ids) {
        int end = offset + headerLength;
        for (int at = extensionsAt; at != ABSENT && at < end; ) {
            int item = itemId(buffer, at, twoByteForm);
            if (isStop(buffer, at, twoByteForm)) {
                zero(at, end);
                return;
            }
            int next = dataAt(at, item, twoByteForm) + (item == 0 ? 0 : itemLength(buffer, at, twoByteForm));
            int id = item < ids.length ? ids[item] & 0xFF : 0;
            if (id == 0 || !twoByteForm && id >= ONE_BYTE_STOP) {
                zero(at, next);
            } else if (item != 0) {
                buffer.put(at, (byte) (twoByteForm ? id : id << 4 | buffer.get(at) & 0x0F));
            }
            at = next;
        }
    }

    /** @return false when the extension is not there or has another length; the packet is unchanged then */
    public boolean extension(int id, byte[] value) {
        int at = extension(id);
        if (at == ABSENT || found != value.length) {
            return false;
        }
        buffer.put(at, value);
        return true;
    }

    private void zero(int from, int to) {
        for (int i = from; i < to; i++) {
            buffer.put(i, (byte) 0);
        }
    }

    private static boolean itemsFit(ByteBuffer buffer, int from, int end, boolean twoByte) {
        for (int at = from; at < end; ) {
            int item = itemId(buffer, at, twoByte);
            if (isStop(buffer, at, twoByte)) {
                return true;
            }
            int data = dataAt(at, item, twoByte);
            if (data > end) {
                return false;
            }
            at = data + (item == 0 ? 0 : itemLength(buffer, at, twoByte));
            if (at > end) {
                return false;
            }
        }
        return true;
    }

    private static int itemId(ByteBuffer buffer, int at, boolean twoByte) {
        int head = buffer.get(at) & 0xFF;
        return twoByte ? head : head >>> 4;
    }

    /** RFC 8285 section 4.2: id 15 ends the items of the one-byte form, and so does id 0 with a length. */
    private static boolean isStop(ByteBuffer buffer, int at, boolean twoByte) {
        int head = buffer.get(at) & 0xFF;
        return !twoByte && (head >>> 4 == ONE_BYTE_STOP || head != 0 && head >>> 4 == 0);
    }

    /** An item with id 0 is one octet of padding. */
    private static int dataAt(int at, int item, boolean twoByte) {
        return item == 0 || !twoByte ? at + 1 : at + 2;
    }

    private static int itemLength(ByteBuffer buffer, int at, boolean twoByte) {
        return twoByte ? buffer.get(at + 1) & 0xFF : (buffer.get(at) & 0x0F) + 1;
    }
}
