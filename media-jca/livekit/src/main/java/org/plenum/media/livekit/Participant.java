/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.plenum.media.livekit.Surroundings.SECOND;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.SubscriptionError;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.MuteTrackRequest;
import livekit.LivekitRtc.RequestResponse;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SubscriptionResponse;
import livekit.LivekitRtc.TrackPublishedResponse;
import livekit.LivekitRtc.TrackSubscribed;
import livekit.LivekitRtc.TrackUnpublishedResponse;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.room.Forwarding.Condition;
import org.plenum.media.livekit.SignalCounters.Count;

/** One client in a room: who it is, what it may, where it stands. Sends and receives through its two halves. */
final class Participant implements Connection.Listener {
    private static final long CONNECT_WITHIN_NS = 60 * SECOND;
    private static final long REFRESH_EVERY_NS = 300 * SECOND;
    private static final long BETWEEN_ASKS_NS = 15_000_000_000L; // what did not help need not be tried at once again
    private static final Duration REFRESHED_LIFE = Duration.ofMinutes(10);

    private final SignalRoom room;
    private final Surroundings around;
    private final ClientParameters client;
    private final String sid;
    private final long joinedAtMs;
    private final boolean subscriberPrimary;
    private final Publishing publishing;
    private final SubscriptionPermissions permissions = new SubscriptionPermissions();
    private final Wishes wishes = new Wishes();
    private final Deadline connectBy = new Deadline();
    private final Deadline refreshAt = new Deadline();
    private final Absence absence = new Absence();
    private final Deque<Connection> changed = new ArrayDeque<>(2); // noted by onState until the next poll
    private Outlet outlet;
    private Grants grants;
    private Subscribing subscribing; // null until it may subscribe
    private ParticipantInfo.State state = ParticipantInfo.State.JOINING;
    private DisconnectReason endedBy = DisconnectReason.UNKNOWN_REASON;
    private boolean publisher;
    private boolean silent; // noted by onSilence until the next poll
    private long nextAskNs; // 0 before the first
    private int version;

    Participant(SignalRoom room, Surroundings around, Outlet outlet, Entrance.Judgement judgement, long nowNs) {
        this.room = room;
        this.around = around;
        this.outlet = outlet;
        this.client = judgement.client();
        this.grants = Profile.joined(judgement.grants().orElseThrow(), client.attributes());
        this.subscriberPrimary = grants.subscribe();
        this.sid = around.sids().participant();
        this.joinedAtMs = around.wallMs(nowNs);
        this.publishing = new Publishing(this, around);
        this.subscribing = grants.subscribe() ? new Subscribing(this, around) : null;
        connectBy.at(nowNs + CONNECT_WITHIN_NS);
        refreshAt.at(nowNs); // at the first poll, after join
    }

    SignalRoom room() {
        return room;
    }

    Outlet outlet() {
        return outlet;
    }

    ClientParameters client() {
        return client;
    }

    Grants grants() {
        return grants;
    }

    String sid() {
        return sid;
    }

    String identity() {
        return grants.identity();
    }

    boolean isHidden() {
        return grants.hidden();
    }

    boolean isPublisher() {
        return publisher;
    }

    boolean isGone() {
        return state == ParticipantInfo.State.DISCONNECTED;
    }

    boolean isActive() {
        return state == ParticipantInfo.State.ACTIVE;
    }

    /** How its packets come here. */
    Condition sending() {
        return publishing.condition();
    }

    /** How what is sent there arrives. */
    Condition receiving() {
        return subscribing == null ? Condition.UNKNOWN : subscribing.condition();
    }

    boolean receivesFrom(Participant other) {
        return subscribing != null && other.publishing().published().stream().anyMatch(subscribing::has);
    }

    Publishing publishing() {
        return publishing;
    }

    Optional<Subscribing> subscribing() {
        return Optional.ofNullable(subscribing);
    }

    SubscriptionPermissions permissions() {
        return permissions;
    }

    Wishes wishes() {
        return wishes;
    }

    // ---- what clients see

