/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

/**
 * Work that takes time: a call to the media engine, a PDF, HTTP. {@link #run} is called outside the room's thread and sees
 * no module state; one of the other two comes back on it. A job is lost with its node: what must happen is in the
 * snapshot and is started again.
 */
public interface Job<T> {
    T run() throws Exception;

    void done(T result, RoomContext room);

    void failed(Exception cause, RoomContext room);
}
