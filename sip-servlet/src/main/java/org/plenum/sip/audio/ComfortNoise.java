/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** Noise at -60 dBov: a line that is quite silent sounds dead. One stream, one thread. */
final class ComfortNoise {
    private static final int PEAK = 57; // uniform: its effective value is a third of the square root of three of it
    private int state = 0x2545F491;

    void fill(short[] frame) {
        for (int i = 0; i < Pcm.FRAME; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            frame[i] = (short) (state % PEAK);
        }
    }
}
