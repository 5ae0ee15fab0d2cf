/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Arrays;

/** Sounds to test with, and what is in a sound. */
final class Tones {
    private Tones() {}

    static short[] sine(double hertz, double peak, int samples, int rate) {
        short[] sound = new short[samples];
        for (int i = 0; i < samples; i++) {
            sound[i] = (short) Math.round(peak * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return sound;
    }

    /** Something like a voice: a fundamental with harmonics. */
    static short[] voice(double hertz, double peak, int samples) {
        short[] sound = new short[samples];
        for (int i = 0; i < samples; i++) {
            double value = 0;
            for (int harmonic = 1; harmonic <= 8; harmonic++) {
                value += Math.sin(2 * Math.PI * hertz * harmonic * i / Pcm.RATE) / harmonic;
            }
            sound[i] = (short) (peak * value / 2);
        }
        return sound;
    }

    /** @return effective value of this frequency in the sound */
    static double level(short[] sound, int from, int to, double hertz, int rate) {
        double real = 0;
        double imaginary = 0;
        for (int i = from; i < to; i++) {
            real += sound[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            imaginary += sound[i] * Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return Math.sqrt(2 * (real * real + imaginary * imaginary)) / (to - from);
    }

    static double effective(short[] sound, int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (double) sound[i] * sound[i];
        }
        return Math.sqrt(energy / (to - from));
    }

    static short[] frame(short[] sound, int number) {
        return Arrays.copyOfRange(sound, number * Pcm.FRAME, (number + 1) * Pcm.FRAME);
    }
}
