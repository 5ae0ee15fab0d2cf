/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import org.plenum.media.core.rtp.SequenceNumbers;

/** When the last packets of one transport left, by their transport-wide number. One thread, no clock. */
final class SentPackets {
    private static final int REMEMBERED = 2048; // about two seconds of a fast line; a power of two
    private static final int MASK = REMEMBERED - 1;

    private static final int OCTETS_BITS = 16;

    /** Two for each: unwrapped number and octets, 0 for none, and when it left. Side by side, as they are always wanted together. */
    private final long[] packets = new long[2 * REMEMBERED];

    private long highest = 0x1_0000L;

    void put(int number, int length, long nowNs) {
        long unwrapped = SequenceNumbers.unwrap(highest, number);
        highest = Math.max(highest, unwrapped);
        int at = 2 * ((int) unwrapped & MASK);
        packets[at] = unwrapped << OCTETS_BITS | length & 0xFFFF;
        packets[at + 1] = nowNs;
    }

    /** Takes out what is told of once. @return index for the getters, or -1 for a number that is not there any more */
    int take(int number) {
        long unwrapped = SequenceNumbers.unwrap(highest, number);
        int at = 2 * ((int) unwrapped & MASK);
        if (unwrapped <= 0 || packets[at] >>> OCTETS_BITS != unwrapped) {
            return -1;
        }
        packets[at] &= 0xFFFF;
        return at;
    }

    long sentNs(int index) {
        return packets[index + 1];
    }

    int octets(int index) {
        return (int) packets[index] & 0xFFFF;
    }
}
