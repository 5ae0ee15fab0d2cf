/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.plenum.conference.signaling.ConnectionId;

/** One signaling socket and the person at its other end. The room's thread only, but for {@link #flow}. */
final class Connection {
    enum State {
        JOINING,
        WAITING,
        IN,
        GONE
    }

    private static final Duration BETWEEN_SLOW_DOWNS = Duration.ofSeconds(10);

    final ConnectionId id;
    final UUID device;
    final String publicUrl;
    final ClientSocket socket;
    final Flow flow;
    final TokenBucket bucket;
    final Deque<Envelope> delayed = new ArrayDeque<>();
    State state = State.JOINING;
    Person person;
    private Instant nextSlowDown = Instant.MIN;
    private Instant nextHeartbeat = Instant.MIN;

    Connection(ConnectionId id, UUID device, String publicUrl, ClientSocket socket, TokenBucket bucket) {
        this.id = id;
        this.device = device;
        this.publicUrl = publicUrl;
        this.socket = socket;
        this.flow = new Flow(socket);
        this.bucket = bucket;
    }

    boolean isOpen() {
        return state == State.IN || state == State.WAITING;
    }

    /** Whether the client is to be told that it is too fast: once in 10 s. */
    boolean slowDownIsDue(Instant now) {
        if (now.isBefore(nextSlowDown)) {
            return false;
        }
        nextSlowDown = now.plus(BETWEEN_SLOW_DOWNS);
        return true;
    }

    boolean heartbeatIsDue(Instant now) {
        if (now.isBefore(nextHeartbeat)) {
            return false;
        }
        nextHeartbeat = now.plusSeconds(1);
        return true;
    }

    void close(int code, String reason) {
        state = State.GONE;
        socket.close(code, reason);
    }
}
