/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.plenum.media.core.rtp.SequenceNumbers;

/**
 * Records when the packets of one transport arrived and tells the sender about every 100 ms
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3). The sender computes its own estimate from that, so the receiver
 * decides nothing. Bounded: the last {@value #WINDOW} packets.
 *
 * <pre>
 * |V=2|P|  FMT=15 |    PT=205     |           length              |
 * |                     SSRC of packet sender                     |
 * |                      SSRC of media source                     |
 * |      base sequence number     |      packet status count      |
 * |           reference time (64 ms)              | fb pkt. count |
 * |  packet chunks of 16 bits, then arrival deltas of 8 or 16 bits of 250 us, zero padding |
 * </pre>
 */
public final class TwccReceiver {
    static final int WINDOW = 1024; // packets; a power of two
    private static final long INTERVAL_NS = 100_000_000L;
    private static final long TICK_NS = 250_000L;
    private static final long REFERENCE_NS = 64_000_000L;
    private static final long NOT_RECEIVED = Long.MIN_VALUE;
    private static final int HEADER = 20;
    private static final int MAX_STATUSES = 400; // one packet stays well below 1200 octets
    private static final int MAX_LEADING = 200;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private final long[] arrivals = new long[WINDOW];
    private final byte[] symbols = new byte[MAX_STATUSES];
    private final short[] deltas = new short[MAX_STATUSES];
    private long highest = -1;
    private long next; // first packet that was not reported
    private long deadlineNs = Long.MAX_VALUE;
    private int feedbackCount;
    private int statuses; // what gather() found
    private int deltaOctets;
    private int chunksAt;

    /** @param sequenceNumber of the transport-wide extension, 0 to 65535 */
    public void onPacket(int sequenceNumber, long nowNs) {
        if (highest < 0) {
            Arrays.fill(arrivals, NOT_RECEIVED);
            highest = sequenceNumber + 0xFFFFL; // one round of room below, so that nothing is negative
            next = highest + 1;
        }
        long seq = SequenceNumbers.unwrap(highest, sequenceNumber);
        if (seq <= highest - WINDOW) {
            return;
        }
        if (seq > highest) {
            long from = Math.max(highest + 1, seq - WINDOW + 1);
            for (long missing = from; missing <= seq; missing++) {
                arrivals[index(missing)] = NOT_RECEIVED;
            }
            highest = seq;
            next = Math.max(next, highest - WINDOW + 1);
        }
        if (arrivals[index(seq)] == NOT_RECEIVED) {
            arrivals[index(seq)] = nowNs;
            next = Math.min(next, seq); // late: it is told with the next feedback
            deadlineNs = Math.min(deadlineNs, nowNs + INTERVAL_NS);
        }
    }

    /** @return when the next feedback is due; Long.MAX_VALUE when there is nothing to tell */
    public long deadlineNs() {
        return deadlineNs;
    }

    /**
     * Writes one feedback packet when {@link #deadlineNs} has come; more may be due at once afterwards.
     *
     * @return its octets, 0 for none
     */
    int write(ByteBuffer buffer, int at, int room, long sender, long media, long nowNs) {
        if (deadlineNs - nowNs > 0 || room < HEADER + 8) {
            return 0;
        }
        long first = next;
        while (first <= highest && arrivals[index(first)] == NOT_RECEIVED) {
            first++;
        }
        if (first > highest) {
            deadlineNs = Long.MAX_VALUE;
            return 0;
        }
        next = Math.max(next, first - MAX_LEADING); // packets lost in front are told as lost
        long reference = Math.floorDiv(arrivals[index(first)], REFERENCE_NS);
        gather(reference * REFERENCE_NS, room);
        buffer.put(at, (byte) 0x8F);
        buffer.put(at + 1, (byte) 205);
        buffer.putInt(at + 4, (int) sender);
        buffer.putInt(at + 8, (int) media);
        buffer.putShort(at + 12, (short) next);
        buffer.putShort(at + 14, (short) statuses);
        buffer.putInt(at + 16, (int) reference << 8 | feedbackCount++ & 0xFF);
        int size = finish(buffer, at);
        next += statuses;
        deadlineNs = next > highest ? Long.MAX_VALUE : nowNs;
        return size;
    }

    /** Symbols and deltas from {@link #next} on, as many as fit into one packet and into the range of a delta. */
    private void gather(long referenceNs, int room) {
        long previous = referenceNs;
        statuses = 0;
        deltaOctets = 0;
        int last = 0; // statuses behind the last packet that came are left for the next feedback
        int octetsAtLast = 0;
        while (next + statuses <= highest && statuses < MAX_STATUSES) {
            long arrival = arrivals[index(next + statuses)];
            symbols[statuses] = 0;
            if (arrival != NOT_RECEIVED) {
                long delta =
                        Math.floorDiv(arrival - referenceNs, TICK_NS) - Math.floorDiv(previous - referenceNs, TICK_NS);
                boolean small = delta >= 0 && delta <= 255;
                int octets = deltaOctets + (small ? 1 : 2);
                int chunks = 2 * (statuses / 7 + 1); // the worst: vectors of seven
                if (delta != (short) delta || HEADER + chunks + octets + 3 > room) {
                    break;
                }
                symbols[statuses] = (byte) (small ? SMALL : LARGE);
                deltas[statuses] = (short) delta;
                deltaOctets = octets;
                previous = arrival;
                last = statuses + 1;
                octetsAtLast = octets;
            }
            statuses++;
        }
        statuses = last;
        deltaOctets = octetsAtLast;
    }

    private int finish(ByteBuffer buffer, int start) {
        chunksAt = start + HEADER;
        for (int i = 0; i < statuses; ) {
            i += chunk(buffer, i);
        }
        int at = chunksAt;
        for (int i = 0; i < statuses; i++) {
            if (symbols[i] == SMALL) {
                buffer.put(at++, (byte) deltas[i]);
            } else if (symbols[i] == LARGE) {
                buffer.putShort(at, deltas[i]);
                at += 2;
            }
        }
        int padding = -(at - start) & 3;
        for (int i = 1; i <= padding; i++) {
            buffer.put(at++, (byte) (i == padding ? padding : 0));
        }
        if (padding > 0) {
            buffer.put(start, (byte) 0xAF); // the draft counts it in the padding bit
        }
        buffer.putShort(start + 2, (short) ((at - start) / 4 - 1));
        return at - start;
    }

    /** Writes the chunk that says most about the statuses from {@code from} on. @return how many it covers */
    private int chunk(ByteBuffer buffer, int from) {
        int run = 1;
        while (from + run < statuses && symbols[from + run] == symbols[from]) {
            run++;
        }
        int bits = Math.min(14, statuses - from);
        boolean oneBit = true;
        for (int i = 0; i < bits; i++) {
            oneBit &= symbols[from + i] != LARGE;
        }
        if (run >= (oneBit ? bits : Math.min(7, statuses - from))) {
            put(buffer, symbols[from] << 13 | run); // section 3.1.3
            return run;
        }
        int covered = oneBit ? bits : Math.min(7, bits);
        int word = oneBit ? 0x8000 : 0xC000; // section 3.1.4
        for (int i = 0; i < covered; i++) {
            word |= oneBit ? symbols[from + i] << 13 - i : symbols[from + i] << 12 - 2 * i;
        }
        put(buffer, word);
        return covered;
    }

    private void put(ByteBuffer buffer, int word) {
        buffer.putShort(chunksAt, (short) word);
        chunksAt += 2;
    }

    private static int index(long seq) {
        return (int) seq & (WINDOW - 1);
    }
}
