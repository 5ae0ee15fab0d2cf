/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * What a module may see and do during one call. Everything sent, told or started leaves after the module has returned,
 * in order, and not at all when it throws. Not to be kept: each call brings its own.
 */
public interface RoomContext {
    /** The room kind of the sender; in hooks, timers and jobs that of the module. */
    RoomKind kind();

    /** Who caused this call: the sender of the command, also in timers and jobs it started; else the one the hook is about. */
    Participant sender();

    /** The connection that caused this call, as {@link #sender}; it may have been closed in the meantime. */
    ConnectionId connection();

    /** Everybody with an open connection in the conference, all room kinds, without the waiting ones. */
    Collection<Participant> participants();

    /** The server's address as the sender's connection came to it, without a slash at its end. */
    String publicUrl();

    /** One value for the whole call, the same as the timestamp of the events it sends. */
    Instant now();

    void send(Recipients to, JsonObject event);

    /** Tells the other namespaces of this room; nobody answers. */
    void tell(Notice notice);

    /** Calls onTimer(name) later. A running timer of that name is replaced. */
    void startTimer(String name, Duration after);

    void stopTimer(String name);

    void startJob(Job<?> job);

    /** For moderation and breakout only; the architecture test sees to it. */
    RoomControl control();

    default void requireModerator() throws CommandRejected {
        if (sender().role() != Participant.Role.MODERATOR) {
            throw new CommandRejected("insufficient_permissions");
        }
    }
}