    ParticipantInfo info() {
        ParticipantInfo.Builder info = ParticipantInfo.newBuilder()
                .setSid(sid)
                .setIdentity(grants.identity())
                .setName(grants.name())
                .setMetadata(grants.metadata())
                .putAllAttributes(grants.attributes())
                .setState(state)
                .setJoinedAt(joinedAtMs / 1000)
                .setJoinedAtMs(joinedAtMs)
                .setVersion(version)
                .setPermission(permission())
                .setIsPublisher(publisher)
                .setKind(grants.kind())
                .setClientProtocol(client.clientProtocol())
                .setDisconnectReason(endedBy);
        publishing.published().forEach(t -> info.addTracks(t.info()));
        return info.build();
    }

    private ParticipantPermission permission() {
        ParticipantPermission.Builder permission = ParticipantPermission.newBuilder()
                .setCanSubscribe(grants.subscribe())
                .setCanPublish(!grants.sources().isEmpty())
                .setCanPublishData(grants.publishData())
                .setCanUpdateMetadata(grants.updateOwnMetadata())
                .setHidden(grants.hidden());
        if (!grants.sources().equals(Grants.ALL_SOURCES)) { // an empty list means all
            for (TrackSource source : TrackSource.values()) {
                if (grants.sources().contains(source)) {
                    permission.addCanPublishSources(livekit.LivekitModels.TrackSource.valueOf(source.name()));
                }
            }
        }
        return permission.build();
    }

    MediaParticipant summary() {
        return new MediaParticipant(
                identity(),
                sid,
                state == ParticipantInfo.State.ACTIVE,
                grants.sources(),
                publishing.published().stream().map(Track::summary).toList());
    }

    /** Something others can see has changed: clients drop an update whose version is not higher. */
    void touch() {
        version++;
    }

    // ---- life

    /** The join response has been sent. */
    void joined() {
        state = ParticipantInfo.State.JOINED;
        touch();
    }

