/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.ParticipantUpdate;
import livekit.LivekitRtc.RoomUpdate;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SubscriptionPermissionUpdate;
import org.plenum.media.core.room.Forwarding;

/** One room: who is in it, and who gets whose tracks. Exists as long as somebody is in, or as it was asked for. */
final class SignalRoom {

    private static final long NEWS_NS = 5 * Surroundings.SECOND;
    private static final int EMPTY_TIMEOUT_S = 300;
    private static final int DEPARTURE_TIMEOUT_S = 20;

    private final Surroundings around;
    private final String name;
    private final String sid;
    private final long createdMs;
    private final Forwarding forwarding;
    private final Map<String, Participant> participants = new LinkedHashMap<>(); // by identity, in order of arrival
    private final Updates updates = new Updates(this);
    private final Speakers speakers = new Speakers(this);
    private final Qualities qualities = new Qualities(this);
    private final List<RoomTap> taps = new ArrayList<>();
    private final Deadline deadline = new Deadline();
    private final Deadline keptUntil = new Deadline(); // set while it stays although nobody is in
    private final Deadline newsDue = new Deadline();
    private Room told = Room.getDefaultInstance();
    private String metadata = "";
    private int mostParticipants; // 0: as many as the server takes
    private int emptyTimeoutS;
    private int departureTimeoutS;
    private long nowNs;

    SignalRoom(String name, Surroundings around, long nowNs) {
        this.name = name;
        this.around = around;
        this.nowNs = nowNs;
        this.sid = around.sids().room();
        this.createdMs = around.wallMs(nowNs);
        this.forwarding = around.plane().openRoom(speakers);
    }

    String name() {
        return name;
    }

    Forwarding forwarding() {
        return forwarding;
    }

    Updates updates() {
        return updates;
    }

    /** A snapshot: people may leave while somebody walks through it. */
    List<Participant> participants() {
        return List.copyOf(participants.values());
    }

    Optional<Participant> participant(String identity) {
        return Optional.ofNullable(participants.get(identity));
    }

    /** Nobody is in, and nobody asked for it to stay. */
    boolean isOver() {
        return participants.isEmpty() && !keptUntil.isSet();
    }

    boolean isFull() {
        int most = around.config().limits().sessionsPerRoom();
        return participants.size() >= (mostParticipants > 0 ? Math.min(mostParticipants, most) : most);
    }

    // ---- how it was asked for

    /** Somebody asks for this room before anybody joins, or again. */
    void configure(CreateRoomRequest asked) {
        emptyTimeoutS = asked.getEmptyTimeout() > 0 ? asked.getEmptyTimeout() : EMPTY_TIMEOUT_S;
        departureTimeoutS = asked.getDepartureTimeout() > 0 ? asked.getDepartureTimeout() : DEPARTURE_TIMEOUT_S;
        mostParticipants = Math.max(0, asked.getMaxParticipants());
        if (!asked.getMetadata().isEmpty()) {
            describe(asked.getMetadata());
        }
        if (participants.isEmpty()) {
            keptUntil.at(nowNs + emptyTimeoutS * Surroundings.SECOND);
            wake(keptUntil);
        }
    }

    void describe(String newMetadata) {
        metadata = newMetadata;
        newsDue.at(nowNs);
        wakeSoon();
    }

    /** How clients see the room. */
    Room info() {
        Room.Builder info = Room.newBuilder()
                .setSid(sid)
                .setName(name)
                .setCreationTime(createdMs / 1000)
                .setCreationTimeMs(createdMs)
                .setMetadata(metadata)
                .setMaxParticipants(mostParticipants)
                .setEmptyTimeout(emptyTimeoutS)
                .setDepartureTimeout(departureTimeoutS)
                .setNumParticipants((int) participants.values().stream()
                        .filter(p -> !p.isHidden())
                        .count())
                .setNumPublishers((int) participants.values().stream()
                        .filter(p -> p.isPublisher() && !p.isHidden())
                        .count());
        return info.addAllEnabledCodecs(around.config().codecs()).build();
    }

    // ---- time

