/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import org.plenum.media.core.rtp.SequenceNumbers;

/** When the last packets of one transport left, by their transport-wide number. One thread, no clock. */
final class SentPackets {
    private static final int REMEMBERED = 2048; // about two seconds of a fast line; a power of two
    private static final int MASK = REMEMBERED - 1;

    private final long[] numbers = new long[REMEMBERED]; // unwrapped, 0 for none
    private final long[] sentNs = new long[REMEMBERED];
    private final int[] octets = new int[REMEMBERED];
    private long highest = 0x1_0000L;

    void put(int number, int length, long nowNs) {
        long unwrapped = SequenceNumbers.unwrap(highest, number);
        highest = Math.max(highest, unwrapped);
        int at = (int) unwrapped & MASK;
        numbers[at] = unwrapped;
        sentNs[at] = nowNs;
        octets[at] = length;
    }

    /** Takes out what is told of once. @return index for the getters, or -1 for a number that is not there any more */
    int take(int number) {
        long unwrapped = SequenceNumbers.unwrap(highest, number);
        int at = (int) unwrapped & MASK;
        if (unwrapped <= 0 || numbers[at] != unwrapped) {
            return -1;
        }
        numbers[at] = 0;
        return at;
    }

    long sentNs(int index) {
        return sentNs[index];
    }

    int octets(int index) {
        return octets[index];
    }
}
