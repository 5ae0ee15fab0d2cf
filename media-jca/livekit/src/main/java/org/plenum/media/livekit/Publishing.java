/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitModels.TrackType;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.RequestResponse.Reason;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.Connection.IceCredentials;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.room.Forwarding.Condition;
import org.plenum.media.core.room.Forwarding.PublicationSpec;
import org.plenum.media.core.room.Forwarding.Ssrcs;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.sdp.MediaKind;
import org.plenum.media.core.sdp.MediaSection;
import org.plenum.media.core.sdp.Msid;
import org.plenum.media.core.sdp.PublishedTrack;
import org.plenum.media.core.sdp.PublisherAnswer;
import org.plenum.media.core.sdp.PublisherAnswer.Wish;
import org.plenum.media.core.sdp.SessionDescription;
import org.plenum.media.core.sdp.Setup;
import org.plenum.media.core.sdp.SubscriberOffer.Format;
import org.plenum.media.livekit.SignalCounters.Count;

/**
 * What one participant sends: announced tracks, the publisher connection, and which section of its description carries which
 * track (contract livekit.md section 8). The client offers, we answer.
 */
final class Publishing {
    private static final int MOST_REFUSED = 64;
    private static final String LOCAL_TYPE = "audio/opus";
    private static final Format LOCAL_FORMAT = Format.of(LOCAL_TYPE).orElseThrow();
    private static final int LOCAL_CLOCK = 48_000; // RFC 7587 section 4.1
    private static final int MOST_CODECS = 8;
    private static final int MOST_LAYERS = 16;
    private static final Wish NOTHING = new Wish(List.of(), false, false, false);

    private final Participant owner;
    private final Surroundings around;
    private final long sessionId;
    private final Map<String, Track> tracks = new LinkedHashMap<>(); // by sid, in the order they were announced
    private final Map<String, Track> byMid = new LinkedHashMap<>();
    private final Map<String, PublishedTrack> unmatched =
            new LinkedHashMap<>(); // sections that came before their add_track
    private final Set<String> refusedCids = new LinkedHashSet<>();
    private Connection connection;
    private String remoteUfrag = "";

    Publishing(Participant owner, Surroundings around) {
        this.owner = owner;
        this.around = around;
        this.sessionId = around.sids().description();
    }

    Collection<Track> tracks() {
        return tracks.values();
    }

    List<Track> published() {
        return tracks.values().stream().filter(Track::isPublished).toList();
    }

    Optional<Track> track(String sid) {
        return Optional.ofNullable(tracks.get(sid));
    }

    Condition condition() {
        return connection == null
                ? Condition.UNKNOWN
                : owner.room().forwarding().condition(connection);
    }

    boolean uses(Connection other) {
        return connection == other;
    }

    /** Announces a track, or says why not. */
    void add(AddTrackRequest request) {
        Optional<Track> first = track(request.getSid()).filter(track -> track.takesSecond(request));
        Optional<Reason> refusal = first.isPresent() ? tooLarge(request) : refusal(request);
        if (refusal.isPresent()) {
            around.count(Count.TRACKS_REFUSED);
            remember(request.getCid());
            owner.respond(refusal.get(), r -> r.setAddTrack(request));
            return;
        }
        Track track = first.map(of -> second(of, request)).orElseGet(() -> announced(request));
        refusedCids.removeAll(track.cids());
        owner.announced(request.getCid(), track);
        List.copyOf(unmatched.values()).stream()
                .filter(section -> isFor(track, section.kind()) && track.isCalled(cid(section.msid())))
                .findFirst()
                .ifPresent(section -> publish(track, section));
    }

    private Track announced(AddTrackRequest request) {
        TrackSource source = source(request);
        Track track = new Track(
                around.sids().track(source), source, request, around.config().videoCodecs());
        tracks.put(track.sid(), track);
        return track;
    }

    /** The same video in another codec, which is a section of its own. */
    private static Track second(Track first, AddTrackRequest request) {
        Track track = new Track(
                first.sid(),
                first.source(),
                request,
                first.secondCodec().stream()
                        .map(c -> c.toUpperCase(Locale.ROOT))
                        .toList());
        first.second(track);
        return track;
    }

    /** All that may be bound to a section. */
    private Stream<Track> all() {
        return tracks.values().stream().flatMap(track -> Stream.concat(Stream.of(track), track.second().stream()));
    }

    private boolean isSecond(Track track) {
        return tracks.get(track.sid()) != track;
    }

    /** The connection of somebody in this server, instead of one that is negotiated. */
    LocalConnection openLocal() {
        LocalConnection local = around.plane().openLocal(owner, (packet, length) -> {});
        connection = local;
        owner.onState(local, local.state());
        return local;
    }

    boolean isLocal() {
        return connection instanceof LocalConnection;
    }

