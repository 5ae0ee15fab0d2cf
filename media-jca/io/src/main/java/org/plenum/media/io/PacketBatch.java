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
        size++;
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
    }
}
