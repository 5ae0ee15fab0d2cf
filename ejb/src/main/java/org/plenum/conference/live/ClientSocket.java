/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

/** The socket's end of a connection. Called by the room, must hand over and return. */
public interface ClientSocket {
    /** @return false when the client reads too slowly: its queue is full, the message was not taken */
    boolean send(String message);

    /** Closes after everything sent before has left. */
    void close(int code, String reason);

    /** Stops reading from the client until {@link #resume}: it sends faster than the room may answer. */
    void pause();

    void resume();
}
