/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/** The main room or one breakout room of a conference. */
public sealed interface RoomKind {
    RoomKind MAIN = new Main();

    static RoomKind breakout(int id) {
        return new Breakout(id);
    }

    record Main() implements RoomKind {}

    record Breakout(int id) implements RoomKind {}
}
