/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.util.Arrays;

/**
 * Which of the last indices of one stream were used (RFC 3711 section 3.3.2): on the way in against replays, on the way out
 * against a second packet under one index. One thread at a time.
 */
public final class ReplayWindow {
    /** What a look at an index tells. */
    public enum Answer {
        FRESH,
        USED,
        /** Too far behind the highest to be remembered: to be treated as used. */
        TOO_OLD
    }

    private final long[] bits; // a ring: the bit of an index is the index modulo the size
    private long highest = -1;

    /** @param size in packets, a power of two of at least 64 */
    public ReplayWindow(int size) {
        if (size < 64 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("window of " + size + " is no power of two of at least 64");
        }
        bits = new long[size / 64];
    }

    /** The highest index used so far, -1 for none. */
    public long highest() {
        return highest;
    }

    /**
     * The index that a number of 16 bits most likely stands for (RFC 3711 section 3.3.1): the one nearest to the highest.
     * Nothing used yet means a rollover counter of 0. May be negative: such an index never was.
     *
     * @param sequenceNumber 0 to 65535
     */
    public long nearest(int sequenceNumber) {
        return highest < 0 ? sequenceNumber : highest + (short) (sequenceNumber - (int) highest);
    }

    /** Reads what the next index will need. @return something that depends on it */
    long fetch() {
        return bits[word(highest + 1)];
    }

    /** Changes nothing: an index is used only once its packet has proven authentic. */
    public Answer look(long index) {
        if (index > highest) {
            return Answer.FRESH;
        }
        if (index < 0 || highest - index >= size()) {
            return Answer.TOO_OLD;
        }
        return (bits[word(index)] & 1L << index) != 0 ? Answer.USED : Answer.FRESH; // a shift takes the low six bits
    }

    /** @param index that {@link #look} called fresh */
    public void use(long index) {
        if (index - highest >= size()) {
            Arrays.fill(bits, 0);
        } else {
            for (long skipped = highest + 1; skipped < index; skipped++) {
                bits[word(skipped)] &= ~(1L << skipped);
            }
        }
        bits[word(index)] |= 1L << index;
        highest = Math.max(highest, index);
    }

    private int size() {
        return 64 * bits.length;
    }

    private int word(long index) {
        return (int) (index >>> 6) & bits.length - 1;
    }
}
