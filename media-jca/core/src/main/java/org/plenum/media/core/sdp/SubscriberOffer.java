/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plenum.media.core.rtp.HeaderExtensions;

/**
 * Our offer to a subscriber (contract livekit.md section 7.4): one section a track, with payload types and extension ids of our
 * own numbering, and exactly the codec the publisher sends. Sections keep their place for the life of the connection.
 */
public final class SubscriberOffer {
    /** Ids we use on every subscriber's connection, by URI. */
    public static final Map<String, Integer> EXTENSIONS =
            Map.of(HeaderExtensions.MID, 1, HeaderExtensions.ABS_SEND_TIME, 2, HeaderExtensions.TRANSPORT_WIDE_CC, 3);

    private static final int PORT = 9;
    private static final int RED = 63;

    private SubscriberOffer() {}

    /** Codecs we forward, with our payload types. */
    public enum Format {
        OPUS(MediaKind.AUDIO, "opus", 48_000, 111, -1),
        VP8(MediaKind.VIDEO, "VP8", 90_000, 96, 97),
        H264(MediaKind.VIDEO, "H264", 90_000, 102, 103);

        private final MediaKind kind;
        private final String codec;
        private final int clockRate;
        private final int payloadType;
        private final int rtxPayloadType;

        Format(MediaKind kind, String codec, int clockRate, int payloadType, int rtxPayloadType) {
            this.kind = kind;
            this.codec = codec;
            this.clockRate = clockRate;
            this.payloadType = payloadType;
            this.rtxPayloadType = rtxPayloadType;
        }