    /** Announces and publishes an Opus track at once; only with a local connection. */
    void addLocal(AddTrackRequest request) {
        if (refusal(request).isPresent()) {
            around.count(Count.TRACKS_REFUSED);
            return;
        }
        TrackSource source = source(request);
        Track track = new Track(around.sids().track(source), source, request, List.of());
        tracks.put(track.sid(), track);
        PublicationSpec spec = new PublicationSpec(
                "",
                false,
                false,
                LOCAL_TYPE,
                LOCAL_CLOCK,
                LocalSession.PAYLOAD_TYPE,
                -1,
                -1,
                false,
                Map.of(HeaderExtensions.AUDIO_LEVEL, LocalSession.LEVEL_ID),
                List.of(new Ssrcs(LocalSession.SSRC, -1)),
                List.of());
        track.published("", LOCAL_FORMAT, owner.room().forwarding().publish(connection, spec));
        around.count(Count.TRACKS_PUBLISHED);
        owner.room().published(track, owner);
    }

    private Optional<Reason> refusal(AddTrackRequest request) {
        boolean known = request.getType() == TrackType.AUDIO || request.getType() == TrackType.VIDEO;
        if (!known || isVideo(source(request)) != (request.getType() == TrackType.VIDEO)) {
            return Optional.of(Reason.UNSUPPORTED_TYPE); // also a camera called microphone, to get past its right
        }
        if (!request.getSid().isEmpty()) {
            return Optional.of(Reason.UNSUPPORTED_TYPE); // a codec that was not held ready
        }
        if (!owner.grants().sources().contains(source(request))) {
            return Optional.of(Reason.NOT_ALLOWED);
        }
        long pending = tracks.values().stream().filter(t -> !t.isPublished()).count();
        boolean full = pending >= around.config().limits().pendingTracks()
                || tracks.size() >= around.config().limits().tracksPerParticipant();
        return full ? Optional.of(Reason.LIMIT_EXCEEDED) : tooLarge(request);
    }

    private static Optional<Reason> tooLarge(AddTrackRequest request) {
        boolean fits = request.getCid().length() <= Entrance.LONGEST_NAME
                && request.getName().length() <= Entrance.LONGEST_NAME
                && request.getStream().length() <= Entrance.LONGEST_NAME
                && request.getLayersCount() <= MOST_LAYERS
                && request.getAudioFeaturesCount() <= MOST_LAYERS
                && request.getSimulcastCodecsCount() <= MOST_CODECS
                && request.getSimulcastCodecsList().stream()
                        .allMatch(c ->
                                c.getLayersCount() <= MOST_LAYERS && c.getCid().length() <= Entrance.LONGEST_NAME);
        return fits ? Optional.empty() : Optional.of(Reason.LIMIT_EXCEEDED);
    }

    /** A source that is not given means what such a track usually is. */
    private static TrackSource source(AddTrackRequest request) {
        return switch (request.getSource()) {
            case CAMERA -> TrackSource.CAMERA;
            case MICROPHONE -> TrackSource.MICROPHONE;
            case SCREEN_SHARE -> TrackSource.SCREEN_SHARE;
            case SCREEN_SHARE_AUDIO -> TrackSource.SCREEN_SHARE_AUDIO;
            default -> request.getType() == TrackType.AUDIO ? TrackSource.MICROPHONE : TrackSource.CAMERA;
        };
    }

    private static boolean isVideo(TrackSource source) {
        return source == TrackSource.CAMERA || source == TrackSource.SCREEN_SHARE;
    }

    private void remember(String cid) {
        if (cid.length() <= Entrance.LONGEST_NAME && !cid.isEmpty()) {
            refusedCids.add(cid);
            if (refusedCids.size() > MOST_REFUSED) {
                refusedCids.remove(refusedCids.iterator().next());
            }
        }
    }

    /** @return the answer to an offer of the client, after which media may flow */
    SessionDescription answer(SessionDescription offer) {
        if (connection == null) {
            connection = around.plane().openConnection(owner);
        }
        boolean restarted =
                !remoteUfrag.isEmpty() && !remoteUfrag.equals(offer.transport().ufrag());
        remoteUfrag = offer.transport().ufrag();
        if (restarted) {
            connection.restartIce(); // RFC 8839 section 4.4.2: the answer to a restart is one too
        }
        boolean active = offer.transport().setup() == Setup.PASSIVE;
        connection.remote(
                new IceCredentials(offer.transport().ufrag(), offer.transport().password()),
                offer.transport().fingerprint(),
                active);
        endStopped(offer);
        match(offer);
        PublisherAnswer answer = PublisherAnswer.to(
                offer,
                Transports.local(connection, active ? Setup.ACTIVE : Setup.PASSIVE),
                sessionId,
                true,
                this::wish);
        unmatched.clear();
        for (PublishedTrack section : answer.tracks()) {
            Track track = byMid.get(section.mid());
            if (track == null) {
                unmatched.put(section.mid(), section);
            } else if (!track.isPublished()) {
                publish(track, section);
            }
        }
        return answer.description();
    }

