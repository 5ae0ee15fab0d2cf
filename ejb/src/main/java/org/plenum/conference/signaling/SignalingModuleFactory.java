/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/** The CDI bean the container discovers. It holds no conference state. */
public interface SignalingModuleFactory {
    /** For whom one module object speaks. */
    enum Scope {
        /** One object for main and one for each breakout room. The usual case. */
        ROOM_KIND,
        /**
         * One object for the whole conference, for state that knows no rooms: moderation, breakout, chat, whisper groups. Of a
         * person who changes rooms it hears only switched.
         */
        CONFERENCE
    }

    String namespace();

    SignalingModule open(RoomSettings settings, RoomKind kind);

    default Scope scope() {
        return Scope.ROOM_KIND;
    }

    /** May a connection in the waiting room send commands? Only echo says yes; all others answer not_supported. */
    default boolean servesWaitingRoom() {
        return false;
    }

    /** Are commands answered at once, ahead of what the rate limit holds back? Only echo says yes: it keeps alive. */
    default boolean answersAtOnce() {
        return false;
    }
}
