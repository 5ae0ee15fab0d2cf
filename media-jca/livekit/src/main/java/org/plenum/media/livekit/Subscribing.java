/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.plenum.media.livekit.Surroundings.MILLISECOND;
import static org.plenum.media.livekit.Surroundings.SECOND;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels.SubscriptionError;
import livekit.LivekitRtc;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.StreamState;
import livekit.LivekitRtc.StreamStateInfo;
import livekit.LivekitRtc.StreamStateUpdate;
import livekit.LivekitRtc.SubscriptionResponse;
import livekit.LivekitRtc.UpdateTrackSettings;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.Connection.IceCredentials;
import org.plenum.media.core.room.Forwarding.Condition;
import org.plenum.media.core.room.Forwarding.Layer;
import org.plenum.media.core.room.Forwarding.Subscription;
import org.plenum.media.core.room.Forwarding.SubscriptionSpec;
import org.plenum.media.core.sdp.MediaKind;
import org.plenum.media.core.sdp.SdpException;
import org.plenum.media.core.sdp.SdpWriter;
import org.plenum.media.core.sdp.SessionDescription;
import org.plenum.media.core.sdp.Setup;
import org.plenum.media.core.sdp.SubscriberOffer;
import org.plenum.media.core.sdp.SubscriberOffer.Agreed;
import org.plenum.media.core.sdp.SubscriberOffer.Format;
import org.plenum.media.livekit.SignalCounters.Count;

/**
 * What one participant receives: the subscriber connection and one section of its description a track (contract livekit.md
 * sections 6.1, 7.4 and 9). We offer, the client answers; one offer at a time, what changes meanwhile goes into the next.
 */
final class Subscribing {
    private static final long DEBOUNCE_NS = 150 * MILLISECOND;
    private static final int MOST_IMPORTANT = 1000;
    private static final long PATIENCE_NS = 15 * SECOND;
    private static final long SECOND_CODEC_NS = 10 * SECOND; // the time a client takes for a track

    private final Participant owner;
    private final Surroundings around;
    private final Connection connection;
    private final long sessionId;
    private final Layer firstLayer;
    private final Map<String, Subscribed> subscribed = new LinkedHashMap<>(); // by track sid
    private final Map<String, Awaited> awaited = new LinkedHashMap<>(); // by track sid
    private final Deadline awaitedDue = new Deadline();
    private final List<Slot> slots = new ArrayList<>(); // the media sections, in their order
    private final Deadline offerDue = new Deadline();
    private final Deadline answerDue = new Deadline();
    private Outstanding outstanding;
    private int offers;
    private int mids; // 0 is the application section

    Subscribing(Participant owner, Surroundings around) {
        this.owner = owner;
        this.around = around;
        this.connection = around.plane().openConnection(owner);
        this.sessionId = around.sids().description();
        this.firstLayer = owner.client().adaptiveStream() ? Layer.LOW : Layer.HIGH;
    }

    /** A track this participant receives, from the moment it was asked for. */
    private static final class Subscribed {
        final Track track;
        final Track sent; // the track itself, or the same video in its second codec
        final Participant publisher;
        final Subscription media;
        private Layer wanted = Layer.HIGH;
        private boolean paused;

        Subscribed(Track track, Track sent, Participant publisher, Subscription media) {
            this.track = track;
            this.sent = sent;
            this.publisher = publisher;
            this.media = media;
        }

        void want(Layer highest) {
            wanted = highest;
            media.wanted(highest);
        }

        void pause(boolean now) {
            paused = now;
            media.paused(now);
            demand();
        }

        /** The sender need not encode what nobody looks at. */
        void demand() {
            if (track.isVideo()) {
                if (paused) {
                    demanded().wantNothing(this);
                } else {
                    demanded().want(this, wanted);
                }
                publisher.room().wakeSoon();
            }
        }

        private Demand demanded() {
            return sent == track ? track.demand() : track.secondDemand();
        }

        void close() {
            media.close();
            demanded().forget(this);
            publisher.room().wakeSoon();
        }
    }

    /** A video that this client cannot decode and whose sender was asked for the other codec. */
    private record Awaited(Track track, Participant publisher, long untilNs) {}