        /** @param mimeType as in {@link PublishedTrack#mimeType}, in any case */
        public static Optional<Format> of(String mimeType) {
            for (Format format : values()) {
                if (mimeType.equalsIgnoreCase(format.kind.word() + "/" + format.codec)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }

        public MediaKind kind() {
            return kind;
        }

        public String mimeType() {
            return kind.word() + "/" + codec;
        }

        public int payloadType() {
            return payloadType;
        }

        /** @return -1 for audio, which has no rtx */
        public int rtxPayloadType() {
            return rtxPayloadType;
        }
    }

    /** One section of the offer. Mids must be unique, at most 16 token characters, never reused for another kind. */
    public sealed interface Section {
        String mid();
    }

    /**
     * A track that is sent.
     *
     * @param participantSid {@code PA_...}, the stream of the msid
     * @param trackSid {@code TR_...}, the track of the msid
     * @param rtxSsrc used for video only
     * @param cname the same for all tracks of one publisher, so that they play in sync (RFC 3550 section 6.5.1)
     * @param stereo opus in two channels
     * @param red whether sound may come with what was sent before (RFC 2198)
     */
    public record Sending(
            String mid,
            Format format,
            String participantSid,
            String trackSid,
            long ssrc,
            long rtxSsrc,
            String cname,
            boolean stereo,
            boolean red)
            implements Section {}

    /** A place that is not used now. The format is that of its last track. */
    public record Inactive(String mid, Format format) implements Section {}

    /** A place whose last track the client refused: it stays out of use until a section with another mid takes it (RFC 8829 section 5.2.2). */
    public record Refused(String mid, Format format) implements Section {}

    /** Data channels; keeps an empty room's connection alive. */
    public record Data(String mid) implements Section {}

    /**
     * What a subscriber agreed to for one section.
     *
     * @param rtxPayloadType or -1
     * @param redPayloadType or -1
     * @param extensions ids by URI, never more than {@link #EXTENSIONS}
     */
    public record Agreed(
            String mid, int payloadType, int rtxPayloadType, int redPayloadType, Map<String, Integer> extensions) {
        public Agreed {
            extensions = Map.copyOf(extensions);
        }
    }

    /** @param local our transport; its setup should be ACTPASS */
    public static SessionDescription of(
            TransportDescription local, long sessionId, long version, boolean iceLite, List<Section> sections) {
        List<MediaSection> media = sections.stream().map(SubscriberOffer::media).toList();
        return new SessionDescription(
                sessionId,
                version,
                iceLite,
                true,
                media.stream().filter(m -> !m.stopped()).map(MediaSection::mid).toList(),
                local,
                media);
    }

    /**
     * Reads the answer to one of our offers.
     *
     * @return what may be sent, by mid; sections that the client refused or holds inactive are missing
     * @throws SdpException when the answer does not have the sections of the offer (RFC 3264 section 6)
     */
    public static Map<String, Agreed> agreed(SessionDescription offer, SessionDescription answer) throws SdpException {
        if (offer.sections().size() != answer.sections().size()) {
            throw new SdpException(SdpException.Reason.MISMATCH, 0);
        }
        Map<String, Agreed> agreed = new LinkedHashMap<>();
        for (int i = 0; i < offer.sections().size(); i++) {
            MediaSection ours = offer.sections().get(i);
            MediaSection theirs = answer.sections().get(i);
            if (ours.kind() != theirs.kind() || !ours.mid().equals(theirs.mid())) {
                throw new SdpException(SdpException.Reason.MISMATCH, 0);
            }
            boolean flows = ours.direction().sends() && theirs.direction().receives() && !theirs.stopped();
            if (flows && ours.kind() != MediaKind.APPLICATION) {
                agreed(ours, theirs).ifPresent(a -> agreed.put(a.mid(), a));
            }
        }
        return agreed;
    }

    private static Optional<Agreed> agreed(MediaSection ours, MediaSection theirs) {
        Codec codec = ours.codecs().get(0);
        if (theirs.codecs().stream().noneMatch(c -> c.payloadType() == codec.payloadType() && c.is(codec.name()))) {
            return Optional.empty();
        }
        boolean rtx = theirs.rtxOf(codec.payloadType()).isPresent();
        Map<String, Integer> extensions = new LinkedHashMap<>();
        for (Extmap extmap : ours.extensions()) {
            if (theirs.extensions().stream()
                    .anyMatch(e -> e.id() == extmap.id() && e.uri().equals(extmap.uri()))) {
                extensions.put(extmap.uri(), extmap.id());
            }
        }
        int rtxPayloadType =
                ours.rtxOf(codec.payloadType()).map(Codec::payloadType).orElse(-1);
        int redPayloadType = ours.redOf(codec).isPresent()
                ? theirs.redOf(codec).map(Codec::payloadType).orElse(-1)
                : -1;
        return Optional.of(
                new Agreed(ours.mid(), codec.payloadType(), rtx ? rtxPayloadType : -1, redPayloadType, extensions));
    }

    private static MediaSection media(Section section) {
        if (section instanceof Sending sending) {
            return sending(sending);
        }
        if (section instanceof Inactive inactive) {
            SectionBuilder media = rtp(inactive.mid(), inactive.format(), PORT, false, false);
            media.direction = Direction.INACTIVE;
            return media.build();
        }
        if (section instanceof Refused refused) {
            SectionBuilder media = rtp(refused.mid(), refused.format(), 0, false, false);
            media.direction = Direction.INACTIVE;
            return media.build();
        }
        SectionBuilder data = new SectionBuilder(MediaKind.APPLICATION, section.mid(), PORT);
        data.sctpPort = 5000;
        return data.build();
    }

    private static MediaSection sending(Sending track) {
        SectionBuilder media = rtp(track.mid(), track.format(), PORT, track.stereo(), track.red());
        media.direction = Direction.SENDONLY;
        media.msid = Optional.of(new Msid(track.participantSid() + "|" + track.trackSid(), track.trackSid()));
        media.sources.add(new Source(track.ssrc(), track.cname(), ""));
        if (track.format().kind() == MediaKind.VIDEO) {
            media.groups.add(new SourceGroup("FID", List.of(track.ssrc(), track.rtxSsrc())));
            media.sources.add(new Source(track.rtxSsrc(), track.cname(), ""));
        }
        return media.build();
    }

    private static SectionBuilder rtp(String mid, Format format, int port, boolean stereo, boolean red) {
        SectionBuilder media = new SectionBuilder(format.kind(), mid, port);
        media.rtcpMux = true;
        media.codecs.addAll(codecs(format, stereo, red));
        media.extensions.add(new Extmap(EXTENSIONS.get(HeaderExtensions.MID), HeaderExtensions.MID));
        if (format.kind() == MediaKind.VIDEO) {
            media.extensions.add(
                    new Extmap(EXTENSIONS.get(HeaderExtensions.ABS_SEND_TIME), HeaderExtensions.ABS_SEND_TIME));
        }
        media.extensions.add(
                new Extmap(EXTENSIONS.get(HeaderExtensions.TRANSPORT_WIDE_CC), HeaderExtensions.TRANSPORT_WIDE_CC));
        return media;
    }

    private static List<Codec> codecs(Format format, boolean stereo, boolean red) {
        List<Codec> codecs = new ArrayList<>();
        if (format == Format.OPUS) {
            String parameters = "minptime=10;useinbandfec=1" + (stereo ? ";sprop-stereo=1;stereo=1" : "");
            codecs.add(new Codec(
                    format.payloadType,
                    format.codec,
                    format.clockRate,
                    2,
                    parameters,
                    List.of("nack", "transport-cc")));
            if (red) {
                String twice = format.payloadType + "/" + format.payloadType;
                codecs.add(new Codec(RED, MediaSection.RED, format.clockRate, 2, twice, List.of("transport-cc")));
            }
            return codecs;
        }
        codecs.add(new Codec(
                format.payloadType,
                format.codec,
                format.clockRate,
                1,
                format == Format.H264 ? H264Profile.CONSTRAINED_BASELINE : "",
                List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")));
        codecs.add(
                new Codec(format.rtxPayloadType, "rtx", format.clockRate, 1, "apt=" + format.payloadType, List.of()));
        return codecs;
    }
}
