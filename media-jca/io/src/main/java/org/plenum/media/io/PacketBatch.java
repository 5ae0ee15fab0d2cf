/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.nio.ByteBuffer;

/**
 * A fixed number of datagrams with their paths, allocated once with the loop. Array-backed: the ciphers of the JDK copy what lies
 * outside of the heap. One thread.
 */
final class PacketBatch {
    private final ByteBuffer[] buffers;
    private final int[] lengths;
    private final Path[] paths;
    private int size;
    private int others; // of them, those that are no plain datagrams

    /** @param slotSize octets; longer datagrams are cut and then fail their authentication */
    PacketBatch(int capacity, int slotSize) {
        buffers = new ByteBuffer[capacity];
        for (int i = 0; i < capacity; i++) {
            buffers[i] = ByteBuffer.allocate(slotSize);
        }
        lengths = new int[capacity];
        paths = new Path[capacity];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == buffers.length;
    }

    /** The slot that {@link #add} will take; only while the batch is not full. */
    ByteBuffer next() {
        return buffers[size];
    }

    void add(Path path, int length) {
        paths[size] = path;
        lengths[size] = length;
        others += path instanceof Path.Udp ? 0 : 1;
        size++;
    }

    /** Takes a packet that is no plain datagram. */
    @FunctionalInterface
    interface Taker {
        void take(Path path, ByteBuffer packet, int length);
    }

    /** Hands over what goes over connections or relays; what is left keeps its order. */
    void extractOthers(Taker taker) {
        if (others == 0) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!(paths[i] instanceof Path.Udp)) {
                taker.take(paths[i], buffers[i], lengths[i]);
                continue;
            }
            ByteBuffer free = buffers[kept];
            buffers[kept] = buffers[i];
            buffers[i] = free;
            paths[kept] = paths[i];
            lengths[kept++] = lengths[i];
        }
        size = kept;
        others = 0;
    }

    ByteBuffer buffer(int index) {
        return buffers[index];
    }

    int length(int index) {
        return lengths[index];
    }

    Path path(int index) {
        return paths[index];
    }

    void clear() {
        size = 0;
        others = 0;
    }
}
