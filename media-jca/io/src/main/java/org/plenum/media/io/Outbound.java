/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.nio.ByteBuffer;
import org.plenum.media.core.peer.DatagramSink;
import org.plenum.media.core.peer.Route;

/**
 * What one pass of the loop sends. Every packet is built and encrypted in the same buffer, which is always at hand in the nearest cache, and
 * copied once, to where the system takes it from. One thread.
 */
final class Outbound implements DatagramSink {
    /** Packets that leave together, at most. */
    static final int BATCH = 64;

    static final int SLOT_OCTETS = 2048;

    private final ByteBuffer slot = ByteBuffer.allocate(SLOT_OCTETS);
    private final MediaPort port;
    private int waiting;
    private long packets;
    private long bytes;

    Outbound(MediaPort port) {
        this.port = port;
    }

    @Override
    public ByteBuffer slot() {
        return slot.clear();
    }

    @Override
    public void send(Route route, int length) {
        port.send((Path) route, slot, length);
        packets++;
        bytes += length;
        if (++waiting == BATCH) {
            flush();
        }
    }

    void flush() {
        if (waiting > 0) {
            waiting = 0;
            port.flush();
        }
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }
}
