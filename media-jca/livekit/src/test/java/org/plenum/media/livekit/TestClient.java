/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import livekit.LivekitRtc;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.JoinResponse;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import org.plenum.media.api.SignalClient;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.sdp.Direction;
import org.plenum.media.core.sdp.SdpException;
import org.plenum.media.core.sdp.SdpParser;
import org.plenum.media.core.sdp.SessionDescription;

/** A LiveKit client without media: remembers all it is told, answers offers, offers what it publishes. */
final class TestClient implements SignalClient {
    private final Meeting meeting;
    private final List<SignalResponse> received = new ArrayList<>();
    private final Map<String, ParticipantInfo> others = new LinkedHashMap<>(); // by sid, also those who left
    private final OfferText offer;
    private SignalSession session;
    private String sid = ""; // of a session that goes on
    private boolean answersOffers = true;
    private String refused = "nothing"; // a codec
    private int offers;
    int closeCode;

    TestClient(Meeting meeting) {
        this.meeting = meeting;
        offer = new OfferText();
    }

    /** The same client behind another socket. */
    TestClient(TestClient before) {
        meeting = before.meeting;
        offer = before.offer;
        offers = before.offers;
        sid = before.sid();
        publisherOffers = before.publisherOffers;
    }

    void session(SignalSession opened) {
        session = opened;
        answer();
    }

    // ---- the socket

    @Override
    public void send(byte[] message) {
        if (closeCode != 0) {
            throw new AssertionError("a message behind the close");
        }
        SignalResponse response = parsed(message);
        received.add(response);
        response.getUpdate().getParticipantsList().forEach(p -> others.put(p.getSid(), p));
        response.getJoin().getOtherParticipantsList().forEach(p -> others.put(p.getSid(), p));
        if (session != null) {
            answer();
        }
    }