    /** A section of the description; keeps its place for the life of the connection, its mid and kind until it is refused. */
    private static final class Slot {
        String mid;
        boolean refused;
        Format format;
        Subscribed now; // null: inactive

        Slot(String mid) {
            this.mid = mid;
        }
    }

    /** An offer without its answer, with what its sections carried when it was made. */
    private record Outstanding(int id, SessionDescription description, Map<String, Subscribed> byMid) {}

    Condition condition() {
        return owner.room().forwarding().condition(connection);
    }

    boolean uses(Connection other) {
        return connection == other;
    }

    int count() {
        return subscribed.size();
    }

    Set<String> trackSids() {
        return Set.copyOf(subscribed.keySet());
    }

    boolean has(Track track) {
        return subscribed.containsKey(track.sid()) || awaited.containsKey(track.sid());
    }

    /** Starts to receive a published track; the description follows soon. */
    void subscribe(Track track, Participant publisher, long nowNs) {
        if (!has(track)) {
            subscribe(track, track, publisher, nowNs);
        }
    }

    /** @param sent what of it, its first or its second codec */
    private void subscribe(Track track, Track sent, Participant publisher, long nowNs) {
        if (subscribed.size() >= around.config().limits().subscriptions()) {
            around.count(Count.SUBSCRIPTIONS_REFUSED);
            return;
        }
        Subscription media = owner.room().forwarding().subscribe(connection, sent.publication());
        Subscribed made = new Subscribed(track, sent, publisher, media);
        if (track.isVideo()) {
            made.want(firstLayer);
            made.demand();
            media.importance(importance(track, 0));
            media.whenStarved(starved -> tellStarved(publisher, track, starved));
        }
        subscribed.put(track.sid(), made);
        Slot slot = slotFor(sent.format());
        slot.format = sent.format();
        slot.now = made;
        offerSoon(nowNs);
    }

    private Slot slotFor(Format format) {
        Optional<Slot> refused = slots.stream().filter(s -> s.refused).findFirst();
        if (refused.isPresent()) {
            refused.get().refused = false;
            refused.get().mid = String.valueOf(++mids);
            return refused.get();
        }
        boolean full = slots.size() >= around.config().limits().subscriptions();
        Optional<Slot> free = owner.client().reusesSections() || full ? freeSlot(format.kind()) : Optional.empty();
        return free.orElseGet(() -> {
            Slot added = new Slot(String.valueOf(++mids));
            slots.add(added);
            return added;
        });
    }

    private Optional<Slot> freeSlot(MediaKind kind) {
        return slots.stream()
                .filter(s -> s.now == null && !s.refused && s.format.kind() == kind)
                .findFirst();
    }

    /** @return false when it was not received */
    boolean unsubscribe(String trackSid, long nowNs) {
        Awaited given = awaited.remove(trackSid);
        if (given != null) {
            given.track.secondDemand().forget(given);
        }
        Subscribed ended = subscribed.remove(trackSid);
        if (ended == null) {
            return given != null;
        }
        ended.close();
        slots.stream().filter(s -> s.now == ended).forEach(s -> s.now = null);
        offerSoon(nowNs);
        return true;
    }

    /** The right to receive was taken away; the connection stays. */
    void unsubscribeAll(long nowNs) {
        List.copyOf(subscribed.keySet()).forEach(sid -> unsubscribe(sid, nowNs));
        List.copyOf(awaited.keySet()).forEach(sid -> unsubscribe(sid, nowNs));
    }

    /** How large the client shows a video, and whether it shows it at all (contract livekit.md section 9). */
    void set(UpdateTrackSettings settings) {
        for (String sid : settings.getTrackSidsList()) {
            Subscribed target = subscribed.get(sid);
            if (target == null) {
                continue;
            }
            if (target.track.isVideo() && !settings.getDisabled()) {
                target.want(layer(target.track, settings));
                target.media.importance(importance(target.track, settings.getPriority()));
                target.media.frameRate(Math.max(0, settings.getFps())); // unsigned: a negative one is very many
            }
            target.pause(settings.getDisabled());
        }
    }

