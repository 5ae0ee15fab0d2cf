/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

/**
 * What one receiver was sent lately, by number: which packet of which source went out under which sequence number, and when it
 * went last. The packets themselves are in the {@link PacketHistory} of their source. Twenty octets a packet, bounded.
 */
public final class RetransmitBuffer {
    private static final int NONE = -1;

    private final int mask;
    private final int[] sent; // outgoing number and original number in 16 bits each
    private final int[] epochs;
    private final long[] lastNs;
    private final boolean[] used;
    private final boolean[] taken;

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
    }

    /** @param epoch whatever the owner needs to rewrite the packet a second time like the first time; not negative */
    public void onSent(int outgoing, int original, int epoch, long nowNs) {
        int i = outgoing & mask;
        sent[i] = outgoing << 16 | original & 0xFFFF;
        epochs[i] = epoch;
        lastNs[i] = nowNs;
        used[i] = true;
        taken[i] = false;
    }

    /**
     * A receiver misses a packet.
     *
     * @param roundTripNs a packet that went less than this long ago may still be on its way and is not sent again
     * @return its epoch when it should be sent now, which is noted; -1 when it is unknown or was sent a moment ago
     */
    public int take(int outgoing, long roundTripNs, long nowNs) {
        int i = outgoing & mask;
        if (!used[i] || sent[i] >>> 16 != (outgoing & 0xFFFF) || nowNs - lastNs[i] < roundTripNs) {
            return NONE;
        }
        lastNs[i] = nowNs;
        taken[i] = true;
        return epochs[i];
    }

    /** @return whether {@link #take} has allowed it before, or does not know it */
    public boolean wasTaken(int outgoing) {
        int i = outgoing & mask;
        return !used[i] || sent[i] >>> 16 != (outgoing & 0xFFFF) || taken[i];
    }

    /** @return the number under which the source sent what {@link #take} allowed, 0 to 65535 */
    public int original(int outgoing) {
        return sent[outgoing & mask] & 0xFFFF;
    }
}
