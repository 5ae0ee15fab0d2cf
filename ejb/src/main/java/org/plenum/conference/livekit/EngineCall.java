/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import java.util.List;
import java.util.function.Consumer;
import org.plenum.conference.signaling.Job;
import org.plenum.conference.signaling.Recipients;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.Wire;

/**
 * Something asked of the media engine, outside the room's thread.
 *
 * @param then with the room's context again, when the engine has done it
 */
record EngineCall(Action action, Consumer<RoomContext> then) implements Job<Void> {
    private static final System.Logger LOG = System.getLogger("org.plenum.signaling");

    /** May wait for the engine. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** One of which nobody hears, whatever becomes of it. */
    static Job<Void> quietly(Action action) {
        return new Quiet(action);
    }

    static Action all(List<Action> actions) {
        return () -> {
            for (Action each : actions) {
                each.run();
            }
        };
    }

    @Override
    public Void run() throws Exception {
        action.run();
        return null;
    }

    @Override
    public void done(Void nothing, RoomContext room) {
        then.accept(room);
    }

    @Override
    public void failed(Exception cause, RoomContext room) {
        room.send(Recipients.Group.CONN, Wire.error("livekit_unavailable").build());
    }

    private record Quiet(Action action) implements Job<Void> {
        @Override
        public Void run() throws Exception {
            action.run();
            return null;
        }

        @Override
        public void done(Void nothing, RoomContext room) {} // that was all

        @Override
        public void failed(Exception cause, RoomContext room) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the media engine did not answer: {0}",
                    cause.getClass().getSimpleName());
        }
    }
}