    /** {@inheritDoc} Comes without the time, so it waits for the next poll. */
    @Override
    public void onState(Connection connection, Connection.State now) {
        if (!isGone() && !changed.contains(connection)) {
            changed.add(connection);
            room.wakeSoon();
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onSilence(Connection connection) {
        silent = true;
        room.wakeSoon();
    }

    /**
     * Its media comes no more, but its socket lives: another way may be open, which it finds by a resume. It would do so by itself, but
     * later, when its own side has given up.
     */
    private void askToResume(long nowNs) {
        silent = false;
        if (canResume() && !absence.isOn() && (nextAskNs == 0 || nextAskNs - nowNs <= 0)) {
            nextAskNs = nowNs + BETWEEN_ASKS_NS;
            around.count(Count.RESUMES_ASKED_FOR);
            outlet.ask(Action.RESUME, DisconnectReason.CONNECTION_TIMEOUT);
        }
    }

    void poll(long nowNs) {
        if (!isGone() && silent) {
            askToResume(nowNs);
        }
        while (!isGone() && !changed.isEmpty()) {
            judge(changed.remove());
        }
        if (!isGone() && connectBy.take(nowNs)) {
            around.count(Count.NEVER_CONNECTED);
            end(Action.DISCONNECT, DisconnectReason.CONNECTION_TIMEOUT);
        }
        if (!isGone() && absence.deadline().take(nowNs)) {
            around.count(Count.NEVER_RESUMED);
            gone(DisconnectReason.CONNECTION_TIMEOUT);
        }
        if (!isGone() && refreshAt.take(nowNs)) {
            refreshToken(nowNs);
        }
        if (!isGone() && subscribing != null && !subscribing.poll(nowNs)) {
            end(Action.RECONNECT, DisconnectReason.STATE_MISMATCH);
        }
        publishing.published().forEach(track -> tellDemand(track, nowNs));
        wishes.expired(nowNs).forEach(this::notFound);
        wishes.deadline().tell(room.deadline());
        absence.deadline().tell(room.deadline());
        connectBy.tell(room.deadline());
        refreshAt.tell(room.deadline());
    }

    private void tellDemand(Track track, long nowNs) {
        if (!track.isVideo()) {
            return;
        }
        boolean changed = track.demand().poll(nowNs);
        if (track.secondDemand().poll(nowNs) || changed) {
            tellDemand(track);
        }
        track.demand().deadline().tell(room.deadline());
        track.secondDemand().deadline().tell(room.deadline());
    }

    private void tellDemand(Track track) {
        outlet.send(SignalResponse.newBuilder().setSubscribedQualityUpdate(Demand.update(track)));
    }

    /** Somebody receives one of our tracks. */
    void received(Track track) {
        if (track.firstReceived()) {
            outlet.send(SignalResponse.newBuilder()
                    .setTrackSubscribed(TrackSubscribed.newBuilder().setTrackSid(track.sid())));
        }
    }

    private void judge(Connection connection) {
        switch (connection.state()) {
            case CONNECTED -> {
                boolean primary = subscriberPrimary ? subscribing.uses(connection) : publishing.uses(connection);
                if (primary && state == ParticipantInfo.State.JOINED) {
                    state = ParticipantInfo.State.ACTIVE;
                    connectBy.clear();
                    touch();
                    room.updates().tellAll(this);
                }
            }
            case FAILED, CLOSED -> { // a client that goes for good says leave, one that lost its way comes again
                around.count(Count.CONNECTIONS_LOST);
                end(Action.RECONNECT, DisconnectReason.CONNECTION_TIMEOUT);
            }
            case NEW -> {}
        }
    }

    /** The socket is gone without a goodbye. Media may go on, so the client may come again for its session. */
    void socketLost(long nowNs) {
        outlet.gone();
        if (state == ParticipantInfo.State.ACTIVE) {
            absence.begin(nowNs);
            room.wake(absence.deadline());
        } else {
            gone(DisconnectReason.SIGNAL_CLOSE);
        }
    }

    boolean canResume() {
        return state == ParticipantInfo.State.ACTIVE && !publishing.isLocal() && !absence.isTooMuch();
    }

    /** Goes on through another socket (contract livekit.md section 14.2). */
    void resume(Outlet fresh) {
        outlet.abort(Outlet.POLICY, "resumed"); // its own end of it is not known to be over yet
        outlet = fresh;
        List<ParticipantInfo> left = absence.end();
        outlet.send(SignalResponse.newBuilder().setReconnect(Joining.again(this, around)));
        publishing.tracks().stream().filter(Track::isAskedToMute).forEach(this::askToMute);
        room.tellEverything(this, left);
        if (subscribing != null) {
            subscribing.restart(room.nowNs());
        }
        publishing.published().stream().filter(Track::isVideo).forEach(this::tellDemand);
        refreshAt.at(room.nowNs());
        room.wake(refreshAt);
    }

    /** Somebody has left the room. */
    void missed(Participant other) {
        if (absence.isOn()) {
            absence.missed(other.info());
        }
    }

    /** Tells the client why, then ends the session. */
    void end(Action action, DisconnectReason reason) {
        outlet.leave(action, reason);
        gone(reason);
    }

    /** Ends the session of a client that has gone, or was told so. */
    void gone(DisconnectReason reason) {
        if (isGone()) {
            return;
        }
        state = ParticipantInfo.State.DISCONNECTED;
        endedBy = reason;
        outlet.gone();
        publishing.close();
        if (subscribing != null) {
            subscribing.close();
        }
        connectBy.clear();
        refreshAt.clear();
        absence.end();
        touch();
        room.left(this);
    }

    private void refreshToken(long nowNs) {
        String token = around.entrance().refreshed(grants, REFRESHED_LIFE, around.wallMs(nowNs));
        outlet.send(SignalResponse.newBuilder().setRefreshToken(token));
        refreshAt.at(nowNs + REFRESH_EVERY_NS);
    }

    // ---- messages about own tracks

    void announced(String cid, Track track) {
        TrackInfo info = track.info();
        outlet.send(SignalResponse.newBuilder()
                .setTrackPublished(
                        TrackPublishedResponse.newBuilder().setCid(cid).setTrack(info)));
    }

    /** @param request puts the request into the response */
    void respond(RequestResponse.Reason reason, Consumer<RequestResponse.Builder> request) {
        RequestResponse.Builder response = RequestResponse.newBuilder().setReason(reason);
        request.accept(response);
        outlet.send(SignalResponse.newBuilder().setRequestResponse(response));
    }

    /** From the first track on. */
    void becamePublisher() {
        publisher = true;
    }

    /** The client muted or unmuted a track of its own. */
    void muteOwn(MuteTrackRequest request) {
        publishing.track(request.getSid()).ifPresent(track -> {
            track.askedToMute(false);
            if (track.mute(request.getMuted()) && track.isPublished()) {
                touch();
                room.updates().tellOthers(this);
            }
        });
    }

    /** Somebody with the right to do so mutes a track; only the client can unmute it. */
    void muteTrack(Track track) {
        if (track.mute(true)) {
            if (track.isPublished()) {
                touch();
                room.updates().tellOthers(this);
            }
            track.askedToMute(true);
            askToMute(track);
        }
    }

    /** Somebody with the right to do so mutes the microphone; only the client can unmute it. */
    void muteMicrophone() {
        for (Track track : publishing.tracks()) {
            if (track.source() == TrackSource.MICROPHONE) {
                muteTrack(track);
            }
        }
    }

    private void askToMute(Track track) {
        outlet.send(SignalResponse.newBuilder()
                .setMute(MuteTrackRequest.newBuilder().setSid(track.sid()).setMuted(true)));
    }

    /** Replaces what may be published; empty means nothing. */
    void allowSources(Set<TrackSource> sources, long nowNs) {
        change(grants.withSources(sources), nowNs);
    }

    /** Replaces what is said about the person and what it may do, after all checks. */
    void change(Grants changed, long nowNs) {
        Grants before = grants;
        if (before.equals(changed)) {
            return;
        }
        grants = changed;
        for (Track withdrawn : publishing.withdrawForbidden()) {
            outlet.send(SignalResponse.newBuilder()
                    .setTrackUnpublished(TrackUnpublishedResponse.newBuilder().setTrackSid(withdrawn.sid())));
        }
        touch();
        room.updates().tellAll(this);
        refreshToken(nowNs);
        room.wake(refreshAt);
        if (changed.subscribe() && !before.subscribe()) {
            mayReceive(nowNs);
        } else if (before.subscribe() && !changed.subscribe()) {
            subscribing.unsubscribeAll(nowNs);
        }
    }

    private void mayReceive(long nowNs) {
        if (subscribing == null) {
            subscribing = new Subscribing(this, around);
        }
        subscribing.offerSoon(nowNs);
        if (client.autoSubscribe()) {
            room.offerEverything(this);
        }
    }

    // ---- what it receives

    /** Asks for tracks, or does without them; what is not there yet is kept in mind for a minute. */
    void receive(Set<String> sids, boolean wanted, long nowNs) {
        if (subscribing == null) {
            return;
        }
        for (String sid : sids) {
            if (wanted) {
                receive(sid, nowNs);
            } else if (!subscribing.unsubscribe(sid, nowNs)) {
                wishes.remove(sid);
            }
        }
    }

    private void receive(String sid, long nowNs) {
        Optional<Participant> publisher = room.publisherOf(sid);
        if (publisher.isPresent()) {
            publisher.get().publishing().track(sid).ifPresent(t -> room.offerTo(this, t, publisher.get()));
        } else if (sid.length() <= Entrance.LONGEST_NAME && wishes.add(sid, nowNs)) {
            room.wake(wishes.deadline());
        } else {
            notFound(sid);
        }
    }

    private void notFound(String sid) {
        outlet.send(SignalResponse.newBuilder()
                .setSubscriptionResponse(SubscriptionResponse.newBuilder()
                        .setTrackSid(sid)
                        .setErr(SubscriptionError.SE_TRACK_NOTFOUND)));
    }
}
