/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRtc.LeaveRequest.Action;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.TrackSource;
import org.plenum.media.api.Verdict;
import org.plenum.media.core.room.MediaPlane;
import org.plenum.media.livekit.Entrance.Judgement;
import org.plenum.media.livekit.SignalCounters.Count;

/**
 * All rooms of one loop: LiveKit's session logic without network, threads or clock. Everything is called on that loop. What
 * the media plane tells (states of connections, speakers) is only noted and acted upon by the next {@link #poll}, so the loop
 * asks for {@link #nextDeadlineNs} after it has handled packets.
 */
public final class SignalRooms {
    private static final long LONGEST_NAP_NS = 60 * Surroundings.SECOND;

    private final Surroundings around;
    private final Map<String, SignalRoom> rooms = new LinkedHashMap<>();
    private final Map<String, List<RoomTap>> taps = new LinkedHashMap<>(); // by room; they outlive rooms
    private boolean closed;

    /**
     * @param entrance knows the names of all rooms here, and who may come in
     * @param random makes the sids; a secure one outside of tests
     * @param wallMs turns nowNs of any call below into milliseconds since 1970
     */
    public SignalRooms(MediaPlane plane, Entrance entrance, RandomGenerator random, LongUnaryOperator wallMs) {
        SignalCounters counters = new SignalCounters();
        around = new Surroundings(
                plane, entrance.config(), entrance, new Sids(random), wallMs, counters, new Deadline());
    }

    /**
     * Opens a session. What {@link Entrance#validate} refuses ends in a close with code 1008, a full server in one with 1013, an
     * attempt to resume a session that is not there any more in a leave that asks for a new join.
     */
    public SignalSession connect(String token, ConnectParameters parameters, SignalClient client, long nowNs) {
        Outlet outlet = new Outlet(client, around.counters());
        Judgement judgement = around.entrance().judge(token, parameters, around.wallMs(nowNs));
        if (judgement.grants().isEmpty()) {
            around.count(Count.JOINS_REFUSED);
            outlet.abort(Outlet.POLICY, judgement.verdict().text());
            return SignalSession.REFUSED;
        }
        if (closed) {
            around.count(Count.JOINS_REFUSED);
            outlet.leave(Action.RECONNECT, DisconnectReason.SERVER_SHUTDOWN);
            return SignalSession.REFUSED;
        }
        Optional<Participant> participant =
                judgement.client().resume() ? resume(judgement, outlet, nowNs) : admit(judgement, outlet, nowNs);
        return participant.map(p -> new SignalSession(p, outlet, around)).orElse(SignalSession.REFUSED);
    }

    private Optional<Participant> resume(Judgement judgement, Outlet outlet, long nowNs) {
        Grants grants = judgement.grants().orElseThrow();
        String sid = judgement.client().sid();
        Optional<Participant> known = Optional.ofNullable(rooms.get(grants.room()))
                .flatMap(room -> room.participant(grants.identity()))
                .filter(p -> p.canResume() && (sid.isEmpty() || p.sid().equals(sid)));
        if (known.isEmpty()) {
            around.count(Count.RESUMES_REFUSED);
            outlet.leave(Action.RECONNECT, DisconnectReason.STATE_MISMATCH);
            return Optional.empty();
        }
        around.count(Count.RESUMES);
        known.get().room().at(nowNs);
        known.get().resume(outlet);
        return known;
    }

    /** Whether somebody with this sid is in a room, or may still come back into it. */
    public boolean isPresent(String sid) {
        return rooms.values().stream()
                .flatMap(room -> room.participants().stream())
                .anyMatch(participant -> participant.sid().equals(sid));
    }

    /** Lets somebody of this server in; what is wrong comes as an event. */
    public LocalSession openLocal(MediaRoomId room, LocalPeerSpec spec, Consumer<LocalPeerEvent> events, long nowNs) {
        LocalSession session =
                new LocalSession(events, around, spec.mayPublish().contains(TrackSource.MICROPHONE));
        Outlet outlet = new Outlet(session, around.counters());
        if (closed) {
            outlet.leave(Action.DISCONNECT, DisconnectReason.SERVER_SHUTDOWN);
            return session;
        }
        Judgement judgement =
                new Judgement(Verdict.SUCCESS, Optional.of(Grants.local(room, spec)), ClientParameters.LOCAL);
        admit(judgement, outlet, nowNs).ifPresent(session::begin);
        return session;
    }

    /** Hears a room; give it back to {@link #closeTap}. */
    public RoomTap openTap(MediaRoomId room, int maxSpeakers, Consumer<AudioTapEvent> sink) {
        RoomTap tap = new RoomTap(around, maxSpeakers, sink);
        taps.computeIfAbsent(room.value(), name -> new ArrayList<>()).add(tap);
        Optional.ofNullable(rooms.get(room.value())).ifPresent(known -> known.tap(tap));
        return tap;
    }

    /** @param tap what {@link #openTap} gave; a second call does nothing */
    public void closeTap(MediaRoomId room, RoomTap tap) {
        List<RoomTap> open = taps.get(room.value());
        if (open != null && open.remove(tap)) {
            if (open.isEmpty()) {
                taps.remove(room.value());
            }
            Optional.ofNullable(rooms.get(room.value())).ifPresent(known -> known.untap(tap));
        }
    }

