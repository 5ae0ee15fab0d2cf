/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.util.Arrays;

/**
 * Bounds how often an address is answered that has proved nothing: a datagram's source may be a lie, and an answer is longer than the
 * request. Addresses share counters by a hash, so that nobody can make it grow. One thread.
 */
final class Challenges {
    static final int PER_SECOND = 200; // an office behind one address, all coming in at once
    private static final int COUNTERS = 1024; // a power of two

    private final int[] counters = new int[COUNTERS];
    private long second;

    /** @param nowS seconds on any clock */
    boolean mayAnswer(byte[] address, long nowS) {
        if (nowS != second) {
            second = nowS;
            Arrays.fill(counters, 0);
        }
        int hash = Arrays.hashCode(address);
        int counter = (hash ^ hash >>> 10 ^ hash >>> 20) & COUNTERS - 1;
        return counters[counter]++ < PER_SECOND;
    }
}
