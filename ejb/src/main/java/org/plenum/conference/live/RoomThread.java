/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one logical thread of a room, and its time: the same from the beginning of a turn to its end. */
final class RoomThread {
    private static final System.Logger LOG = System.getLogger("org.plenum.signaling");

    private final Surroundings surroundings;
    private final Turns turns;
    private final Runnable afterwards;
    private volatile Instant now;

    /** @param afterwards runs at the end of every turn */
    RoomThread(Surroundings surroundings, Runnable afterwards) {
        this.surroundings = surroundings;
        this.turns = new Turns(surroundings.threads());
        this.afterwards = afterwards;
        this.now = time();
    }

    /** Any thread. */
    void turn(Runnable action) {
        turns.execute(() -> {
            now = time();
            try {
                action.run();
            } catch (RuntimeException fault) { // of the room itself; modules are guarded by their host
                LOG.log(System.Logger.Level.ERROR, "a turn of a room failed", fault);
            } finally {
                afterwards.run();
            }
        });
    }

    /** The action is a turn of the room. */
    Alarms.Alarm in(Duration time, Runnable action) {
        return surroundings.alarms().in(time, () -> turn(action));
    }

    /** Beside the room: the action must know nothing of its state. */
    void outside(Runnable action) {
        surroundings.threads().execute(action);
    }

    Instant now() {
        return now;
    }

    /** The time outside of turns. */
    Instant time() {
        return surroundings.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
