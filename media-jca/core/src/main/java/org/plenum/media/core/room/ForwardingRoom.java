/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.function.Consumer;
import org.plenum.media.core.peer.Connection;

/** One room: what its publishers send goes to its subscribers. Belongs to one loop. */
public final class ForwardingRoom implements Forwarding {
    private final Consumer<ForwardingRoom> closed;

    /** @param closed told when the room is gone */
    public ForwardingRoom(Listener listener, Consumer<ForwardingRoom> closed) {
        this.closed = closed;
    }

    @Override
    public Publication publish(Connection publisher, PublicationSpec spec) {
        throw new UnsupportedOperationException("forwarding");
    }

    @Override
    public Subscription subscribe(Connection subscriber, Publication publication) {
        throw new UnsupportedOperationException("forwarding");
    }

    @Override
    public void close() {
        closed.accept(this);
    }

    public long deadlineNs() {
        return Long.MAX_VALUE;
    }

    public void poll(long nowNs) {}
}
