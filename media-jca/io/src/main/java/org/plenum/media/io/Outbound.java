/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.nio.ByteBuffer;
import org.plenum.media.core.peer.DatagramSink;
import org.plenum.media.core.peer.Route;

/** What one pass of the loop sends, in batches. One thread. */
final class Outbound implements DatagramSink {
    /** Packets of one batch, at most. */
    static final int BATCH = 64;

    static final int SLOT_OCTETS = 2048;

    private final PacketBatch batch;
    private final MediaPort port;
    private long packets;
    private long bytes;

    Outbound(MediaPort port) {
        this.port = port;
        batch = new PacketBatch(Math.min(BATCH, port.batch()), SLOT_OCTETS);
    }

    @Override
    public ByteBuffer slot() {
        return batch.next().clear();
    }

    @Override
    public void send(Route route, int length) {
        batch.add((Path) route, length);
        packets++;
        bytes += length;
        if (batch.isFull()) {
            flush();
        }
    }

    void flush() {
        if (batch.size() > 0) {
            port.send(batch);
        }
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }
}