    /** The time of the call that is being handled. */
    long nowNs() {
        return nowNs;
    }

    void at(long now) {
        nowNs = now;
    }

    /** When {@link #poll} is due. */
    Deadline deadline() {
        return deadline;
    }

    void wake(Deadline due) {
        due.tell(deadline);
        due.tell(around.deadline());
    }

    void wakeSoon() {
        deadline.soon();
        around.deadline().soon();
    }

    /** First what changed, so that everybody knows a track before it is offered; then every client's own timers. */
    void poll(long now) {
        nowNs = now;
        if (deadline.take(now)) {
            updates.flush(now);
            participants().forEach(p -> p.poll(now));
            updates.flush(now);
            speakers.flush();
            tellNews(now);
            qualities.poll(now);
            keptUntil.take(now);
            keptUntil.tell(deadline);
        }
        deadline.tell(around.deadline());
    }

    /** How many are in, and what is said about the room. */
    private void tellNews(long now) {
        if (newsDue.take(now)) {
            Room info = info();
            if (!info.equals(told)) {
                told = info;
                byte[] news = SignalResponse.newBuilder()
                        .setRoomUpdate(RoomUpdate.newBuilder().setRoom(info))
                        .build()
                        .toByteArray();
                participants().forEach(p -> p.outlet().send(news));
            }
        }
        newsDue.tell(deadline);
    }

    private void newsSoon() {
        newsDue.by(nowNs + NEWS_NS);
        wake(newsDue);
    }

    // ---- people

    /** The newcomer gets to know the room, the room the newcomer, and what is there is offered. */
    void join(Participant newcomer) {
        keptUntil.clear();
        participants.put(newcomer.identity(), newcomer);
        newcomer.outlet().send(SignalResponse.newBuilder().setJoin(Joining.response(newcomer, around)));
        newcomer.joined();
        updates.tellOthers(newcomer);
        newsSoon();
        qualities.begin(nowNs);
        newcomer.subscribing().ifPresent(subscribing -> {
            if (newcomer.client().autoSubscribe()) {
                offerEverything(newcomer);
            }
            subscribing.offerNow(nowNs);
        });
        wakeSoon();
    }

    /** Called by a participant whose session has ended; its tracks are gone already. */
    void left(Participant gone) {
        if (participants.remove(gone.identity(), gone)) {
            updates.tellOthers(gone);
            newsSoon();
            qualities.forget(gone);
            if (participants.isEmpty() && departureTimeoutS > 0) {
                keptUntil.at(nowNs + departureTimeoutS * Surroundings.SECOND);
            }
            if (!gone.isHidden()) {
                participants.values().forEach(p -> p.missed(gone));
            }
        }
    }

    /**
     * To somebody who was away: how everything is now.
     *
     * @param left who went meanwhile
     */
    void tellEverything(Participant to, List<ParticipantInfo> left) {
        ParticipantUpdate.Builder update = ParticipantUpdate.newBuilder().addAllParticipants(left);
        participants.values().stream()
                .filter(p -> p == to || !p.isHidden())
                .forEach(p -> update.addParticipants(p.info()));
        to.outlet().send(SignalResponse.newBuilder().setUpdate(update));
        to.outlet()
                .send(SignalResponse.newBuilder()
                        .setRoomUpdate(RoomUpdate.newBuilder().setRoom(info())));
    }

    // ---- tracks

    void published(Track track, Participant publisher) {
        publisher.becamePublisher();
        newsSoon();
        publisher.touch();
        updates.tellOthers(publisher);
        speakers.add(track, publisher);
        taps.forEach(tap -> offerTo(tap, track, publisher));
        for (Participant other : participants()) {
            if (other != publisher
                    && (other.client().autoSubscribe() || other.wishes().remove(track.sid()))) {
                offerTo(other, track, publisher);
            }
        }
    }

    /** A video is there in its second codec, or is not any more. */
    void secondChanged(Track track, Participant publisher) {
        publisher.touch();
        updates.tellOthers(publisher);
        for (Participant other : participants()) {
            other.subscribing().ifPresent(s -> s.secondChanged(track, publisher, nowNs));
        }
    }