    private Optional<Participant> admit(Judgement judgement, Outlet outlet, long nowNs) {
        Grants grants = judgement.grants().orElseThrow();
        SignalRoom known = rooms.get(grants.room());
        if (known != null) {
            known.at(nowNs);
            known.participant(grants.identity())
                    .ifPresent(p -> p.end(Action.DISCONNECT, DisconnectReason.DUPLICATE_IDENTITY));
        }
        if (known == null ? isFull() : known.isFull()) {
            around.count(Count.JOINS_REFUSED);
            outlet.abort(Outlet.TRY_AGAIN, "full");
            return Optional.empty();
        }
        SignalRoom room = rooms.computeIfAbsent(grants.room(), name -> open(name, nowNs));
        Participant newcomer = new Participant(room, around, outlet, judgement, nowNs);
        room.join(newcomer);
        around.count(Count.JOINS);
        return Optional.of(newcomer);
    }

    private SignalRoom open(String name, long nowNs) {
        SignalRoom room = new SignalRoom(name, around, nowNs);
        taps.getOrDefault(name, List.of()).forEach(room::tap);
        around.entrance().rooms().add(name);
        return room;
    }

    private boolean isFull() {
        return rooms.size() >= around.config().limits().rooms();
    }

    // ---- for the server API

    /** Opens a room that is to be there before anybody joins. Empty: there are too many. */
    Optional<SignalRoom> create(CreateRoomRequest request, long nowNs) {
        if (closed || !rooms.containsKey(request.getName()) && isFull()) {
            return Optional.empty();
        }
        SignalRoom room = rooms.computeIfAbsent(request.getName(), name -> open(name, nowNs));
        room.at(nowNs);
        room.configure(request);
        return Optional.of(room);
    }

    Optional<SignalRoom> room(String name, long nowNs) {
        Optional<SignalRoom> known = Optional.ofNullable(rooms.get(name));
        known.ifPresent(room -> room.at(nowNs));
        return known;
    }

    List<SignalRoom> all() {
        return List.copyOf(rooms.values());
    }

    /** When {@link #poll} is due: not before nowNs, at most a minute later. */
    public long nextDeadlineNs(long nowNs) {
        return around.deadline().orNs(nowNs, nowNs + LONGEST_NAP_NS);
    }

    /** Does what is due. Call it when the deadline has come; earlier calls do no harm. */
    public void poll(long nowNs) {
        if (!around.deadline().take(nowNs)) {
            return;
        }
        rooms.values().removeIf(room -> {
            room.poll(nowNs);
            if (room.isOver()) {
                close(room);
            }
            return room.isOver();
        });
    }

    /** Everybody with a session in the room, hidden ones too; empty for an unknown room. */
    public List<MediaParticipant> participants(MediaRoomId room) {
        return Optional.ofNullable(rooms.get(room.value())).stream()
                .flatMap(r -> r.participants().stream())
                .map(Participant::summary)
                .toList();
    }

    /** Ends the session with PARTICIPANT_REMOVED. False: there is none. */
    public boolean remove(MediaRoomId room, String identity, long nowNs) {
        return with(room, identity, nowNs, p -> p.end(Action.DISCONNECT, DisconnectReason.PARTICIPANT_REMOVED));
    }

    /** Replaces what may be published, empty means nothing; tracks no longer allowed are taken away. False: no session. */
    public boolean allowSources(MediaRoomId room, String identity, Set<TrackSource> sources, long nowNs) {
        return with(room, identity, nowNs, p -> p.allowSources(Set.copyOf(sources), nowNs));
    }

    /** Mutes the microphone tracks and asks the client to show it. False: no session. */
    public boolean muteMicrophone(MediaRoomId room, String identity, long nowNs) {
        return with(room, identity, nowNs, Participant::muteMicrophone);
    }

    private boolean with(MediaRoomId room, String identity, long nowNs, Consumer<Participant> action) {
        SignalRoom known = rooms.get(room.value());
        Optional<Participant> target = known == null ? Optional.empty() : known.participant(identity);
        target.ifPresent(p -> {
            known.at(nowNs);
            action.accept(p);
        });
        return target.isPresent();
    }

    /** Ends all sessions of the room with ROOM_DELETED. The name can be joined again at once. */
    public void deleteRoom(MediaRoomId room, long nowNs) {
        end(rooms.remove(room.value()), Action.DISCONNECT, DisconnectReason.ROOM_DELETED, nowNs);
    }

    /** The server stops: every client is told to reconnect, every room ends. Later calls of connect get the same. */
    public void close(long nowNs) {
        closed = true;
        List.copyOf(rooms.values()).forEach(r -> end(r, Action.RECONNECT, DisconnectReason.SERVER_SHUTDOWN, nowNs));
        rooms.clear();
    }

    private void close(SignalRoom room) {
        around.entrance().rooms().remove(room.name());
        room.close();
    }

    private void end(SignalRoom room, Action action, DisconnectReason reason, long nowNs) {
        if (room != null) {
            room.at(nowNs);
            room.end(action, reason);
            close(room);
        }
    }

    /** Adds counters (since the start) and gauges, names in snake_case beginning with {@code signal_}. */
    public void statistics(SortedMap<String, Long> counters, SortedMap<String, Long> gauges) {
        around.counters().writeTo(counters);
        long sessions = 0;
        long tracks = 0;
        long subscriptions = 0;
        for (SignalRoom room : rooms.values()) {
            for (Participant participant : room.participants()) {
                sessions++;
                tracks += participant.publishing().published().size();
                subscriptions +=
                        participant.subscribing().map(Subscribing::count).orElse(0);
            }
        }
        gauges.merge("signal_rooms", (long) rooms.size(), Long::sum);
        gauges.merge("signal_sessions", sessions, Long::sum);
        gauges.merge("signal_tracks", tracks, Long::sum);
        gauges.merge("signal_subscriptions", subscriptions, Long::sum);
    }
}
