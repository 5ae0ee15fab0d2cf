/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    private static short[] inBlocks(Resampler resampler, short[] in, int block, int outOfBlock) {
        short[] out = new short[in.length / block * outOfBlock];
        short[] part = new short[outOfBlock];
        for (int i = 0; i < in.length / block; i++) {
            short[] piece = Arrays.copyOfRange(in, i * block, (i + 1) * block);
            assertEquals(outOfBlock, resampler.process(piece, block, part));
            System.arraycopy(part, 0, out, i * outOfBlock, outOfBlock);
        }
        return out;
    }

    private static double decibel(double one, double two) {
        return 20 * Math.log10((one + 1e-9) / two);
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 1000, 3000, 3300})
    void speechPassesAsItIs(double hertz) {
        short[] up = inBlocks(Resampler.from8To16(), Tones.sine(hertz, 10_000, 8000, 8000), 160, 320);
        assertEquals(0, decibel(Tones.level(up, 4000, 12_000, hertz, 16_000), 7071), 0.5);
        short[] down = inBlocks(Resampler.from16To8(), Tones.sine(hertz, 10_000, 16_000, 16_000), 320, 160);
        assertEquals(0, decibel(Tones.level(down, 2000, 6000, hertz, 8000), 7071), 0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 3000, 6500})
    void wideSpeechPassesFromFortyEight(double hertz) {
        short[] down = inBlocks(Resampler.from48To16(), Tones.sine(hertz, 10_000, 48_000, 48_000), 960, 320);
        assertEquals(0, decibel(Tones.level(down, 4000, 12_000, hertz, 16_000), 7071), 0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5000, 6000, 7500})
    void whatEightKilohertzCannotHoldIsGone(double hertz) {
        short[] down = inBlocks(Resampler.from16To8(), Tones.sine(hertz, 10_000, 16_000, 16_000), 320, 160);
        assertTrue(decibel(Tones.effective(down, 2000, 6000), 7071) < -50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10_000, 15_000, 20_000})
    void whatSixteenKilohertzCannotHoldIsGone(double hertz) {
        short[] down = inBlocks(Resampler.from48To16(), Tones.sine(hertz, 10_000, 48_000, 48_000), 960, 320);
        assertTrue(decibel(Tones.effective(down, 4000, 12_000), 7071) < -50);
    }

    @Test
    void noImagesAreMade() {
        short[] up = inBlocks(Resampler.from8To16(), Tones.sine(1000, 10_000, 8000, 8000), 160, 320);
        assertTrue(decibel(Tones.level(up, 4000, 12_000, 7000, 16_000), 7071) < -50);
    }

    @Test
    void blocksLeaveNoSeam() {
        short[] tone = Tones.sine(440, 10_000, 9600, 48_000);
        short[] once = new short[3200];
        Resampler.from48To16().process(tone, tone.length, once);
        assertArrayEquals(once, inBlocks(Resampler.from48To16(), tone, 960, 320));
    }
}
