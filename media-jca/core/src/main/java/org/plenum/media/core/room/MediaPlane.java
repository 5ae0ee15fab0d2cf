/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.LocalConnection;

/** What session logic needs of the loop that runs it: transports and forwarding rooms. All calls on that loop. */
public interface MediaPlane {
    /** @return a new transport, waiting for the other side's description. */
    Connection openConnection(Connection.Listener listener);

    /**
     * @param taker gets what the room sends there
     * @return a new connection to somebody in this server, open at once
     */
    LocalConnection openLocal(Connection.Listener listener, LocalConnection.Taker taker);

    /** The time of the pass that is under way. */
    long nowNs();

    /** @return a new empty room; {@link Forwarding#close} takes it away. */
    Forwarding openRoom(Forwarding.Listener listener);
}
