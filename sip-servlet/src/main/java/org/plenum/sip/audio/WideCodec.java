/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** G.722, which has our own rate. */
final class WideCodec implements PhoneCodec {
    private final G722 in = new G722();
    private final G722 out = new G722();
    private final Concealment concealment = new Concealment();

    @Override
    public int decode(byte[] octets, int at, int length, short[] samples) {
        if (2 * length > samples.length) {
            return 0;
        }
        in.decode(octets, at, length, samples);
        concealment.heard(samples, 2 * length);
        return 2 * length;
    }

    @Override
    public int conceal(byte[] next, int at, int length, short[] samples) {
        concealment.conceal(samples, Pcm.FRAME);
        return Pcm.FRAME;
    }

    @Override
    public int encode(short[] frame, byte[] octets, int at) {
        out.encode(frame, Pcm.FRAME, octets, at);
        return Pcm.FRAME / 2;
    }

    @Override
    public int clockRate() {
        return 8000;
    }
}
