/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/**
 * A movable window on the VP8 payload descriptor (RFC 7741 section 4.2). One instance a loop. Works on end-to-end encrypted
 * frames too: descriptor and first payload octet stay clear.
 *
 * <pre>
 *  |X|R|N|S|R| PID |   always
 *  |I|L|T|K|  RSV  |   when X
 *  |M| PictureID   |   when I; 15 bits when M
 *  |   TL0PICIDX   |   when L
 *  |TID|Y| KEYIDX  |   when T or K
 * </pre>
 */
public final class Vp8Descriptor {
    public static final int ABSENT = -1;

    private static final int KEY_FRAME_HEADER = 10;

    private ByteBuffer buffer;
    private int start;
    private int pictureIdAt;
    private int tl0At;
    private int tidAt;
    private boolean hasTid;
    private boolean hasKeyIdx;
    private boolean keyFrame;
    private int length;

    /** @return false when the payload is empty or ends within the descriptor: the caller counts and drops the packet */
    public boolean wrap(ByteBuffer buffer, int offset, int payloadLength) {
        if (payloadLength < 1) {
            return false;
        }
        int at = offset + 1;
        int end = offset + payloadLength;
        int flags = 0;
        if (buffer.get(offset) < 0) {
            if (at == end) {
                return false;
            }
            flags = buffer.get(at++);
        }
        int picture = ABSENT;
        if ((flags & 0x80) != 0) {
            if (at == end) {
                return false;
            }
            picture = at;
            at += buffer.get(at) < 0 ? 2 : 1;
        }
        int tl0 = (flags & 0x40) == 0 ? ABSENT : at++;
        int tid = (flags & 0x30) == 0 ? ABSENT : at++;
        if (at >= end) { // a descriptor without a single octet of the frame is of no use
            return false;
        }
        this.buffer = buffer;
        this.start = offset;
        this.pictureIdAt = picture;
        this.tl0At = tl0;
        this.tidAt = tid;
        this.hasTid = (flags & 0x20) != 0;
        this.hasKeyIdx = (flags & 0x10) != 0;
        this.length = at - offset;
        // RFC 6386 section 9.1: bit 0 clear, then ten octets that are never split over packets
        this.keyFrame = startOfFrame() && (buffer.get(at) & 0x01) == 0 && end - at >= KEY_FRAME_HEADER;
        return true;
    }

    /** First packet of a frame: start of partition 0. */
    public boolean startOfFrame() {
        return (buffer.get(start) & 0x17) == 0x10;
    }

    /** First packet of a key frame. */
    public boolean keyFrame() {
        return keyFrame;
    }

    /** @return octets of the descriptor */
    public int length() {
        return length;
    }

    /** @return 0 to 127 or 0 to 32767, or ABSENT */
    public int pictureId() {
        if (pictureIdAt == ABSENT) {
            return ABSENT;
        }
        return buffer.get(pictureIdAt) < 0 ? buffer.getShort(pictureIdAt) & 0x7FFF : buffer.get(pictureIdAt);
    }

    /** Keeps the field's width, cutting what does not fit; does nothing when the field is not there. */
    public void pictureId(int value) {
        if (pictureIdAt == ABSENT) {
            return;
        }
        if (buffer.get(pictureIdAt) < 0) {
            buffer.putShort(pictureIdAt, (short) (value | 0x8000));
        } else {
            buffer.put(pictureIdAt, (byte) (value & 0x7F));
        }
    }

    /** @return 0 to 255, or ABSENT */
    public int tl0PicIdx() {
        return tl0At == ABSENT ? ABSENT : buffer.get(tl0At) & 0xFF;
    }

    /** Does nothing when the field is not there. */
    public void tl0PicIdx(int value) {
        if (tl0At != ABSENT) {
            buffer.put(tl0At, (byte) value);
        }
    }

    /** @return temporal layer 0 to 3, or ABSENT */
    public int temporalId() {
        return hasTid ? (buffer.get(tidAt) & 0xFF) >>> 6 : ABSENT;
    }

    /** True when the frame depends on the base layer alone, so a receiver may go up to its layer here. */
    public boolean layerSync() {
        return hasTid && (buffer.get(tidAt) & 0x20) != 0;
    }

    /** @return 0 to 31, or ABSENT */
    public int keyIdx() {
        return hasKeyIdx ? buffer.get(tidAt) & 0x1F : ABSENT;
    }

    /** Does nothing when the field is not there. */
    public void keyIdx(int value) {
        if (hasKeyIdx) {
            buffer.put(tidAt, (byte) (buffer.get(tidAt) & 0xE0 | value & 0x1F));
        }
    }
}
