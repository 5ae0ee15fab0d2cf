/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/**
 * Writes the payload of redundant audio (RFC 2198 section 3): {@link #begin} with what is new, then earlier packets of the same stream,
 * the oldest first, then {@link #write}. One instance a loop; what it is given is copied by {@link #write} only.
 */
public final class RedWriter {
    private static final int MOST_EARLIER = 2;
    private static final int MOST_OCTETS = 1000; // together, so that the packet stays below every MTU

    private final ByteBuffer[] buffers = new ByteBuffer[MOST_EARLIER];
    private final int[] offsets = new int[MOST_EARLIER];
    private final int[] lengths = new int[MOST_EARLIER];
    private final int[] timestampOffsets = new int[MOST_EARLIER];
    private RtpView packet;
    private int payloadType;
    private int earlier;
    private int octets;

    /** @param payloadType of all blocks, as the receiver numbers it */
    public void begin(RtpView packet, int payloadType) {
        this.packet = packet;
        this.payloadType = payloadType;
        earlier = 0;
        octets = 1 + packet.payloadLength();
    }

    /** Takes an earlier packet if it fits: not too large, not from too long ago. */
    public void earlier(RtpView before) {
        int length = before.payloadLength();
        long distance = packet.timestamp() - before.timestamp() & 0xFFFF_FFFFL;
        boolean fits = earlier < MOST_EARLIER
                && length > 0
                && length < RedView.LENGTH_LIMIT
                && distance > 0
                && distance < RedView.OFFSET_LIMIT
                && octets + RedView.BLOCK_HEADER + length <= MOST_OCTETS;
        if (fits) {
            buffers[earlier] = before.buffer();
            offsets[earlier] = before.payloadOffset();
            lengths[earlier] = length;
            timestampOffsets[earlier++] = (int) distance;
            octets += RedView.BLOCK_HEADER + length;
        }
    }

    /** @return the index behind the payload */
    public int write(ByteBuffer into, int at) {
        for (int i = 0; i < earlier; i++) {
            into.putInt(at, 0x8000_0000 | payloadType << 24 | timestampOffsets[i] << 10 | lengths[i]);
            at += RedView.BLOCK_HEADER;
        }
        into.put(at++, (byte) payloadType);
        for (int i = 0; i < earlier; i++) {
            into.put(at, buffers[i], offsets[i], lengths[i]);
            at += lengths[i];
        }
        into.put(at, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        return at + packet.payloadLength();
    }
}