    /** These are paused, all others are not. */
    void pauseOnly(Set<String> sids) {
        subscribed.forEach((sid, target) -> target.pause(sids.contains(sid)));
    }

    /** A shared screen before all cameras; among those, what the client says itself. */
    private static int importance(Track track, int said) {
        return (track.source() == TrackSource.SCREEN_SHARE ? 1 + MOST_IMPORTANT : 0)
                + Math.max(0, Math.min(MOST_IMPORTANT, said));
    }

    /** A picture stands still because of the line, and goes on again. */
    private void tellStarved(Participant publisher, Track track, boolean starved) {
        owner.outlet()
                .send(SignalResponse.newBuilder()
                        .setStreamStateUpdate(StreamStateUpdate.newBuilder()
                                .addStreamStates(StreamStateInfo.newBuilder()
                                        .setParticipantSid(publisher.sid())
                                        .setTrackSid(track.sid())
                                        .setState(starved ? StreamState.PAUSED : StreamState.ACTIVE))));
    }

    private static Layer layer(Track track, UpdateTrackSettings settings) {
        if (settings.getHeight() != 0) { // unsigned: a negative one is very large
            return settings.getHeight() < 0 ? Layer.HIGH : track.layerFor(settings.getHeight());
        }
        return switch (settings.getQuality()) {
            case LOW -> Layer.LOW;
            case MEDIUM -> Layer.MEDIUM;
            default -> Layer.HIGH;
        };
    }

    void offerSoon(long nowNs) {
        offerDue.by(nowNs + DEBOUNCE_NS);
        owner.room().wake(offerDue);
    }

    /** The first one, right after join. */
    void offerNow(long nowNs) {
        offerDue.at(nowNs);
        poll(nowNs);
    }

    /** The client lost its socket: offers and answers on the way are lost, and the path may be another one. */
    void restart(long nowNs) {
        outstanding = null;
        answerDue.clear();
        connection.restartIce();
        offerNow(nowNs);
    }

    /** @return false when the client left an offer without answer for too long */
    boolean poll(long nowNs) {
        if (answerDue.take(nowNs)) {
            around.count(Count.ANSWERS_MISSING);
            return false;
        }
        if (outstanding == null && offerDue.take(nowNs)) {
            offer(nowNs);
        }
        answerDue.tell(owner.room().deadline());
        giveUp(nowNs);
        if (outstanding == null) {
            offerDue.tell(owner.room().deadline());
        }
        return true;
    }

    private void offer(long nowNs) {
        offers++;
        List<SubscriberOffer.Section> sections = new ArrayList<>();
        Map<String, Subscribed> byMid = new LinkedHashMap<>();
        LivekitRtc.SessionDescription.Builder message =
                LivekitRtc.SessionDescription.newBuilder().setType("offer").setId(offers);
        sections.add(new SubscriberOffer.Data("0"));
        for (Slot slot : slots) {
            if (slot.refused) {
                sections.add(new SubscriberOffer.Refused(slot.mid, slot.format));
            } else if (slot.now == null) {
                sections.add(new SubscriberOffer.Inactive(slot.mid, slot.format));
            } else {
                sections.add(sending(slot));
                byMid.put(slot.mid, slot.now);
                message.putMidToTrackId(slot.mid, slot.now.track.sid());
            }
        }
        SessionDescription description =
                SubscriberOffer.of(Transports.local(connection, Setup.ACTPASS), sessionId, offers, true, sections);
        outstanding = new Outstanding(offers, description, byMid);
        if (offers > 1) { // until the first is answered the client is connecting, which has a time of its own
            answerDue.at(nowNs + PATIENCE_NS);
        }
        owner.outlet().send(SignalResponse.newBuilder().setOffer(message.setSdp(SdpWriter.write(description))));
    }

    private static SubscriberOffer.Sending sending(Slot slot) {
        Subscribed now = slot.now;
        return new SubscriberOffer.Sending(
                slot.mid,
                slot.format,
                now.publisher.sid(),
                now.track.sid(),
                now.media.ssrc(),
                now.media.rtxSsrc(),
                now.publisher.sid(),
                now.track.stereo(),
                now.track.red());
    }

