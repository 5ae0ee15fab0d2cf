/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitModels.Codec;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.ParticipantUpdate;
import livekit.LivekitRtc.RoomUpdate;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SubscriptionPermissionUpdate;
import org.plenum.media.core.room.Forwarding;

/** One room: who is in it, and who gets whose tracks. Exists as long as somebody is in. */
final class SignalRoom {
    private static final List<String> CODECS =
            List.of("video/VP8", "audio/opus"); // video first: what clients fall back to

    private final Surroundings around;
    private final String name;
    private final String sid;
    private final long createdMs;
    private final Forwarding forwarding;
    private final Map<String, Participant> participants = new LinkedHashMap<>(); // by identity, in order of arrival
    private final Updates updates = new Updates(this);
    private final Speakers speakers = new Speakers(this);
    private final List<RoomTap> taps = new ArrayList<>();
    private final Deadline deadline = new Deadline();
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

    boolean isEmpty() {
        return participants.isEmpty();
    }

    int size() {
        return participants.size();
    }

    /** How clients see the room. */
    Room info() {
        Room.Builder info = Room.newBuilder()
                .setSid(sid)
                .setName(name)
                .setCreationTime(createdMs / 1000)
                .setCreationTimeMs(createdMs)
                .setNumParticipants((int) participants.values().stream()
                        .filter(p -> !p.isHidden())
                        .count())
                .setNumPublishers((int) participants.values().stream()
                        .filter(Participant::isPublisher)
                        .count());
        return info.addAllEnabledCodecs(codecs()).build();
    }

    static List<Codec> codecs() {
        return CODECS.stream()
                .map(mime -> Codec.newBuilder().setMime(mime).build())
                .toList();
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
        }
        deadline.tell(around.deadline());
    }

    // ---- people

    /** The newcomer gets to know the room, the room the newcomer, and what is there is offered. */
    void join(Participant newcomer) {
        participants.put(newcomer.identity(), newcomer);
        newcomer.outlet().send(SignalResponse.newBuilder().setJoin(Joining.response(newcomer, around)));
        newcomer.joined();
        updates.tellOthers(newcomer);
        newcomer.subscribing().ifPresent(subscribing -> {
            if (newcomer.client().autoSubscribe()) {
                participants().forEach(p -> p.publishing().published().forEach(t -> offerTo(newcomer, t, p)));
            }
            subscribing.offerNow(nowNs);
        });
        wakeSoon();
    }

    /** Called by a participant whose session has ended; its tracks are gone already. */
    void left(Participant gone) {
        if (participants.remove(gone.identity(), gone)) {
            updates.tellOthers(gone);
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

    /** Lets somebody receive a track if both sides permit it. Nobody gets tracks of somebody invisible. */
    void offerTo(Participant subscriber, Track track, Participant publisher) {
        if (subscriber == publisher
                || publisher.isHidden()
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
