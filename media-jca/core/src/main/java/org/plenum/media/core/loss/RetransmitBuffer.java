/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

/**
 * What one receiver was sent lately, by number: which packet of which source went out under which sequence number, and when it
 * went last. The packets themselves are in the {@link PacketHistory} of their source. Sixteen octets a packet, bounded.
 */
public final class RetransmitBuffer {
    private static final int NONE = -1;
    private static final int MOST_COPIES = 8;

    // what is known of a packet, from the lowest bit: original number, outgoing number, epoch, copies that went out
    // with the
    // first one, how many of them are known to be lost, whether it was taken, whether it has arrived
    private static final int OUTGOING = 16;
    private static final int EPOCH = 32;
    private static final int COPIES = 48;
    private static final int LOST = 52;
    private static final long ONE_COPY = 1L << COPIES;
    private static final long ONE_LOST = 1L << LOST;
    private static final long TAKEN = 1L << 56;
    private static final long ARRIVED = 1L << 57;

    private final int mask;

    /** Two for each: what is known, 0 for nothing, and when it went last. Side by side, as a receiver's memory is cold when its turn comes. */
    private final long[] packets;

    /** @param packets remembered; a power of two */
    public RetransmitBuffer(int packets) {
        if (Integer.bitCount(packets) != 1 || packets > 1 << 15) {
            throw new IllegalArgumentException("packets must be a power of two up to 32768: " + packets);
        }
        mask = packets - 1;
        this.packets = new long[2 * packets];
    }

    private int at(int outgoing) {
        return 2 * (outgoing & mask);
    }

    private static int sixteen(long packet, int from) {
        return (int) (packet >>> from) & 0xFFFF;
    }

    private static int four(long packet, int from) {
        return (int) (packet >>> from) & 0xF;
    }

    /** Reads what is to be written for this packet. @return something that depends on it */
    public long fetch(int outgoing) {
        return packets[at(outgoing)];
    }

    /** @param epoch whatever the owner needs to rewrite the packet a second time like the first time, 0 to 65535 */
    public void onSent(int outgoing, int original, int epoch, long nowNs) {
        int at = at(outgoing);
        packets[at] = ONE_COPY | (epoch & 0xFFFFL) << EPOCH | (outgoing & 0xFFFFL) << OUTGOING | original & 0xFFFF;
        packets[at + 1] = nowNs;
    }

    /** What {@link #take} has allowed is on its way. */
    public void onSentAgain(int outgoing) {
        int at = at(outgoing);
        if (knows(outgoing) && four(packets[at], COPIES) < MOST_COPIES) {
            packets[at] += ONE_COPY;
        }
    }

    /**
     * The receiver tells the fate of one copy of a packet.
     *
     * @return whether all copies that went out were lost, so that there is nothing more to wait for; not after the eighth
     */
    public boolean onTold(int outgoing, boolean received) {
        if (!knows(outgoing)) {
            return false;
        }
        int at = at(outgoing);
        long packet = packets[at];
        if (received) {
            packet |= ARRIVED;
        } else if (four(packet, LOST) < MOST_COPIES) {
            packet += ONE_LOST;
        }
        packets[at] = packet;
        int copies = four(packet, COPIES);
        return (packet & ARRIVED) == 0 && four(packet, LOST) >= copies && copies < MOST_COPIES;
    }

    /** @return whether a copy is known to have come, or nothing is known of the packet any more */
    public boolean hasArrived(int outgoing) {
        return !knows(outgoing) || (packets[at(outgoing)] & ARRIVED) != 0;
    }

    private boolean knows(int outgoing) {
        long packet = packets[at(outgoing)];
        return packet != 0 && sixteen(packet, OUTGOING) == (outgoing & 0xFFFF);
    }

    /**
     * A receiver misses a packet.
     *
     * @param roundTripNs a packet that went less than this long ago may still be on its way and is not sent again
     * @return its epoch when it should be sent now, which is noted; -1 when it is unknown or was sent a moment ago
     */
    public int take(int outgoing, long roundTripNs, long nowNs) {
        int at = at(outgoing);
        if (!knows(outgoing) || nowNs - packets[at + 1] < roundTripNs) {
            return NONE;
        }
        packets[at] |= TAKEN;
        packets[at + 1] = nowNs;
        return sixteen(packets[at], EPOCH);
    }

    /** @return what {@link #onSent} was told with a packet, or -1 when it is unknown */
    public int epoch(int outgoing) {
        return knows(outgoing) ? sixteen(packets[at(outgoing)], EPOCH) : NONE;
    }

    /** @return whether {@link #take} has allowed it before, or does not know it */
    public boolean wasTaken(int outgoing) {
        return !knows(outgoing) || (packets[at(outgoing)] & TAKEN) != 0;
    }

    /** @return the number under which the source sent what {@link #take} allowed, 0 to 65535 */
    public int original(int outgoing) {
        return sixteen(packets[at(outgoing)], 0);
    }
}
