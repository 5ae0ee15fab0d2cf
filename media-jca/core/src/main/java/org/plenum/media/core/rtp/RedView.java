/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/**
 * A movable window on the payload of redundant audio (RFC 2198 section 3): what was sent before, the oldest first, then what is new.
 * One instance a loop. {@link #wrap} checks all lengths, so the getters cannot leave the payload.
 *
 * <pre>
 *  0                   1                    2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |1|  block PT   |     timestamp offset      |   block length    |  each earlier block
 * |0|  block PT   |                                                 the last one
 * </pre>
 */
public final class RedView {
    /** Earlier blocks that are looked at, at most. */
    public static final int MOST_BLOCKS = 16;

    /** Octets of the header of an earlier block. */
    public static final int BLOCK_HEADER = 4;

    /** A block and how far back it lies must be below these. */
    public static final int LENGTH_LIMIT = 1 << 10;

    public static final int OFFSET_LIMIT = 1 << 14;

    private final int[] types = new int[MOST_BLOCKS + 1];
    private final int[] timestampOffsets = new int[MOST_BLOCKS + 1];
    private final int[] offsets = new int[MOST_BLOCKS + 1];
    private final int[] lengths = new int[MOST_BLOCKS + 1];
    private int blocks;

    /** @return false when this is no such payload: the caller counts and drops the packet */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        int end = offset + length;
        int at = offset;
        int earlier = 0;
        int octets = 0;
        while (at < end && buffer.get(at) < 0) {
            if (earlier == MOST_BLOCKS || at + BLOCK_HEADER > end) {
                return false;
            }
            int head = buffer.getInt(at);
            types[earlier] = head >>> 24 & 0x7F;
            timestampOffsets[earlier] = head >>> 10 & OFFSET_LIMIT - 1;
            lengths[earlier] = head & LENGTH_LIMIT - 1;
            octets += lengths[earlier++];
            at += BLOCK_HEADER;
        }
        if (at >= end || at + 1 + octets > end) {
            return false;
        }
        types[earlier] = buffer.get(at++);
        timestampOffsets[earlier] = 0;
        lengths[earlier] = end - at - octets;
        for (int i = 0; i <= earlier; i++) {
            offsets[i] = at;
            at += lengths[i];
        }
        blocks = earlier;
        return true;
    }

    /** How many earlier blocks there are; the one with this index is what is new. */
    public int earlier() {
        return blocks;
    }

    /** @param index 0 to {@link #earlier}, the oldest first */
    public int payloadType(int index) {
        return types[index];
    }

    /** How much older than the packet, in units of its clock. */
    public int timestampOffset(int index) {
        return timestampOffsets[index];
    }

    /** Index of the first octet. */
    public int offset(int index) {
        return offsets[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    /**
     * Makes the packet one that carries only what is new, in place: its header moves over what was before.
     *
     * @param packet whose payload this window shows; afterwards it shows the plain packet, of the type of its last block
     */
    public void unwrap(RtpView packet) {
        ByteBuffer buffer = packet.buffer();
        int start = packet.offset();
        int by = offsets[blocks] - packet.payloadOffset();
        for (int i = packet.payloadOffset() - 1; i >= start; i--) {
            buffer.put(i + by, buffer.get(i));
        }
        packet.wrap(buffer, start + by, packet.length() - by); // same header, so it fits
        packet.payloadType(types[blocks]);
    }
}
