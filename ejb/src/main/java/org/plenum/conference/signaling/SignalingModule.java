/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * State and rules of one namespace in one room kind: main, or one breakout room. The room calls it from one thread at a
 * time; it blocks on nothing and reads no clock. Every piece of its state is in {@link #snapshot}, because the meeting may
 * go on in another node from there.
 */
public interface SignalingModule {

    /** A connection was admitted, first or further tab. Called before the joiner hears anything. */
    default Blocks joined(Arrival arrival, RoomContext room) {
        return Blocks.NONE;
    }

    /** A connection closed, or its owner moved on to another room kind. */
    default void left(Departure departure, RoomContext room) {}

    /**
     * A connection came here from another room kind; that kind's module was told with {@link #left} before. Called once a
     * connection, because own blocks may differ; what the others are told is taken from the first.
     */
    default Blocks switched(Arrival arrival, RoomContext room) {
        return Blocks.NONE;
    }

    /** Only a namespace with {@link SignalingModuleFactory.Scope#CONFERENCE} hears it: a breakout room has gone. */
    default void kindClosed(RoomKind kind, RoomContext room) {}

    /** The room kind of this module ends: save what must be kept, by jobs; the room waits for them for a bounded time. */
    default void closing(RoomContext room) {}

    void onCommand(JsonObject payload, RoomContext room) throws CommandRejected;

    /** A timer of this module is due. The room keeps the timers, also over a failover. */
    default void onTimer(String name, RoomContext room) {}

    /** Something another namespace told the room. */
    default void onNotice(Notice notice, RoomContext room) {}

    /** What a new breakout room takes over from this main room, in the form that {@link #restore} reads. */
    default JsonObject breakoutStart() {
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    /** All state as plain JSON: no object identity, no place in memory, times as text. */
    JsonObject snapshot();

    /** Called once on a fresh module, before anything else. An empty object is the state of a new room. */
    void restore(JsonObject state);
}