    /**
     * The client's answer. One for an old offer, or one that does not fit, changes nothing.
     *
     * @param id of the offer it answers; 0 is the present one, as native clients write it
     */
    void answered(int id, SessionDescription answer, long nowNs) throws SdpException {
        if (outstanding == null || (id != 0 && id != outstanding.id())) {
            around.count(Count.ANSWERS_OUTDATED);
            return;
        }
        Map<String, Agreed> agreed = SubscriberOffer.agreed(outstanding.description(), answer);
        Map<String, Subscribed> offered = outstanding.byMid();
        outstanding = null;
        answerDue.clear();
        connection.remote(
                new IceCredentials(
                        answer.transport().ufrag(), answer.transport().password()),
                answer.transport().fingerprint(),
                answer.transport().setup() == Setup.PASSIVE);
        offered.forEach((mid, target) -> {
            if (!agreed.containsKey(mid) && subscribed.get(target.track.sid()) == target) {
                unsupported(target, nowNs);
            }
        });
        for (Agreed section : agreed.values()) {
            Subscribed target = offered.get(section.mid());
            if (target != null && subscribed.get(target.track.sid()) == target) {
                target.media.start(new SubscriptionSpec(
                        section.mid(),
                        section.payloadType(),
                        section.rtxPayloadType(),
                        section.redPayloadType(),
                        section.extensions()));
                target.publisher.received(target.track);
            }
        }
        if (offerDue.isSet()) {
            offerDue.by(nowNs + DEBOUNCE_NS);
            owner.room().wake(offerDue);
        }
    }

    /** The client cannot decode this one: perhaps the other codec that its sender has (contract livekit.md sections 8.5 and 9). */
    private void unsupported(Subscribed target, long nowNs) {
        Track track = target.track;
        slots.stream().filter(s -> s.now == target).forEach(s -> s.refused = true);
        unsubscribe(track.sid(), nowNs);
        if (target.sent != track || track.secondCodec().isEmpty()) {
            tellUnsupported(track.sid());
            return;
        }
        Awaited asked = new Awaited(track, target.publisher, nowNs + SECOND_CODEC_NS);
        awaited.put(track.sid(), asked);
        track.secondDemand().want(asked, Layer.HIGH);
        awaitedDue.by(asked.untilNs);
        target.publisher.room().wakeSoon();
        secondChanged(track, target.publisher, nowNs); // somebody else may have asked for it before
    }

    private void tellUnsupported(String trackSid) {
        around.count(Count.SUBSCRIPTIONS_UNSUPPORTED);
        owner.outlet()
                .send(SignalResponse.newBuilder()
                        .setSubscriptionResponse(SubscriptionResponse.newBuilder()
                                .setTrackSid(trackSid)
                                .setErr(SubscriptionError.SE_CODEC_UNSUPPORTED)));
    }

    /** A video has come in its second codec, or has ended in it. */
    void secondChanged(Track track, Participant publisher, long nowNs) {
        Subscribed now = subscribed.get(track.sid());
        Optional<Track> second = track.second().filter(Track::isPublished);
        if (now != null && now.sent != track && second.isEmpty()) {
            unsubscribe(track.sid(), nowNs);
            tellUnsupported(track.sid());
        } else if (second.isPresent() && awaited.containsKey(track.sid())) {
            Awaited asked = awaited.remove(track.sid());
            subscribe(track, second.get(), publisher, nowNs);
            track.secondDemand().forget(asked);
        }
    }

    /** Not every sender does what it is asked for. */
    private void giveUp(long nowNs) {
        if (awaitedDue.take(nowNs)) {
            for (Awaited asked : List.copyOf(awaited.values())) {
                if (asked.untilNs - nowNs <= 0) {
                    unsubscribe(asked.track.sid(), nowNs);
                    tellUnsupported(asked.track.sid());
                } else {
                    awaitedDue.by(asked.untilNs);
                }
            }
        }
        awaitedDue.tell(owner.room().deadline());
    }

    /** Ends everything at once, without another offer. */
    void close() {
        subscribed.values().forEach(Subscribed::close);
        subscribed.clear();
        awaited.values().forEach(asked -> asked.track.secondDemand().forget(asked));
        awaited.clear();
        slots.clear();
        connection.close();
    }
}
