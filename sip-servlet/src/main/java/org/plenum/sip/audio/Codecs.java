/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The codecs towards telephones, the best first. */
public enum Codecs {
    OPUS("opus", 48_000, -1, () -> new OpusCodec(5)),
    G722("G722", 8000, 9, WideCodec::new),
    PCMA("PCMA", 8000, 8, () -> new NarrowCodec(true)),
    PCMU("PCMU", 8000, 0, () -> new NarrowCodec(false));

    private final String encoding;
    private final int clockRate;
    private final int staticType;
    private final Supplier<PhoneCodec> maker;

    Codecs(String encoding, int clockRate, int staticType, Supplier<PhoneCodec> maker) {
        this.encoding = encoding;
        this.clockRate = clockRate;
        this.staticType = staticType;
        this.maker = maker;
    }

    /** As in {@code a=rtpmap}. */
    public String encoding() {
        return encoding;
    }

    /** Of RTP. */
    public int clockRate() {
        return clockRate;
    }

    /** Payload type of RFC 3551 section 6, or -1. */
    public int staticType() {
        return staticType;
    }

    public PhoneCodec make() {
        return maker.get();
    }

    /** @return the codec of an rtpmap; absent for those that are not spoken here */
    public static Optional<Codecs> of(String encoding, int clockRate) {
        for (Codecs codec : values()) {
            if (codec.encoding.toLowerCase(Locale.ROOT).equals(encoding.toLowerCase(Locale.ROOT))
                    && codec.clockRate == clockRate) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /** @return the codec that a payload type means when no rtpmap explains it */
    public static Optional<Codecs> ofType(int payloadType) {
        for (Codecs codec : values()) {
            if (codec.staticType == payloadType) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
