/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import java.nio.ByteBuffer;

/**
 * Reads transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1) packet by packet, in place and
 * without regard to how many packets it claims. One instance a loop: {@link #wrap}, then {@link #next} until it says false.
 */
public final class TwccFeedbackView {
    private static final int HEADER = 20;
    private static final int TICK_US = 250;

    private ByteBuffer buffer;
    private int start;
    private int count;
    private int index;
    private int chunkAt;
    private int chunk;
    private int left; // statuses of the chunk that were not read
    private int deltaAt;
    private long timeUs;
    private boolean received;

    /**
     * @param length octets of the packet; its padding count is not needed and, as some browsers count wrongly, not read
     * @return false when chunks or deltas do not fit
     */
    public boolean wrap(ByteBuffer buffer, int offset, int length) {
        if (length < HEADER + 2) {
            return false;
        }
        int statuses = Short.toUnsignedInt(buffer.getShort(offset + 14));
        int end = offset + length;
        int at = offset + HEADER;
        int deltas = 0;
        for (int seen = 0; seen < statuses; at += 2) {
            if (at + 2 > end) {
                return false;
            }
            int word = Short.toUnsignedInt(buffer.getShort(at));
            int covered = Math.min(covered(word), statuses - seen);
            int octets = deltaOctets(word, covered);
            if (covered == 0 || octets < 0) {
                return false;
            }
            deltas += octets;
            seen += covered;
        }
        if (statuses == 0 || at + deltas > end) {
            return false;
        }
        this.buffer = buffer;
        this.start = offset;
        this.count = statuses;
        this.index = -1;
        this.left = 0;
        this.chunkAt = offset + HEADER;
        this.deltaAt = at;
        this.timeUs = (buffer.getInt(offset + 16) >> 8) * 64_000L;
        return true;
    }

    /** @return 0 to 65535 */
    public int baseSequenceNumber() {
        return Short.toUnsignedInt(buffer.getShort(start + 12));
    }

    /** @return packets the feedback is about, lost ones included */
    public int statusCount() {
        return count;
    }

    /** @return 0 to 255: a gap means that a feedback was lost */
    public int feedbackCount() {
        return buffer.get(start + 19) & 0xFF;
    }

    /** @return false behind the last packet */
    public boolean next() {
        if (++index >= count) {
            return false;
        }
        if (left == 0) {
            chunk = Short.toUnsignedInt(buffer.getShort(chunkAt));
            chunkAt += 2;
            left = covered(chunk);
        }
        int symbol = symbol(chunk, covered(chunk) - left);
        left--;
        received = symbol != 0;
        if (symbol == 1) {
            timeUs += (buffer.get(deltaAt) & 0xFF) * TICK_US;
            deltaAt++;
        } else if (symbol == 2) {
            timeUs += buffer.getShort(deltaAt) * TICK_US;
            deltaAt += 2;
        }
        return true;
    }

    /** @return the packet that {@link #next} came to, 0 to 65535 */
    public int sequenceNumber() {
        return baseSequenceNumber() + index & 0xFFFF;
    }

    public boolean received() {
        return received;
    }

    /** @return arrival of a received packet on the receiver's clock, which has no known zero */
    public long arrivalUs() {
        return timeUs;
    }

    private static int covered(int word) {
        if ((word & 0x8000) == 0) {
            return word & 0x1FFF;
        }
        return (word & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int word, int position) {
        if ((word & 0x8000) == 0) {
            return word >>> 13;
        }
        return (word & 0x4000) == 0 ? word >>> 13 - position & 1 : word >>> 12 - 2 * position & 3;
    }

    /** @return octets of the deltas of the first statuses of a chunk; -1 when one of them is reserved */
    private static int deltaOctets(int word, int statuses) {
        if ((word & 0x8000) == 0) { // runs are long: no loop
            int symbol = word >>> 13;
            return symbol == 3 ? -1 : symbol * statuses;
        }
        int octets = 0;
        for (int i = 0; i < statuses; i++) {
            int symbol = symbol(word, i);
            if (symbol == 3) {
                return -1;
            }
            octets += symbol;
        }
        return octets;
    }
}
