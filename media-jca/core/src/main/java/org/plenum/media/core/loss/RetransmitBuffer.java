/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

/**
 * What one receiver was sent lately, by number: which packet of which source went out under which sequence number, and when it
 * went last. The packets themselves are in the {@link PacketHistory} of their source. Two dozen octets a packet, bounded.
 */
public final class RetransmitBuffer {
    private static final int NONE = -1;
    private static final int MOST_COPIES = 8;

    private final int mask;
    private final int[] sent; // outgoing number and original number in 16 bits each
    private final int[] epochs;
    private final long[] lastNs;
    private final boolean[] used;
    private final boolean[] taken;
    private final boolean[] arrived;
    private final byte[] copies; // that went out, the first one too
    private final byte[] lost; // of them, as far as the receiver has told

    /** @param packets remembered; a power of two */
    public RetransmitBuffer(int packets) {
        if (Integer.bitCount(packets) != 1 || packets > 1 << 15) {
            throw new IllegalArgumentException("packets must be a power of two up to 32768: " + packets);
        }
        mask = packets - 1;
        sent = new int[packets];
        epochs = new int[packets];
        lastNs = new long[packets];
        used = new boolean[packets];
        taken = new boolean[packets];
        arrived = new boolean[packets];
        copies = new byte[packets];
        lost = new byte[packets];
    }

    /** @param epoch whatever the owner needs to rewrite the packet a second time like the first time; not negative */
    public void onSent(int outgoing, int original, int epoch, long nowNs) {
        int i = outgoing & mask;
        sent[i] = outgoing << 16 | original & 0xFFFF;
        epochs[i] = epoch;
        lastNs[i] = nowNs;
        used[i] = true;
        taken[i] = false;
        arrived[i] = false;
        copies[i] = 1;
        lost[i] = 0;
    }

    /** What {@link #take} has allowed is on its way. */
    public void onSentAgain(int outgoing) {
        if (knows(outgoing) && copies[outgoing & mask] < MOST_COPIES) {
            copies[outgoing & mask]++;
        }
    }

    /**
     * The receiver tells the fate of one copy of a packet.
     *
     * @return whether all copies that went out were lost, so that there is nothing more to wait for; not after the eighth
     */
    public boolean onTold(int outgoing, boolean received) {
        int i = outgoing & mask;
        if (!knows(outgoing)) {
            return false;
        }
        arrived[i] |= received;
        lost[i] += received ? 0 : 1;
        return !arrived[i] && lost[i] >= copies[i] && copies[i] < MOST_COPIES;
    }

    /** @return whether a copy is known to have come, or nothing is known of the packet any more */
    public boolean hasArrived(int outgoing) {
        return !knows(outgoing) || arrived[outgoing & mask];
    }

    private boolean knows(int outgoing) {
        int i = outgoing & mask;
        return used[i] && sent[i] >>> 16 == (outgoing & 0xFFFF);
    }

    /**
     * A receiver misses a packet.
     *
     * @param roundTripNs a packet that went less than this long ago may still be on its way and is not sent again
     * @return its epoch when it should be sent now, which is noted; -1 when it is unknown or was sent a moment ago
     */
    public int take(int outgoing, long roundTripNs, long nowNs) {
        int i = outgoing & mask;
        if (!knows(outgoing) || nowNs - lastNs[i] < roundTripNs) {
            return NONE;
        }
        lastNs[i] = nowNs;
        taken[i] = true;
        return epochs[i];
    }

    /** @return whether {@link #take} has allowed it before, or does not know it */
    public boolean wasTaken(int outgoing) {
        return !knows(outgoing) || taken[outgoing & mask];
    }

    /** @return the number under which the source sent what {@link #take} allowed, 0 to 65535 */
    public int original(int outgoing) {
        return sent[outgoing & mask] & 0xFFFF;
    }
}
