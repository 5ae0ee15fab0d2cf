/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.plenum.media.core.rtp.HeaderExtensions;

/**
 * Our answer to a publisher (contract livekit.md section 7.3): the offered order, mids, payload types and extension ids stay;
 * what is sent is received with exactly one codec and its rtx; what is not sent, or cannot be taken, becomes inactive and stays
 * in the BUNDLE group, because browsers reject an answer that gives a bundled section port 0.
 *
 * @param description for {@link SdpWriter}
 * @param tracks of the sections that will carry media, in the order of the sections
 */
public record PublisherAnswer(SessionDescription description, List<PublishedTrack> tracks) {
    private static final int PORT = 9; // discard: the transport is known from ICE
    private static final List<String> VIDEO_EXTENSIONS =
            List.of(HeaderExtensions.MID, HeaderExtensions.RID, HeaderExtensions.REPAIRED_RID);
    private static final List<String> AUDIO_EXTENSIONS = List.of(HeaderExtensions.MID, HeaderExtensions.AUDIO_LEVEL);
    private static final List<String> LAYER_NAMES = List.of("q", "h", "f"); // LiveKit's rids, low to high

    public PublisherAnswer {
        tracks = List.copyOf(tracks);
    }

    /**
     * How one section shall be received.
     *
     * @param codecs names in the order of preference, for example {@code VP8, H264}; the first that is offered is taken
     * @param dtx whether an opus sender may pause in silence
     * @param stereo whether opus is received in two channels
     * @param red whether sound should come with what was sent before, for lines that lose packets (RFC 2198)
     */
    public record Wish(List<String> codecs, boolean dtx, boolean stereo, boolean red) {
        /** For a section whose track is not announced yet. */
        public static Wish standard(MediaKind kind) {
            return new Wish(kind == MediaKind.AUDIO ? List.of("opus") : List.of("VP8", "H264"), true, false, false);
        }

        public Wish {
            codecs = List.copyOf(codecs);
        }
    }

    /**
     * @param local our transport; its setup must be ACTIVE or PASSIVE
     * @param iceLite whether our ICE agent is a lite one (RFC 8445 section 2.5)
     * @param wishes asked once for each audio and video section that is sent
     */
    public static PublisherAnswer to(
            SessionDescription offer,
            TransportDescription local,
            long sessionId,
            boolean iceLite,
            Function<MediaSection, Wish> wishes) {
        List<MediaSection> sections = new ArrayList<>();
        List<PublishedTrack> tracks = new ArrayList<>();
        for (MediaSection offered : offer.sections()) {
            boolean reachable = !offered.stopped() && isOnTransport(offer, offered);
            if (offered.kind() == MediaKind.APPLICATION) {
                sections.add(data(offered, reachable));
                continue;
            }
            Wish wish = reachable && offered.direction().sends() ? wishes.apply(offered) : null;
            Codec codec = wish == null ? null : choose(offered, wish);
            if (codec == null) {
                sections.add(inactive(offered, reachable));
            } else {
                MediaSection answered = agreed(offered, codec, wish, Direction.RECVONLY);
                sections.add(answered);
                tracks.add(track(offered, answered));
            }
        }
        List<String> bundle = sections.stream()
                .filter(s -> !s.stopped() && offer.bundle().contains(s.mid()))
                .map(MediaSection::mid)
                .toList();
        return new PublisherAnswer(
                new SessionDescription(
                        sessionId, offer.version(), iceLite, offer.extmapAllowMixed(), bundle, local, sections),
                tracks);
    }

    /** We have one transport: without BUNDLE only the first section in use can be served. */
    private static boolean isOnTransport(SessionDescription offer, MediaSection section) {
        return offer.bundle().isEmpty()
                ? offer.sections().stream()
                        .filter(s -> !s.stopped())
                        .findFirst()
                        .map(section::equals)
                        .orElse(false)
                : offer.bundle().contains(section.mid());
    }

    private static MediaSection data(MediaSection offered, boolean reachable) {
        SectionBuilder answer = new SectionBuilder(offered.kind(), offered.mid(), reachable ? PORT : 0);
        answer.sctpPort = reachable ? 5000 : 0; // RFC 8841 section 5; SCTP itself may stay unanswered
        return answer.build();
    }

    /**
     * All that was agreed stays agreed while a section rests: Chromium leaves out of its next offer what an answer left out, header
     * extensions for instance, and then refuses its own offer of layers without them.
     */
    private static MediaSection inactive(MediaSection offered, boolean reachable) {
        Wish wish = Wish.standard(offered.kind());
        Codec codec = choose(offered, wish);
        if (codec != null && reachable && offered.direction() != Direction.RECVONLY) {
            return agreed(offered, codec, wish, Direction.INACTIVE);
        }
        SectionBuilder answer = new SectionBuilder(offered.kind(), offered.mid(), reachable ? PORT : 0);
        answer.direction = Direction.INACTIVE;
        answer.rtcpMux = true;
        Optional<Codec> any = codec == null ? offered.codecs().stream().findFirst() : Optional.of(codec);
        any.ifPresent(c -> answer.codecs.add(withoutFeedback(c)));
        return answer.build();
    }

    private static Codec withoutFeedback(Codec codec) {
        return new Codec(
                codec.payloadType(), codec.name(), codec.clockRate(), codec.channels(), codec.format(), List.of());
    }