    /** A section that sends no more, or sends another track now, ends the publication it carried. */
    private void endStopped(SessionDescription offer) {
        for (Map.Entry<String, Track> bound : List.copyOf(byMid.entrySet())) {
            boolean goesOn = offer.section(bound.getKey())
                    .filter(Publishing::isSending)
                    .filter(s -> bound.getValue().isCalled(cid(s.msid()))
                            || pending(s, cid(s.msid())).isEmpty())
                    .isPresent();
            if (!goesOn) {
                end(bound.getValue());
            }
        }
    }

    /** By the client's id first, over all sections; what is left goes to the oldest announced track of its kind. */
    private void match(SessionDescription offer) {
        List<MediaSection> open = new ArrayList<>();
        for (MediaSection section : offer.sections()) {
            if (isSending(section) && !byMid.containsKey(section.mid())) {
                Optional<Track> named = pending(section, cid(section.msid()));
                named.ifPresentOrElse(t -> byMid.put(section.mid(), t), () -> open.add(section));
            }
        }
        for (MediaSection section : open) {
            if (!refusedCids.contains(cid(section.msid()))) {
                all().filter(t -> isWaiting(t) && isFor(t, section.kind()))
                        .findFirst()
                        .ifPresent(t -> byMid.put(section.mid(), t));
            }
        }
    }

    private Optional<Track> pending(MediaSection section, String cid) {
        return all().filter(t -> isWaiting(t) && isFor(t, section.kind()) && t.isCalled(cid))
                .findFirst();
    }

    private boolean isWaiting(Track track) {
        return !track.isPublished() && !byMid.containsValue(track);
    }

    private static boolean isFor(Track track, MediaKind kind) {
        return track.isVideo() == (kind == MediaKind.VIDEO);
    }

    private static boolean isSending(MediaSection section) {
        return section.kind() != MediaKind.APPLICATION && section.direction().sends() && !section.stopped();
    }

    /** Firefox puts braces around ids (contract livekit.md section 7.1). */
    private static String cid(Optional<Msid> msid) {
        return msid.map(Msid::track).orElse("");
    }

    private Wish wish(MediaSection section) {
        Track track = byMid.get(section.mid());
        if (track == null && refusedCids.contains(cid(section.msid()))) {
            return NOTHING;
        }
        boolean video = section.kind() == MediaKind.VIDEO;
        List<String> codecs =
                !video ? List.of("opus") : track == null ? around.config().videoCodecs() : track.wishes();
        return new Wish(
                codecs, track == null || track.dtx(), track != null && track.stereo(), track != null && track.red());
    }

    private void publish(Track track, PublishedTrack section) {
        Optional<Format> format = Format.of(section.mimeType());
        if (format.isEmpty()) {
            around.count(Count.TRACKS_REFUSED);
            return;
        }
        unmatched.remove(section.mid());
        byMid.put(section.mid(), track);
        track.published(
                section.mid(), format.get(), owner.room().forwarding().publish(connection, spec(section, track)));
        around.count(Count.TRACKS_PUBLISHED);
        if (isSecond(track)) {
            owner.room().secondChanged(tracks.get(track.sid()), owner);
        } else {
            owner.room().published(track, owner);
        }
    }

    private static PublicationSpec spec(PublishedTrack section, Track track) {
        return new PublicationSpec(
                section.mid(),
                section.kind() == MediaKind.VIDEO,
                track.source() == TrackSource.SCREEN_SHARE,
                section.mimeType(),
                section.clockRate(),
                section.payloadType(),
                section.rtxPayloadType(),
                section.redPayloadType(),
                section.nack(),
                section.extensions(),
                section.streams().stream()
                        .map(s -> new Ssrcs(s.ssrc(), s.rtxSsrc()))
                        .toList(),
                section.rids());
    }

    /** Takes away what may no longer be sent. */
    List<Track> withdrawForbidden() {
        List<Track> forbidden = tracks.values().stream()
                .filter(t -> !owner.grants().sources().contains(t.source()))
                .toList();
        for (Track track : forbidden) {
            track.cids().forEach(this::remember);
            track.second().ifPresent(second -> second.cids().forEach(this::remember));
            end(track);
        }
        return forbidden;
    }

    private void end(Track track) {
        byMid.values().remove(track);
        if (isSecond(track)) {
            endSecond(track);
            return;
        }
        track.second().ifPresent(byMid.values()::remove);
        tracks.remove(track.sid());
        if (track.isPublished()) {
            owner.room().unpublished(track, owner);
            track.close();
        }
    }

    /** The first codec may have ended before, in the same offer. */
    private void endSecond(Track second) {
        second.close();
        Track first = tracks.get(second.sid());
        if (first != null) {
            first.second(null);
            owner.room().secondChanged(first, owner);
        }
    }

    /** Ends everything at once; the room tells the others by itself. */
    void close() {
        for (Track track : tracks.values()) {
            if (track.isPublished()) {
                owner.room().unpublished(track, owner);
                track.close();
            }
        }
        tracks.clear();
        byMid.clear();
        unmatched.clear();
        if (connection != null) {
            connection.close();
        }
    }
}
