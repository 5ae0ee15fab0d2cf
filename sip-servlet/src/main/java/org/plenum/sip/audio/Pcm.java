/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** Arithmetic on frames of linear 16 bit samples at 16 kHz, mono, 20 ms. */
public final class Pcm {
    /** Samples a second. */
    public static final int RATE = 16_000;

    /** Samples of one frame of 20 ms. */
    public static final int FRAME = 320;

    private static final int SILENT = 127;

    private Pcm() {}

    static short clip(float value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
    }

    /** @return 0 loudest to 127 silent: the level in -dBov, where a square wave of full scale has 0 (RFC 6464 section 3) */
    public static int minusDbov(short[] frame, int length) {
        double energy = 0;
        for (int i = 0; i < length; i++) {
            energy += (double) frame[i] * frame[i];
        }
        if (energy == 0) {
            return SILENT;
        }
        double decibel = 10 * Math.log10(energy / length / (32_768.0 * 32_768.0));
        return (int) Math.max(0, Math.min(SILENT, Math.round(-decibel)));
    }

    /** Adds a frame to a sum that is wider than a sample. */
    static void add(int[] sum, short[] frame) {
        for (int i = 0; i < FRAME; i++) {
            sum[i] += frame[i];
        }
    }

    /**
     * The sum without one part, with a soft limit: louder than 3/4 of full scale is bent instead of cut.
     *
     * @param without null when nothing is taken away
     */
    static void mix(int[] sum, short[] without, short[] out) {
        for (int i = 0; i < FRAME; i++) {
            out[i] = limit(without == null ? sum[i] : sum[i] - without[i]);
        }
    }

    static short limit(int value) {
        final int knee = 24_576;
        final int room = 32_767 - knee;
        int magnitude = Math.abs(value);
        if (magnitude > knee) {
            int over = magnitude - knee;
            magnitude = knee + (int) ((long) room * over / (room + over));
        }
        return (short) (value < 0 ? -magnitude : magnitude);
    }
}