    private static Codec choose(MediaSection offered, Wish wish) {
        for (String name : wish.codecs()) {
            Optional<Codec> found = offered.codecs().stream()
                    .filter(c -> c.is(name) && (!c.is("H264") || H264Profile.isAcceptable(c)))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return null;
    }

    private static MediaSection agreed(MediaSection offered, Codec codec, Wish wish, Direction direction) {
        SectionBuilder answer = new SectionBuilder(offered.kind(), offered.mid(), PORT);
        answer.direction = direction;
        answer.rtcpMux = true;
        boolean video = offered.kind() == MediaKind.VIDEO;
        boolean transportCc = video
                && codec.feedback().contains("transport-cc")
                && offered.extensions().stream().anyMatch(e -> e.uri().equals(HeaderExtensions.TRANSPORT_WIDE_CC));
        if (wish.red()) {
            offered.redOf(codec)
                    .map(red -> new Codec(
                            red.payloadType(),
                            red.name(),
                            red.clockRate(),
                            red.channels(),
                            red.format(),
                            feedback(red, false, false)))
                    .ifPresent(answer.codecs::add); // first: senders send what stands first
        }
        answer.codecs.add(new Codec(
                codec.payloadType(),
                codec.name(),
                codec.clockRate(),
                codec.channels(),
                format(codec, wish),
                feedback(codec, video, transportCc)));
        if (video) {
            offered.rtxOf(codec.payloadType()).ifPresent(answer.codecs::add);
        }
        List<String> wanted = new ArrayList<>(video ? VIDEO_EXTENSIONS : AUDIO_EXTENSIONS);
        if (video) {
            wanted.add(transportCc ? HeaderExtensions.TRANSPORT_WIDE_CC : HeaderExtensions.ABS_SEND_TIME);
        }
        offered.extensions().stream()
                .filter(e -> wanted.contains(e.uri()) && e.direction().sends())
                .map(e -> new Extmap(e.id(), e.uri()))
                .forEach(answer.extensions::add);
        encodings(offered, answer);
        return answer.build();
    }

    /** What we say about the codec tells the sender how to encode for us (RFC 7587 section 6.1). */
    private static String format(Codec codec, Wish wish) {
        if (!codec.is("opus")) {
            return codec.is("H264") ? codec.format() : "";
        }
        return "minptime=10;useinbandfec=1" + (wish.dtx() ? ";usedtx=1" : "")
                + (wish.stereo() ? ";stereo=1;maxaveragebitrate=510000" : "");
    }

    private static List<String> feedback(Codec codec, boolean video, boolean transportCc) {
        List<String> wanted = video
                ? List.of("nack", "nack pli", "ccm fir", transportCc ? "transport-cc" : "goog-remb")
                : List.of("nack");
        return wanted.stream().filter(codec.feedback()::contains).toList();
    }

    private static void encodings(MediaSection offered, SectionBuilder answer) {
        offered.rids().stream()
                .filter(Rid::send)
                .map(r -> new Rid(r.id(), false))
                .forEach(answer.rids::add);
        offered.simulcast()
                .filter(s -> !s.send().isEmpty())
                .ifPresent(s -> answer.simulcast = Optional.of(new Simulcast(List.of(), s.send())));
    }

    private static PublishedTrack track(MediaSection offered, MediaSection answered) {
        Codec codec = answered.codecs().stream()
                .filter(c -> !c.is(MediaSection.RED))
                .findFirst()
                .orElseThrow();
        Map<String, Integer> extensions = new LinkedHashMap<>();
        answered.extensions().forEach(e -> extensions.put(e.uri(), e.id()));
        List<String> rids = rids(answered);
        return new PublishedTrack(
                answered.mid(),
                answered.kind(),
                answered.kind().word() + "/" + codec.name(),
                codec.clockRate(),
                codec.payloadType(),
                answered.rtxOf(codec.payloadType()).map(Codec::payloadType).orElse(-1),
                answered.redOf(codec).map(Codec::payloadType).orElse(-1),
                codec.feedback().contains("nack"),
                codec.feedback().contains("transport-cc"),
                extensions,
                rids.isEmpty() ? streams(offered) : List.of(),
                rids,
                offered.msid());
    }

    /** In the order of the simulcast line, which LiveKit's clients write from low to high; its own names are sorted anyway. */
    private static List<String> rids(MediaSection answered) {
        List<String> rids = answered.simulcast()
                .map(s -> s.receive().stream().map(a -> a.get(0)).toList())
                .orElse(answered.rids().stream().map(Rid::id).toList());
        return LAYER_NAMES.containsAll(rids)
                ? LAYER_NAMES.stream().filter(rids::contains).toList()
                : rids;
    }

    /** Media SSRCs with their rtx: from the SIM group when there is one, else every source that is not another's rtx. */
    private static List<PublishedTrack.Stream> streams(MediaSection offered) {
        Map<Long, Long> rtx = new LinkedHashMap<>();
        List<Long> media = new ArrayList<>();
        for (SourceGroup group : offered.groups()) {
            if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
                rtx.put(group.ssrcs().get(0), group.ssrcs().get(1));
            } else if (group.semantics().equals("SIM")) {
                media = group.ssrcs();
            }
        }
        if (media.isEmpty()) {
            media = offered.sources().stream()
                    .map(Source::ssrc)
                    .filter(s -> !rtx.containsValue(s))
                    .toList();
        }
        return media.stream()
                .map(s -> new PublishedTrack.Stream(s, rtx.getOrDefault(s, -1L)))
                .toList();
    }
}