    private static SignalResponse parsed(byte[] message) {
        try {
            return SignalResponse.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close(int code, String reason) {
        closeCode = code;
    }

    void sends(SignalRequest.Builder request) {
        sends(request.build().toByteArray());
    }

    void sends(byte[] message) {
        session.received(message, meeting.nowNs());
        meeting.settle();
    }

    void hangsUp() {
        session.closed(meeting.nowNs());
        meeting.settle();
    }

    // ---- what it heard

    List<SignalResponse> received() {
        return received;
    }

    /** Forgets the messages up to now. */
    void forget() {
        received.clear();
    }

    <T> List<T> all(SignalResponse.MessageCase kind, Function<SignalResponse, T> part) {
        return received.stream()
                .filter(r -> r.getMessageCase() == kind)
                .map(part)
                .toList();
    }

    <T> T last(SignalResponse.MessageCase kind, Function<SignalResponse, T> part) {
        List<T> found = all(kind, part);
        if (found.isEmpty()) {
            throw new AssertionError("no " + kind + " among " + kinds());
        }
        return found.get(found.size() - 1);
    }

    List<SignalResponse.MessageCase> kinds() {
        return received.stream().map(SignalResponse::getMessageCase).toList();
    }

    JoinResponse join() {
        return last(SignalResponse.MessageCase.JOIN, SignalResponse::getJoin);
    }

    LeaveRequest leave() {
        return last(SignalResponse.MessageCase.LEAVE, SignalResponse::getLeave);
    }

    String sid() {
        return sid.isEmpty() ? join().getParticipant().getSid() : sid;
    }

    /** The newest it knows of somebody with this identity who is not gone. */
    Optional<ParticipantInfo> sees(String identity) {
        return others.values().stream()
                .filter(p -> p.getIdentity().equals(identity))
                .filter(p -> p.getState() != ParticipantInfo.State.DISCONNECTED)
                .reduce((a, b) -> b);
    }

    /** Sids it was told of with this identity, gone or not. */
    List<String> sidsOf(String identity) {
        return others.values().stream()
                .filter(p -> p.getIdentity().equals(identity))
                .map(ParticipantInfo::getSid)
                .toList();
    }

    List<TrackInfo> tracksOf(String identity) {
        return sees(identity).map(ParticipantInfo::getTracksList).orElse(List.of());
    }

    // ---- the subscriber connection

    /** Cannot decode this codec. */
    void refuses(String codec) {
        refused = codec;
    }

    void leavesOffersUnanswered() {
        answersOffers = false;
    }

    private void answer() {
        if (answersOffers && session != null) {
            List<LivekitRtc.SessionDescription> offered =
                    all(SignalResponse.MessageCase.OFFER, SignalResponse::getOffer);
            offered.stream().filter(o -> o.getId() > offers).forEach(o -> {
                offers = o.getId();
                answers(o, o.getId());
            });
        }
    }

    void answers(LivekitRtc.SessionDescription offered, int id) {
        sendsQuietly(SignalRequest.newBuilder()
                .setAnswer(LivekitRtc.SessionDescription.newBuilder()
                        .setType("answer")
                        .setId(id)
                        .setSdp(OfferText.answerTo(described(offered), refused))));
    }

    private void sendsQuietly(SignalRequest.Builder request) {
        session.received(request.build().toByteArray(), meeting.nowNs());
    }

    static SessionDescription described(LivekitRtc.SessionDescription message) {
        try {
            return SdpParser.parse(message.getSdp());
        } catch (SdpException e) {
            throw new AssertionError(e);
        }
    }

    LivekitRtc.SessionDescription lastOffer() {
        return last(SignalResponse.MessageCase.OFFER, SignalResponse::getOffer);
    }

    /** Track sids of the sections that send, in the newest offer. */
    List<String> offeredTracks() {
        return described(lastOffer()).sections().stream()
                .filter(s -> s.direction() == Direction.SENDONLY && s.msid().isPresent())
                .map(s -> s.msid().get().track())
                .toList();
    }

    // ---- connections, as the media plane sees them

    /** Its packets do not come any more. */
    void fallsSilent() {
        connection().fallSilent();
    }

    /** The primary connection comes up; its client has one or two. */
    void connects() {
        become(Connection.State.CONNECTED);
    }

    void become(Connection.State state) {
        connection().become(state);
        meeting.settle();
    }

    /** The one that was opened for the last join or the last offer before any other was opened. */
    private FakePlane.FakeConnection connection() {
        String ufrag = described(lastOffer()).transport().ufrag();
        return meeting.plane.connections.stream()
                .filter(c -> c.localIce().ufrag().equals(ufrag))
                .findFirst()
                .orElseThrow();
    }

    /** Media the server really sends on this client's subscriber connection. */
    List<FakePlane.FakeSubscription> receives() {
        FakePlane.FakeConnection own = connection();
        return meeting.media().running().stream()
                .filter(s -> s.connection == own)
                .toList();
    }

    // ---- publishing

    OfferText offer() {
        return offer;
    }

    /** Announces, offers and gets the answer. @return the sid of the track */
    String publishes(TrackSource source, String cid) {
        announces(request(source, cid));
        offer.sends(isVideo(source), cid);
        offers();
        return last(SignalResponse.MessageCase.TRACK_PUBLISHED, SignalResponse::getTrackPublished)
                .getTrack()
                .getSid();
    }

    String publishes(TrackSource source) {
        return publishes(source, "cid-" + source.name().toLowerCase(java.util.Locale.ROOT));
    }

    void announces(AddTrackRequest.Builder request) {
        sends(SignalRequest.newBuilder().setAddTrack(request));
    }

    static AddTrackRequest.Builder request(TrackSource source, String cid) {
        return AddTrackRequest.newBuilder()
                .setCid(cid)
                .setName("a " + source)
                .setSource(source)
                .setType(isVideo(source) ? TrackType.VIDEO : TrackType.AUDIO);
    }

    private static boolean isVideo(TrackSource source) {
        return source == TrackSource.CAMERA || source == TrackSource.SCREEN_SHARE;
    }

    private int publisherOffers;

    /** Sends the present description with the next id. @return that id */
    int offers() {
        publisherOffers++;
        sends(SignalRequest.newBuilder()
                .setOffer(LivekitRtc.SessionDescription.newBuilder()
                        .setType("offer")
                        .setId(publisherOffers)
                        .setSdp(offer.text())));
        return publisherOffers;
    }

    LivekitRtc.SessionDescription lastAnswer() {
        return last(SignalResponse.MessageCase.ANSWER, SignalResponse::getAnswer);
    }

    void mutes(String trackSid, boolean muted) {
        sends(SignalRequest.newBuilder()
                .setMute(LivekitRtc.MuteTrackRequest.newBuilder()
                        .setSid(trackSid)
                        .setMuted(muted)));
    }

    void leaves() {
        sends(SignalRequest.newBuilder()
                .setLeave(
                        LeaveRequest.newBuilder().setReason(livekit.LivekitModels.DisconnectReason.CLIENT_INITIATED)));
    }
}
