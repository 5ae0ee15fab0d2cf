/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * Keys as tones in the sound (ITU-T Q.23, Q.24), for carriers that know nothing better. Goertzel filters over blocks of 12.75 ms
 * at 8 kHz or its double; a key counts when two blocks after each other agree, and again after a pause. One call, one thread.
 */
public final class ToneKeys {
    private static final double[] ROWS = {697, 770, 852, 941};
    private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";
    private static final int BLOCK = 204; // samples at 16 kHz
    private static final double LEAST = 1e10; // energy of a tone at about -40 dBov
    private static final double OF_ALL = 0.55; // both tones together against everything
    private static final double TWIST = 8; // 9 dB between the two
    private static final double AGAINST_OTHERS = 6;

    private final short[] block = new short[BLOCK];
    private int filled;
    private char candidate;
    private char reported;
    private int silentBlocks;

    /** @return the key that begins in this frame of 16 kHz, or {@link TelephoneEvents#NONE} */
    public char onFrame(short[] frame, int length) {
        char found = TelephoneEvents.NONE;
        for (int i = 0; i < length; i++) {
            block[filled++] = frame[i];
            if (filled == BLOCK) {
                filled = 0;
                char key = endOfBlock();
                found = key == TelephoneEvents.NONE ? found : key;
            }
        }
        return found;
    }

    private char endOfBlock() {
        char now = judge();
        char before = candidate;
        candidate = now;
        if (now == TelephoneEvents.NONE) {
            if (++silentBlocks >= 2) {
                reported = TelephoneEvents.NONE;
            }
            return TelephoneEvents.NONE;
        }
        silentBlocks = 0;
        if (now == before && now != reported) {
            reported = now;
            return now;
        }
        return TelephoneEvents.NONE;
    }

    private char judge() {
        double all = 0;
        for (short sample : block) {
            all += (double) sample * sample;
        }
        int row = strongest(ROWS);
        int column = strongest(COLUMNS);
        double low = energy(ROWS[row]);
        double high = energy(COLUMNS[column]);
        // a pure tone of energy E in the block has E * BLOCK / 2 in its filter
        boolean present = low > LEAST && high > LEAST && (low + high) * 2 / BLOCK > OF_ALL * all;
        boolean balanced = low < high * TWIST && high < low * TWIST;
        return present && balanced && standsOut(ROWS, row, low) && standsOut(COLUMNS, column, high)
                ? KEYS.charAt(row * 4 + column)
                : TelephoneEvents.NONE;
    }

    private int strongest(double[] tones) {
        int best = 0;
        for (int i = 1; i < tones.length; i++) {
            if (energy(tones[i]) > energy(tones[best])) {
                best = i;
            }
        }
        return best;
    }

    private boolean standsOut(double[] tones, int best, double energy) {
        for (int i = 0; i < tones.length; i++) {
            if (i != best && energy(tones[i]) * AGAINST_OTHERS > energy) {
                return false;
            }
        }
        return true;
    }

    private double energy(double frequency) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequency / Pcm.RATE);
        double one = 0;
        double two = 0;
        for (short sample : block) {
            double next = sample + coefficient * one - two;
            two = one;
            one = next;
        }
        return one * one + two * two - coefficient * one * two;
    }
}
