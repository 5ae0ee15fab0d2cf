/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/**
 * A participant that lives in this server and sends one Opus track: somebody on the telephone. Any thread, never blocks.
 */
public interface LocalPeer {
    /** Sends a packet; dropped and counted when the engine is too busy to take it, or while publishing is not allowed. */
    void publish(OpusPacket packet);

    /** The track stays; all others get the mute event. */
    void mute(boolean muted);

    /** Leaves the room for another one with the same identity, as a breakout does. */
    void moveTo(MediaRoomId room);

    /** Ends the session; later calls do nothing. */
    void close(LeaveReason reason);
}
