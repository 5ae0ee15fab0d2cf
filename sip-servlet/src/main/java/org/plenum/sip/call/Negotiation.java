/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plenum.sip.audio.Codecs;

/**
 * Which of the telephone's codecs is spoken (RFC 3264 section 6.1): one only, ours before theirs, and keys in the clock of that codec.
 */
public final class Negotiation {
    private static final Set<String> PLAIN = Set.of("RTP/AVP", "RTP/AVPF");
    private static final Set<String> SECURE = Set.of("RTP/SAVP", "RTP/SAVPF");
    private static final String KEYS = "telephone-event";

    /**
     * What was agreed.
     *
     * @param section index of the m-line that carries the sound
     * @param payloadType as the telephone numbers the codec
     * @param keyType payload type of keys, or -1
     * @param keyClock of their timestamps
     * @param sending whether we send
     * @param receiving whether the telephone does
     * @param crypto the telephone's keys, absent when the sound is not protected
     */
    public record Agreement(
            int section,
            Codecs codec,
            int payloadType,
            int keyType,
            int keyClock,
            String address,
            int port,
            boolean sending,
            boolean receiving,
            boolean reportsBeside,
            Optional<Crypto> crypto) {}

    private Negotiation() {}

    /** @return absent: no sound that can be carried here */
    public static Optional<Agreement> of(Offer offer, Protection protection) {
        for (int i = 0; i < offer.sections().size(); i++) {
            Offer.Section section = offer.sections().get(i);
            Optional<Crypto> crypto = crypto(section, protection);
            boolean carries = crypto.isPresent() || PLAIN.contains(section.protocol()) && protection.takesPlain();
            if (section.type().equals("audio") && section.port() > 0 && carries) {
                Optional<Agreement> found = choose(i, section, crypto);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The first that we can do: the telephone names the best first. Beside plain RTP it is a wish, which we follow. */
    private static Optional<Crypto> crypto(Offer.Section section, Protection protection) {
        if (!protection.takesKeys() || !PLAIN.contains(section.protocol()) && !SECURE.contains(section.protocol())) {
            return Optional.empty();
        }
        return section.crypto().stream()
                .map(Crypto::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Agreement> choose(int index, Offer.Section section, Optional<Crypto> crypto) {
        for (Codecs codec : Codecs.values()) {
            for (int format : section.formats()) {
                if (codecOf(section, format).filter(codec::equals).isPresent()
                        && section.address().isPresent()) {
                    return Optional.of(agreement(index, section, codec, format, crypto));
                }
            }
        }
        return Optional.empty();
    }

    private static Agreement agreement(
            int index, Offer.Section section, Codecs codec, int format, Optional<Crypto> crypto) {
        int keys = keys(section, codec.clockRate());
        boolean held = section.address().get().equals("0.0.0.0"); // RFC 3264 section 8.4, the old way
        boolean theySend =
                section.direction() == Offer.Direction.SENDRECV || section.direction() == Offer.Direction.SENDONLY;
        boolean theyListen =
                section.direction() == Offer.Direction.SENDRECV || section.direction() == Offer.Direction.RECVONLY;
        return new Agreement(
                index,
                codec,
                format,
                keys,
                keys < 0 ? 0 : clock(section.encodings().get(keys)),
                section.address().get(),
                section.port(),
                theyListen && !held,
                theySend,
                section.reportsBeside(),
                crypto);
    }

    private static Optional<Codecs> codecOf(Offer.Section section, int format) {
        String encoding = section.encodings().get(format);
        if (encoding == null) {
            return Codecs.ofType(format);
        }
        return Codecs.of(name(encoding), clock(encoding));
    }

    /** Several may be offered under several numbers: the one in the codec's clock, else any (some offer only 8000 beside Opus). */
    private static int keys(Offer.Section section, int clockRate) {
        int any = -1;
        for (int format : section.formats()) {
            String encoding = section.encodings().get(format);
            if (encoding != null && name(encoding).equalsIgnoreCase(KEYS)) {
                if (clock(encoding) == clockRate) {
                    return format;
                }
                any = any < 0 ? format : any;
            }
        }
        return any;
    }

    private static String name(String encoding) {
        int slash = encoding.indexOf('/');
        return slash < 0 ? encoding : encoding.substring(0, slash);
    }

    private static int clock(String encoding) {
        String[] parts = encoding.split("/", -1);
        try {
            return parts.length < 2 ? 0 : Integer.parseInt(parts[1].strip());
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** What we offer when a telephone asks without an offer of its own. */
    static List<Map.Entry<Integer, String>> own() {
        return List.of(
                Map.entry(96, "opus/48000/2"),
                Map.entry(9, "G722/8000"),
                Map.entry(8, "PCMA/8000"),
                Map.entry(0, "PCMU/8000"),
                Map.entry(101, "telephone-event/8000"),
                Map.entry(102, "telephone-event/48000"));
    }
}
