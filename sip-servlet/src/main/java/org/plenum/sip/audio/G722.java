/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * ITU-T G.722 at 64 kbit/s: 16 kHz speech in two bands, six bits of the lower and two of the upper in each octet. One instance
 * a direction and call; the arithmetic is that of the recommendation, so that results are the same bit for bit.
 */
final class G722 {
    private static final int[] LOW_LOG = {-60, -30, 58, 172, 334, 538, 1198, 3042};
    private static final int[] LOW_LOG_OF_CODE = {0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0};
    private static final int[] INVERSE_LOG = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };
    private static final int[] HIGH_LOG = {0, -214, 798};
    private static final int[] HIGH_LOG_OF_CODE = {2, 1, 2, 1};
    private static final int[] HIGH_STEP = {-7408, -1616, 7408, 1616};
    private static final int[] LOW_STEP_4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };
    private static final int[] LOW_STEP_6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };
    private static final int[] LOW_DECISION = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219,
        1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };
    private static final int HIGH_DECISION = 564;
    private static final int[] MIRROR = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11}; // QMF, one half
    private static final int LOW_LOG_MOST = 18_432;
    private static final int HIGH_LOG_MOST = 22_528;

    private final Band low = new Band(32, LOW_LOG_MOST, 8);
    private final Band high = new Band(8, HIGH_LOG_MOST, 10);
    private final int[] window = new int[24];

    /**
     * @param octets to read from {@code from}
     * @param samples takes two for each octet, from index 0
     */
    void decode(byte[] octets, int from, int length, short[] samples) {
        for (int i = 0; i < length; i++) {
            int code = octets[from + i];
            int lowCode = code & 0x3F;
            int highCode = code >> 6 & 3;
            int lowValue = band(low.signal + (low.scale * LOW_STEP_6[lowCode] >> 15));
            low.learn(lowCode >> 2);
            int highDifference = high.scale * HIGH_STEP[highCode] >> 15;
            int highValue = band(high.signal + highDifference);
            high.adaptHigh(highCode);
            high.predict(highDifference);
            synthesize(lowValue, highValue, samples, 2 * i);
        }
    }

    /**
     * @param samples an even number, from index 0
     * @param octets takes one for every two samples from {@code to}
     */
    void encode(short[] samples, int length, byte[] octets, int to) {
        for (int i = 0; i < length / 2; i++) {
            shift(samples[2 * i], samples[2 * i + 1]);
            int odd = 0;
            int even = 0;
            for (int tap = 0; tap < MIRROR.length; tap++) {
                odd += window[2 * tap] * MIRROR[tap];
                even += window[2 * tap + 1] * MIRROR[MIRROR.length - 1 - tap];
            }
            int lowCode = lowCode(clip((even + odd >> 14) - low.signal));
            low.learn(lowCode >> 2);
            int highCode = highCode(clip((even - odd >> 14) - high.signal));
            int highDifference = high.scale * HIGH_STEP[highCode] >> 15;
            high.adaptHigh(highCode);
            high.predict(highDifference);
            octets[to + i] = (byte) (highCode << 6 | lowCode);
        }
    }

    private int lowCode(int difference) {
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        int level = 1;
        while (level < LOW_DECISION.length && magnitude >= LOW_DECISION[level] * low.scale >> 12) {
            level++;
        }
        if (difference >= 0) {
            return 62 - level; // 61 for the smallest, 32 for the largest
        }
        return level < 3 ? 64 - level : 34 - level; // 63, 62, then 31 down to 4
    }

    private int highCode(int difference) {
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        boolean large = magnitude >= HIGH_DECISION * high.scale >> 12;
        if (difference >= 0) {
            return large ? 2 : 3;
        }
        return large ? 0 : 1;
    }

    private void synthesize(int lowValue, int highValue, short[] samples, int at) {
        shift(lowValue + highValue, lowValue - highValue);
        int first = 0;
        int second = 0;
        for (int tap = 0; tap < MIRROR.length; tap++) {
            second += window[2 * tap] * MIRROR[tap];
            first += window[2 * tap + 1] * MIRROR[MIRROR.length - 1 - tap];
        }
        samples[at] = (short) clip(first >> 11);
        samples[at + 1] = (short) clip(second >> 11);
    }

    private void shift(int one, int two) {
        System.arraycopy(window, 2, window, 0, window.length - 2);
        window[window.length - 2] = one;
        window[window.length - 1] = two;
    }

    private static int clip(int value) {
        return Math.max(-32_768, Math.min(32_767, value));
    }

    /** A band's samples have 15 bits. */
    private static int band(int value) {
        return Math.max(-16_384, Math.min(16_383, value));
    }

    /** The adaptive predictor and quantizer of one band (blocks 3 and 4 of the recommendation). */
    private static final class Band {
        private static final int ZEROS = 6;

        private final int logMost;
        private final int logShift;
        private final int[] differences = new int[ZEROS + 1];
        private final int[] zeros = new int[ZEROS + 1];
        private final int[] reconstructed = new int[3];
        private final int[] partial = new int[3];
        private int pole1;
        private int pole2;
        private int log;
        private int zeroSignal;
        int scale;
        int signal; // predicted

        Band(int scale, int logMost, int logShift) {
            this.scale = scale;
            this.logMost = logMost;
            this.logShift = logShift;
        }

        /** @param code the four upper bits of the low band's code: both sides know no more of it when they learn */
        void learn(int code) {
            int difference = scale * LOW_STEP_4[code] >> 15;
            adapt(LOW_LOG[LOW_LOG_OF_CODE[code]]);
            predict(difference);
        }

        void adaptHigh(int code) {
            adapt(HIGH_LOG[HIGH_LOG_OF_CODE[code]]);
        }

        private void adapt(int step) {
            log = Math.max(0, Math.min(logMost, (log * 127 >> 7) + step));
            int mantissa = INVERSE_LOG[log >> 6 & 31];
            int shift = logShift - (log >> 11);
            scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
        }

        void predict(int difference) {
            differences[0] = difference;
            reconstructed[0] = clip(signal + difference);
            partial[0] = clip(zeroSignal + difference);
            int second = secondPole();
            int first = firstPole(second);
            updateZeros();
            for (int i = ZEROS; i > 0; i--) {
                differences[i] = differences[i - 1];
            }
            for (int i = 2; i > 0; i--) {
                reconstructed[i] = reconstructed[i - 1];
                partial[i] = partial[i - 1];
            }
            pole1 = first;
            pole2 = second;
            int poles = clip((pole1 * clip(2 * reconstructed[1]) >> 15) + (pole2 * clip(2 * reconstructed[2]) >> 15));
            int sum = 0;
            for (int i = ZEROS; i > 0; i--) {
                sum += zeros[i] * clip(2 * differences[i]) >> 15;
            }
            zeroSignal = clip(sum);
            signal = clip(poles + zeroSignal);
        }

        private int secondPole() {
            int weighted = clip(pole1 << 2);
            int turned = sameSign(partial[0], partial[1]) ? Math.min(-weighted, 32_767) : weighted;
            int next = (turned >> 7) + (sameSign(partial[0], partial[2]) ? 128 : -128) + (pole2 * 32_512 >> 15);
            return Math.max(-12_288, Math.min(12_288, next));
        }

        private int firstPole(int second) {
            int next = clip((sameSign(partial[0], partial[1]) ? 192 : -192) + (pole1 * 32_640 >> 15));
            int bound = clip(15_360 - second);
            return Math.max(-bound, Math.min(bound, next));
        }

        private void updateZeros() {
            int step = differences[0] == 0 ? 0 : 128;
            for (int i = 1; i <= ZEROS; i++) {
                int towards = sameSign(differences[i], differences[0]) ? step : -step;
                zeros[i] = clip(towards + (zeros[i] * 32_640 >> 15));
            }
        }

        private static boolean sameSign(int a, int b) {
            return (a ^ b) >= 0;
        }
    }
}
