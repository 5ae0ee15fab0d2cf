/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.plenum.sip.Vectors;

/** Two seconds of a sweep with noise, an overload and a pause, coded by another implementation. */
class G722Test {
    private final short[] in = Vectors.samples("g722-in.raw");
    private final byte[] encoded = Vectors.octets("g722-encoded.bin");
    private final short[] decoded = Vectors.samples("g722-decoded.raw");

    @Test
    void encodesBitForBit() {
        byte[] ours = new byte[encoded.length];
        G722 codec = new G722();
        for (int frame = 0; frame < in.length / Pcm.FRAME; frame++) {
            codec.encode(Tones.frame(in, frame), Pcm.FRAME, ours, frame * Pcm.FRAME / 2);
        }
        assertArrayEquals(encoded, ours);
    }

    @Test
    void decodesBitForBit() {
        short[] ours = new short[decoded.length];
        short[] frame = new short[Pcm.FRAME];
        G722 codec = new G722();
        for (int at = 0; at < encoded.length; at += Pcm.FRAME / 2) {
            codec.decode(encoded, at, Pcm.FRAME / 2, frame);
            System.arraycopy(frame, 0, ours, 2 * at, Pcm.FRAME);
        }
        assertArrayEquals(decoded, ours);
    }

    @Test
    void aHighToneSurvives() {
        short[] tone = Tones.sine(6500, 8000, Pcm.RATE, Pcm.RATE);
        byte[] octets = new byte[tone.length / 2];
        new G722().encode(tone, tone.length, octets, 0);
        short[] back = new short[tone.length];
        new G722().decode(octets, 0, octets.length, back);
        assertTrue(Tones.level(back, 8000, 16_000, 6500, Pcm.RATE) > 4000);
    }
}
