/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * Makes telephones as loud as everybody else: a high-pass at 100 Hz against hum, a slow gain towards -20 dBov of speech, and the
 * decision whether somebody speaks, held for 300 ms. One call, one thread.
 */
final class LevelControl {
    private static final double TARGET = -20;
    private static final double MOST = 12;
    private static final double LEAST = -6;
    private static final double STEP = 0.06; // dB a frame: 3 dB a second
    private static final int HOLD = 15; // frames
    private static final double SPEECH_OVER_NOISE = 9; // dB
    private static final double QUIETEST_SPEECH = -55;
    private static final double NOISE_RISE = 0.02; // dB a frame
    private static final double POLE = Math.exp(-2 * Math.PI * 100 / Pcm.RATE);

    private double gain; // dB
    private double factor = 1;
    private double noise = -60; // dBov
    private double speech = TARGET;
    private double lastIn;
    private double lastOut;
    private int hold;

    /** Changes the frame. @return whether it holds speech */
    boolean process(short[] frame) {
        double energy = 0;
        for (int i = 0; i < Pcm.FRAME; i++) {
            double out = frame[i] - lastIn + POLE * lastOut;
            lastIn = frame[i];
            lastOut = out;
            energy += out * out;
            frame[i] = Pcm.limit((int) (out * factor));
        }
        double level = 10 * Math.log10(energy / Pcm.FRAME / (32_768.0 * 32_768.0) + 1e-10);
        noise = level < noise ? level : noise + NOISE_RISE;
        boolean loud = level > Math.max(QUIETEST_SPEECH, noise + SPEECH_OVER_NOISE);
        if (loud) {
            hold = HOLD;
            speech += (level - speech) * 0.05;
            follow();
        } else if (hold > 0) {
            hold--;
        }
        return hold > 0;
    }

    private void follow() {
        double wanted = Math.max(LEAST, Math.min(MOST, TARGET - speech));
        gain += Math.max(-STEP, Math.min(STEP, wanted - gain));
        factor = Math.pow(10, gain / 20);
    }

    double gainDb() {
        return gain;
    }
}
