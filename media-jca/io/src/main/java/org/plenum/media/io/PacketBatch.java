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
    private int streams; // of them, packets for connections

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
        streams += path instanceof Path.Tcp ? 1 : 0;
        size++;
    }

    /** Takes a packet for a connection. */
    @FunctionalInterface
    interface StreamTaker {
        void take(Path.Tcp connection, ByteBuffer packet, int length);
    }

    /** How many of the packets go over connections. */
    int streams() {
        return streams;
    }

    /** Hands over what goes over connections; what is left keeps its order. */
    void extractStreams(StreamTaker taker) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (paths[i] instanceof Path.Tcp connection) {
                taker.take(connection, buffers[i], lengths[i]);
                continue;
            }
            ByteBuffer free = buffers[kept];
            buffers[kept] = buffers[i];
            buffers[i] = free;
            paths[kept] = paths[i];
            lengths[kept++] = lengths[i];
        }
        size = kept;
        streams = 0;
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
        streams = 0;
    }
}
