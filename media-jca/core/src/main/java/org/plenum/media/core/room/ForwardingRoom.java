/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.Transport;
import org.plenum.media.core.speakers.ActiveSpeakers;
import org.plenum.media.core.speakers.Loudest;

/**
 * One room: what its publishers send goes to its subscribers. The path of a packet is written down in {@link RoomMember#rtp} and
 * {@link Track#forward}, that of a report in {@link RoomMember#rtcp}. Belongs to one loop.
 */
public final class ForwardingRoom implements Forwarding {
    private static final int LARGE = 16; // microphones
    private static final int MOST_HEARD = 6; // who all speak at the same time

    private final Workbench bench;
    private final Listener listener;
    private final Consumer<ForwardingRoom> whenClosed;
    private final Map<Connection, RoomMember> byConnection = new IdentityHashMap<>();
    private final List<RoomMember> members = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();
    private final ActiveSpeakers<Publication> speakers = new ActiveSpeakers<>();
    private final Loudest<Track> loudest = new Loudest<>(MOST_HEARD);
    private int sounds;
    private boolean closed;

    /** @param whenClosed told once, when the room is gone */
    public ForwardingRoom(Workbench bench, Listener listener, Consumer<ForwardingRoom> whenClosed) {
        this.bench = bench;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    @Override
    public Publication publish(Connection publisher, PublicationSpec spec) {
        Track track = member(publisher).publish(spec);
        tracks.add(track);
        if (!spec.video()) {
            sounds++;
            loudest.add(track);
        }
        return track;
    }

    @Override
    public Subscription subscribe(Connection subscriber, Publication publication) {
        Track track = (Track) publication;
        if (track.isClosed()) {
            throw new IllegalStateException("the publication is closed");
        }
        return member(subscriber).subscribe(track);
    }

    @Override
    public Condition condition(Connection connection) {
        RoomMember known = byConnection.get(connection);
        return known == null ? Condition.UNKNOWN : known.condition();
    }

    private RoomMember member(Connection connection) {
        if (closed) {
            throw new IllegalStateException("the room is closed");
        }
        return byConnection.computeIfAbsent(connection, key -> {
            RoomMember member = new RoomMember(this, bench, (Transport) key);
            members.add(member);
            return member;
        });
    }

    void leaveIfOver(RoomMember member) {
        if (member.isOver() && members.remove(member)) {
            byConnection.values().removeIf(member::equals);
            member.leave();
        }
    }

    void remove(Track track) {
        if (tracks.remove(track) && !track.spec().video()) {
            sounds--;
            loudest.remove(track);
        }
        if (speakers.remove(track)) {
            listener.onSpeakers(Map.of(track, 0f));
        }
    }

    /**
     * Whether somebody is heard in a large room: only the few who speak loudest are, from the first packet that is not silence on.
     *
     * @param minusDbov of a packet; {@link Track#UNKNOWN_LEVEL} changes nothing
     */
    boolean isHeard(Track track, int minusDbov, long nowNs) {
        if (sounds < LARGE) {
            return true;
        }
        return minusDbov == Track.UNKNOWN_LEVEL ? loudest.isChosen(track) : loudest.onPacket(track, minusDbov, nowNs);
    }

    ActiveSpeakers<Publication> speakers() {
        return speakers;
    }

    @Override
    public void close() {
        if (!closed) {
            List.copyOf(tracks).forEach(Track::close);
            members.forEach(RoomMember::leave);
            members.clear();
            byConnection.clear();
            closed = true;
            whenClosed.accept(this);
        }
    }

    /** When {@link #poll} is due; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        long soonest = speakers.deadlineNs();
        for (int i = 0; i < members.size(); i++) {
            soonest = Math.min(soonest, members.get(i).deadlineNs());
        }
        for (int i = 0; i < tracks.size(); i++) {
            soonest = Math.min(soonest, tracks.get(i).deadlineNs());
        }
        return soonest;
    }

    /** Requests, reports and news that are due. */
    public void poll(long nowNs) {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).poll(nowNs);
        }
        for (int i = 0; i < members.size(); i++) {
            members.get(i).poll(nowNs);
        }
        Map<Publication, Float> changes = speakers.poll(nowNs);
        if (!changes.isEmpty()) {
            listener.onSpeakers(changes);
        }
    }
}
