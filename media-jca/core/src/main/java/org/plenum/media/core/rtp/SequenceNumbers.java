/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

/** Arithmetic with numbers of 16 bits that wrap (RFC 1982, RFC 3550 appendix A.1). */
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /** @return how far {@code a} is ahead of {@code b}: -32768 to 32767 */
    public static int difference(int a, int b) {
        return (short) (a - b);
    }

    /** True when {@code a} comes after {@code b}; numbers half a round apart have no order and count as not newer. */
    public static boolean isNewer(int a, int b) {
        int ahead = a - b & 0xFFFF;
        return ahead != 0 && ahead < 0x8000;
    }

    /** @return the number of up to 64 bits that ends in {@code sequenceNumber} and lies nearest to {@code reference} */
    public static long unwrap(long reference, int sequenceNumber) {
        return reference + (short) (sequenceNumber - (int) reference);
    }

    /** The same for the 32 bits of an RTP timestamp. */
    public static long unwrapTimestamp(long reference, long timestamp) {
        return reference + (int) (timestamp - reference);
    }
}
