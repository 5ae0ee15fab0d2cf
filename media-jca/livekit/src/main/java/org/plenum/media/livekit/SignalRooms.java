/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.MediaParticipant;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.room.MediaPlane;

/**
 * All rooms of one loop: LiveKit's session logic without network, threads or clock. Everything is called on that loop. What
 * the media plane tells (states of connections, speakers) is only noted and acted upon by the next {@link #poll}, so the loop
 * asks for {@link #nextDeadlineNs} after it has handled packets.
 */
public final class SignalRooms {
    final MediaPlane plane;
    final SignalConfig config;
    final RandomGenerator random;
    final LongUnaryOperator wallMs;

    /**
     * @param random makes the sids; a secure one outside of tests
     * @param wallMs turns nowNs of any call below into milliseconds since 1970
     */
    public SignalRooms(MediaPlane plane, SignalConfig config, RandomGenerator random, LongUnaryOperator wallMs) {
        this.plane = plane;
        this.config = config;
        this.random = random;
        this.wallMs = wallMs;
    }

    /** Opens a session. A token or parameters that {@link Entrance#validate} refuses end in a close with code 1008. */
    public SignalSession connect(String token, ConnectParameters parameters, SignalClient client, long nowNs) {
        return new SignalSession();
    }

    /** When {@link #poll} is due: not after this, at most a minute from now. May lie in the past. */
    public long nextDeadlineNs(long nowNs) {
        return nowNs + 60_000_000_000L;
    }

    /** Does what is due. Call it when the deadline has come; earlier calls do no harm. */
    public void poll(long nowNs) {}

    /** Everybody with a session in the room, hidden ones too; empty for an unknown room. */
    public List<MediaParticipant> participants(MediaRoomId room) {
        return List.of();
    }

    /** Ends the session with PARTICIPANT_REMOVED. False: there is none. */
    public boolean remove(MediaRoomId room, String identity, long nowNs) {
        return false;
    }

    /** Replaces what may be published, empty means nothing; tracks no longer allowed are taken away. False: no session. */
    public boolean allowSources(MediaRoomId room, String identity, Set<TrackSource> sources, long nowNs) {
        return false;
    }

    /** Asks the client to mute its microphone tracks. False: no session. */
    public boolean muteMicrophone(MediaRoomId room, String identity, long nowNs) {
        return false;
    }

    /** Ends all sessions of the room with ROOM_DELETED. */
    public void deleteRoom(MediaRoomId room, long nowNs) {}

    /** The server stops: every client is told to reconnect, every room ends. Later calls of connect are refused. */
    public void close(long nowNs) {}

    /** Adds counters (since the start) and gauges, names in snake_case beginning with {@code signal_}. */
    public void statistics(SortedMap<String, Long> counters, SortedMap<String, Long> gauges) {}
}
