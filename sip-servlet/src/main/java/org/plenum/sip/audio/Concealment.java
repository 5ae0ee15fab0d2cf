/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * Fills the place of lost speech: the last pitch period again and again, fading to nothing within 60 ms, and a short cross-fade when
 * speech comes back (after the idea of ITU-T G.711 appendix I). At 16 kHz; one call, one thread.
 */
final class Concealment {
    private static final int SHORTEST = 40; // samples: 400 Hz
    private static final int LONGEST = 240; // 66 Hz
    private static final int HISTORY = 3 * LONGEST;
    private static final int FADE = 60 * Pcm.RATE / 1000;
    private static final int CROSS = 64; // 4 ms

    private final short[] history = new short[HISTORY];
    private final short[] period = new short[LONGEST];
    private int length; // of the period; 0: nothing is being concealed
    private int at;
    private int done;

    /** Speech that arrived. Its beginning is blended with what was made up before. */
    void heard(short[] frame, int samples) {
        if (length > 0) {
            for (int i = 0; i < CROSS && i < samples; i++) {
                int made = next();
                frame[i] = (short) ((frame[i] * i + made * (CROSS - i)) / CROSS);
            }
            length = 0;
        }
        remember(frame, samples);
    }

    /** Makes up speech. */
    void conceal(short[] frame, int samples) {
        if (length == 0) {
            begin();
        }
        for (int i = 0; i < samples; i++) {
            frame[i] = (short) next();
        }
    }

    private void begin() {
        length = pitch();
        System.arraycopy(history, HISTORY - length, period, 0, length);
        at = 0;
        done = 0;
    }

    private int next() {
        int sample = period[at] * Math.max(0, FADE - done) / FADE;
        at = (at + 1) % length;
        done = Math.min(FADE, done + 1);
        return sample;
    }

    private void remember(short[] frame, int samples) {
        int kept = Math.min(samples, HISTORY);
        System.arraycopy(history, kept, history, 0, HISTORY - kept);
        System.arraycopy(frame, samples - kept, history, HISTORY - kept, kept);
    }

    /** The lag at which the last speech is most like what came before it. */
    private int pitch() {
        int best = SHORTEST;
        double bestLikeness = -1;
        for (int lag = SHORTEST; lag <= LONGEST; lag++) {
            double product = 0;
            double energy = 1;
            for (int i = HISTORY - LONGEST; i < HISTORY; i += 2) {
                product += (double) history[i] * history[i - lag];
                energy += (double) history[i - lag] * history[i - lag];
            }
            double likeness = product / Math.sqrt(energy);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        return best;
    }
}
