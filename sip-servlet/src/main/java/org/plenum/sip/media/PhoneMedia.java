/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.plenum.media.api.AudioTap;
import org.plenum.media.api.LeaveReason;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.Media;
import org.plenum.media.api.MediaRoomId;

/** The sound of all calls: legs, rooms with callers and the clocks that move them. The control thread only, unless it is said. */
public final class PhoneMedia {
    private static final double MOST_LOAD = 0.8;
    private static final int SPEAKERS = 3;

    private final Media engine;
    private final RtpPorts ports;
    private final RandomGenerator random;
    private final List<MediaClock> clocks = new ArrayList<>();
    private final Map<MediaRoomId, Room> rooms = new HashMap<>();
    private final Map<Leg, Seat> seats = new HashMap<>();
    private final Set<Leg> legs = ConcurrentHashMap.newKeySet(); // of calls; as many as may be
    private int nextClock;

    /** A media room as long as callers are in it. */
    private static final class Room {
        final Bridge bridge;
        final AudioTap tap;
        int callers;

        Room(Bridge bridge, AudioTap tap) {
            this.bridge = bridge;
            this.tap = tap;
        }
    }

    private record Seat(MediaRoomId room, LocalPeer peer) {}

    /** @param count of clocks: as many as there are cores, at least 1 */
    public PhoneMedia(Media engine, RtpPorts ports, RandomGenerator random, int count) {
        this.engine = engine;
        this.ports = ports;
        this.random = random;
        for (int i = 0; i < count; i++) {
            clocks.add(new MediaClock());
        }
    }

    /** Each to be run on a thread of its own; they end with {@link #close()}. */
    public List<Runnable> clocks() {
        return List.copyOf(clocks);
    }

    /** Whether one more call would be one too many for this machine. Any thread. */
    public boolean isOverloaded() {
        return clocks.stream().anyMatch(clock -> clock.load() > MOST_LOAD);
    }

    /** Whether callers are left in silence, because a clock no longer beats. Any thread. */
    public boolean stands() {
        long now = System.nanoTime();
        return clocks.stream().anyMatch(clock -> clock.stands(now));
    }

    /** @param local address of this machine that the call came to. @return absent when no port is free */
    public Optional<Leg> open(LegListener listener, InetAddress local, long nowNs) {
        MediaClock clock = clocks.get(nextClock++ % clocks.size());
        return ports.take(local, nowNs).map(port -> {
            Leg leg = new Leg(port, listener, Integer.toUnsignedLong(random.nextInt()), random.nextInt(1 << 15), nowNs);
            legs.add(leg);
            clock.post(() -> clock.lobby().add(leg));
            return leg;
        });
    }

    /** Seats the caller in a media room; leaves the one before. */
    public void enter(Leg leg, MediaRoomId name, LocalPeerSpec spec, Consumer<LocalPeerEvent> events) {
        leaveSeat(leg);
        Room room = rooms.computeIfAbsent(name, this::newRoom);
        room.callers++;
        LocalPeer peer = engine.openLocalPeer(name, spec, events);
        seats.put(leg, new Seat(name, peer));
        leg.move(room.bridge, peer);
    }

    private Room newRoom(MediaRoomId name) {
        MediaClock clock = clocks.get(Math.floorMod(name.hashCode(), clocks.size()));
        Bridge bridge = Bridge.ofRoom(clock);
        return new Room(bridge, engine.openAudioTap(name, SPEAKERS, bridge.speakers()));
    }

    /** Out of the media room, for example into the waiting room; the call goes on. */
    public void leave(Leg leg) {
        if (leaveSeat(leg)) {
            leg.move(clocks.get(nextClock++ % clocks.size()).lobby(), null);
        }
    }

    private boolean leaveSeat(Leg leg) {
        Seat seat = seats.remove(leg);
        if (seat == null) {
            return false;
        }
        seat.peer().close(LeaveReason.HUNG_UP);
        Room room = rooms.get(seat.room());
        if (--room.callers == 0) {
            rooms.remove(seat.room());
            room.tap.close();
            room.bridge.end();
        }
        return true;
    }

    /** Tells the room, and stops sending there. */
    public void mute(Leg leg, boolean muted) {
        leg.mute(muted);
        Optional.ofNullable(seats.get(leg)).ifPresent(seat -> seat.peer().mute(muted));
    }

    /** The call is over. */
    public void close(Leg leg, long nowNs) {
        leaveSeat(leg);
        leg.close();
        legs.remove(leg);
        ports.giveBack(leg.portNumber(), nowNs);
    }

    /** Figures for operators, names in snake_case. Any thread. */
    public Map<String, Long> gauges() {
        long late = 0;
        long longest = 0;
        double load = 0;
        for (MediaClock clock : clocks) {
            late += clock.late();
            longest = Math.max(longest, clock.longestNs());
            load = Math.max(load, clock.load());
        }
        long lost = 0;
        long jitter = 0;
        for (Leg leg : legs) {
            lost += Math.max(0, leg.lost());
            jitter = Math.max(jitter, leg.jitterMs());
        }
        Map<String, Long> gauges = new HashMap<>();
        gauges.put("beats_late", late);
        gauges.put("beat_longest_us", longest / 1000);
        gauges.put("beat_load_percent", Math.round(100 * load));
        gauges.put("clocks_standing", stands() ? 1L : 0L);
        gauges.put("ports_free", (long) ports.free());
        gauges.put("packets_lost_now", lost); // of the calls of now
        gauges.put("jitter_worst_ms", jitter);
        return gauges;
    }

    /** Any thread; as of the last call that began or ended. */
    public int freePorts() {
        return ports.free();
    }

    /** @return whether every clock has ended in time */
    public boolean close(long patienceMs) {
        boolean ended = true;
        try {
            for (MediaClock clock : clocks) {
                ended &= clock.close(patienceMs);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        return ended;
    }
}
