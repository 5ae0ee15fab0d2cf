/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** G.711, the A-law or the mu-law, between 8 kHz on the line and 16 kHz here. */
final class NarrowCodec implements PhoneCodec {
    private final boolean aLaw;
    private final Resampler up = Resampler.from8To16();
    private final Resampler down = Resampler.from16To8();
    private final Concealment concealment = new Concealment();
    private final short[] narrow = new short[MOST_SAMPLES / 2];

    NarrowCodec(boolean aLaw) {
        this.aLaw = aLaw;
    }

    @Override
    public int decode(byte[] octets, int at, int length, short[] samples) {
        if (length > narrow.length) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            narrow[i] = aLaw ? G711.decodeA(octets[at + i]) : G711.decodeMu(octets[at + i]);
        }
        int count = up.process(narrow, length, samples);
        concealment.heard(samples, count);
        return count;
    }

    @Override
    public int conceal(byte[] next, int at, int length, short[] samples) {
        concealment.conceal(samples, Pcm.FRAME);
        return Pcm.FRAME;
    }

    @Override
    public int encode(short[] frame, byte[] octets, int at) {
        int count = down.process(frame, Pcm.FRAME, narrow);
        for (int i = 0; i < count; i++) {
            octets[at + i] = aLaw ? G711.encodeA(narrow[i]) : G711.encodeMu(narrow[i]);
        }
        return count;
    }

    @Override
    public int clockRate() {
        return 8000;
    }
}
