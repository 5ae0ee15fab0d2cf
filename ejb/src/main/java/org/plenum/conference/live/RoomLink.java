/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

/** The room's end of one signaling socket. Any thread, never blocks. */
public interface RoomLink {
    /** One whole text message. */
    void received(String message);

    /**
     * The socket is gone, whoever closed it.
     *
     * @param clean true: the client took its leave; false: the connection was lost
     */
    void closed(boolean clean);
}