    /** Of everybody who publishes. */
    void offerEverything(Participant subscriber) {
        participants().forEach(p -> p.publishing().published().forEach(t -> offerTo(subscriber, t, p)));
    }

    /** Lets somebody receive a track if both sides permit it. Nobody gets tracks of somebody invisible. */
    void offerTo(Participant subscriber, Track track, Participant publisher) {
        if (subscriber == publisher
                || publisher.isHidden()
                || !subscriber.grants().subscribe()
                || subscriber.subscribing().isEmpty()) {
            return;
        }
        if (publisher.permissions().allows(subscriber, track)) {
            subscriber.subscribing().get().subscribe(track, publisher, nowNs);
        } else {
            tellPermission(subscriber, track, publisher, false);
        }
    }

    void unpublished(Track track, Participant publisher) {
        taps.forEach(tap -> tap.remove(track.sid()));
        publisher.touch();
        if (!publisher.isGone()) {
            updates.tellOthers(publisher);
        }
        for (Participant other : participants()) {
            other.subscribing().ifPresent(s -> s.unsubscribe(track.sid(), nowNs));
        }
        speakers.remove(track);
    }

    /** Whose track this is, if it is published. */
    Optional<Participant> publisherOf(String trackSid) {
        return participants.values().stream()
                .filter(p -> p.publishing()
                        .track(trackSid)
                        .filter(Track::isPublished)
                        .isPresent())
                .findFirst();
    }

    /** The publisher has said anew who may receive its tracks. */
    void permissionsChanged(Participant publisher) {
        taps.forEach(tap -> publisher.publishing().published().forEach(track -> offerTo(tap, track, publisher)));
        for (Participant other : participants()) {
            if (other == publisher
                    || publisher.isHidden()
                    || !other.grants().subscribe()
                    || other.subscribing().isEmpty()) {
                continue;
            }
            Subscribing receiving = other.subscribing().get();
            for (Track track : publisher.publishing().published()) {
                boolean allowed = publisher.permissions().allows(other, track);
                if (!allowed && receiving.unsubscribe(track.sid(), nowNs)) {
                    tellPermission(other, track, publisher, false);
                } else if (allowed && other.client().autoSubscribe() && !receiving.has(track)) {
                    receiving.subscribe(track, publisher, nowNs);
                    tellPermission(other, track, publisher, true);
                }
            }
        }
    }

    private static void tellPermission(Participant to, Track track, Participant publisher, boolean allowed) {
        to.outlet()
                .send(SignalResponse.newBuilder()
                        .setSubscriptionPermissionUpdate(SubscriptionPermissionUpdate.newBuilder()
                                .setParticipantSid(publisher.sid())
                                .setTrackSid(track.sid())
                                .setAllowed(allowed)));
    }

    // ---- the telephone

    /** From now on the tap hears what is or will be published here. */
    void tap(RoomTap tap) {
        taps.add(tap);
        participants().forEach(p -> p.publishing().published().forEach(track -> offerTo(tap, track, p)));
    }

    void untap(RoomTap tap) {
        taps.remove(tap);
        tap.clear();
    }

    /** Callers hear each other without us, and hear nobody who chose an audience or a key that they do not have. */
    private void offerTo(RoomTap tap, Track track, Participant publisher) {
        boolean audible = !track.isVideo()
                && !publisher.publishing().isLocal()
                && !publisher.isHidden()
                && track.info().getEncryption() == Encryption.Type.NONE
                && publisher.permissions().allowEverybody();
        if (!audible) {
            tap.remove(track.sid());
        } else if (!tap.has(track)) {
            tap.add(track, publisher.identity(), forwarding);
        }
    }

    // ---- ends

    /** Ends all sessions, without telling anybody about the others. */
    void end(Action action, DisconnectReason reason) {
        Collection<Participant> all = new ArrayList<>(participants.values());
        participants.clear();
        all.forEach(p -> p.end(action, reason));
    }

    void close() {
        taps.forEach(RoomTap::clear);
        forwarding.close();
    }
}
