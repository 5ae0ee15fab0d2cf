/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * Changes the sampling rate by a whole factor with a linear-phase FIR filter (windowed sinc, Kaiser). Keeps the end of one block for
 * the next. One instance a stream and direction; one thread.
 */
public final class Resampler {
    private static final double KAISER_BETA = 5.5; // stop band below -55 dB

    private final int factor;
    private final boolean up;
    private final float[] taps;
    private final float[] history;

    private Resampler(int factor, boolean up, int taps) {
        this.factor = factor;
        this.up = up;
        this.taps = design(factor, taps, up ? factor : 1);
        this.history = new float[up ? taps / factor : taps];
    }

    /** Twice as many samples; 64 taps, 2 ms of delay at 16 kHz. */
    public static Resampler from8To16() {
        return new Resampler(2, true, 64);
    }

    /** Every second sample, without what 8 kHz cannot hold. */
    public static Resampler from16To8() {
        return new Resampler(2, false, 64);
    }

    /** Every third sample; 96 taps. */
    public static Resampler from48To16() {
        return new Resampler(3, false, 96);
    }

    /**
     * @param in samples to read from index 0
     * @param length of them; a multiple of the factor when the rate goes down
     * @param out takes the result from index 0; must be another array
     * @return how many samples it is now
     */
    public int process(short[] in, int length, short[] out) {
        return up ? raise(in, length, out) : lower(in, length, out);
    }

    private int raise(short[] in, int length, short[] out) {
        int depth = history.length;
        for (int i = 0; i < length; i++) {
            push(in[i]);
            for (int phase = 0; phase < factor; phase++) {
                float sum = 0;
                for (int k = 0; k < depth; k++) {
                    sum += history[depth - 1 - k] * taps[k * factor + phase];
                }
                out[i * factor + phase] = Pcm.clip(sum);
            }
        }
        return length * factor;
    }

    private int lower(short[] in, int length, short[] out) {
        int depth = history.length;
        for (int i = 0; i < length / factor; i++) {
            System.arraycopy(history, factor, history, 0, depth - factor);
            for (int k = 0; k < factor; k++) {
                history[depth - factor + k] = in[i * factor + k];
            }
            float sum = 0;
            for (int k = 0; k < depth; k++) {
                sum += history[k] * taps[k]; // symmetric: the direction does not matter
            }
            out[i] = Pcm.clip(sum);
        }
        return length / factor;
    }

    private void push(short sample) {
        System.arraycopy(history, 1, history, 0, history.length - 1);
        history[history.length - 1] = sample;
    }

    private static float[] design(int factor, int count, double gain) {
        float[] taps = new float[count];
        double cutoff = 0.95 / factor; // of the half of the higher rate; leaves room for the slope
        double middle = (count - 1) / 2.0;
        double sum = 0;
        double[] exact = new double[count];
        for (int i = 0; i < count; i++) {
            double x = i - middle;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
            double ratio = x / middle;
            exact[i] = sinc * bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - ratio * ratio)));
            sum += exact[i];
        }
        for (int i = 0; i < count; i++) {
            taps[i] = (float) (exact[i] / sum * gain);
        }
        return taps;
    }

    /** Modified Bessel function of the first kind, order zero. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 30; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
