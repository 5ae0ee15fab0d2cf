/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import java.nio.ByteBuffer;

/**
 * The last packets of one published stream, kept once for all its receivers, to answer their NACKs. Receivers keep numbers only
 * ({@link RetransmitBuffer}), so that the memory of a room grows with its publishers and not with its subscriptions.
 *
 * <p>Both limits are fixed when it is made: octets in one ring, and packets. The oldest give way. Owner of the memory is the
 * publication; all on the loop of its room.
 */
public final class PacketHistory {
    private final ByteBuffer ring;
    private final int slots; // a power of two
    private final int[] numbers;
    private final int[] lengths;
    private final long[] positions; // in octets ever written
    private long written;

    /**
     * @param octets of memory; about one second of the stream's bitrate is enough for paths of this planet
     * @param packets at most so many are kept; a power of two
     */
    public PacketHistory(int octets, int packets) {
        if (Integer.bitCount(packets) != 1 || packets > 1 << 15) {
            throw new IllegalArgumentException("packets must be a power of two up to 32768: " + packets);
        }
        ring = ByteBuffer.allocate(octets);
        slots = packets;
        numbers = new int[packets];
        lengths = new int[packets];
        positions = new long[packets];
    }

    /** Copies a packet as it came, decrypted and without padding. A packet that is larger than the ring is not kept. */
    public void put(int sequenceNumber, ByteBuffer packet, int offset, int length) {
        int capacity = ring.capacity();
        if (length > capacity) {
            return;
        }
        int at = (int) (written % capacity);
        if (at + length > capacity) { // packets are never split
            written += capacity - at;
            at = 0;
        }
        ring.put(at, packet, offset, length);
        int slot = sequenceNumber & slots - 1;
        numbers[slot] = sequenceNumber;
        lengths[slot] = length;
        positions[slot] = written;
        written += length;
    }

    /** @return octets of the packet, 0 when it is not kept any more; {@link #offset} is its place in {@link #buffer} */
    public int find(int sequenceNumber) {
        int slot = sequenceNumber & slots - 1;
        boolean kept = numbers[slot] == sequenceNumber && positions[slot] >= written - ring.capacity();
        return kept ? lengths[slot] : 0;
    }

    /** @param sequenceNumber of a packet that {@link #find} has found */
    public int offset(int sequenceNumber) {
        return (int) (positions[sequenceNumber & slots - 1] % ring.capacity());
    }

    /** The memory of all packets; valid until the next {@link #put}, not to be written to. */
    public ByteBuffer buffer() {
        return ring;
    }
}
