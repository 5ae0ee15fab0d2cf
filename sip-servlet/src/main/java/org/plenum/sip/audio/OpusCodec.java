/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/**
 * Opus (RFC 6716). Decodes at 48 kHz always, because the library returns silence for hybrid packets at lower rates, and encodes at
 * 16 kHz, where it still puts copies of lost speech into the packets after it (in-band FEC).
 */
public final class OpusCodec implements PhoneCodec {
    private static final int CLOCK = 48_000;
    private static final int FRAME_48 = CLOCK / 50;
    private static final int BITRATE = 28_000;
    private static final int EXPECTED_LOSS = 10; // per cent
    private static final int MOST_OCTETS = 1_000;

    private final int complexity;
    private final OpusDecoder decoder;
    private OpusEncoder encoder; // made when first needed: a room's speakers are only heard
    private final Resampler down = Resampler.from48To16();
    private final short[] wide = new short[MOST_SAMPLES * 3];
    private long broken;

    /** @param complexity of the encoder, 0 to 10 */
    public OpusCodec(int complexity) {
        this.complexity = complexity;
        try {
            decoder = new OpusDecoder(CLOCK, 1);
        } catch (OpusException impossible) { // these arguments are valid
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int decode(byte[] octets, int at, int length, short[] samples) {
        if (length == 0 || hasUnequalHalves(octets[at], length)) {
            broken++;
            return 0;
        }
        return decode(octets, at, length, wide.length, false, samples);
    }

    /** Two frames of equal length in an odd number of octets (RFC 6716 section 3.2.3), which the library would take. */
    private static boolean hasUnequalHalves(byte first, int length) {
        return (first & 3) == 1 && length % 2 == 0;
    }

    /** {@inheritDoc} Uses the copy in the next packet where there is one. */
    @Override
    public int conceal(byte[] next, int at, int length, short[] samples) {
        if (next == null) {
            return decode(null, 0, 0, FRAME_48, false, samples);
        }
        return decode(next, at, length, FRAME_48, true, samples);
    }

    /** The library throws checked exceptions on bad packets, and now and then an error: no packet may end a call. */
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private int decode(byte[] octets, int at, int length, int frame, boolean fec, short[] samples) {
        int count;
        try {
            count = decoder.decode(octets, at, length, wide, 0, frame, fec);
        } catch (OpusException | RuntimeException | AssertionError bad) {
            broken++;
            return 0;
        }
        return count <= 0 ? 0 : down.process(wide, count - count % 3, samples);
    }

    @Override
    public int encode(short[] frame, byte[] octets, int at) {
        try {
            if (encoder == null) {
                encoder = newEncoder();
            }
            return encoder.encode(frame, 0, Pcm.FRAME, octets, at, Math.min(MOST_OCTETS, octets.length - at));
        } catch (OpusException impossible) { // a frame of 20 ms is always valid
            throw new IllegalStateException(impossible);
        }
    }

    private OpusEncoder newEncoder() throws OpusException {
        OpusEncoder made = new OpusEncoder(Pcm.RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        made.setBitrate(BITRATE);
        made.setComplexity(complexity);
        made.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        made.setMaxBandwidth(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND);
        made.setUseInbandFEC(true);
        made.setPacketLossPercent(EXPECTED_LOSS);
        return made;
    }

    @Override
    public int clockRate() {
        return CLOCK;
    }

    /** @return packets that could not be decoded */
    long broken() {
        return broken;
    }
}
