/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * The sockets of the engine, in batches, so that system calls for many packets at once can take the place of one for each. One thread,
 * except {@link #wakeup} and {@link #close}.
 */
interface MediaPort extends AutoCloseable {
    /**
     * Takes what has arrived, without waiting, until the batch is full.
     *
     * @param into empty; remembered senders come as the same {@link Path} object, others as a new one
     */
    void receive(PacketBatch into, long nowNs) throws IOException;

    /**
     * Takes a packet, which leaves at the next {@link #flush} at the latest. A datagram the system does not take is counted and lost, as
     * on any network.
     *
     * @param packet array-backed, from index 0 on; free again afterwards
     * @param length octets, at most {@link Outbound#SLOT_OCTETS}
     */
    void send(Path path, ByteBuffer packet, int length);

    /** Sends what still waits for others to go along with. */
    void flush();

    /** Waits until something arrives, {@link #wakeup} is called, or the time is over. */
    void await(long timeoutNs) throws IOException;

    void wakeup();

    /** From now on packets from here come with this very object. The caller bounds how many there are. */
    void remember(Path path);

    void forget(Path path);

    /** Ends what has proved nothing for too long. */
    void poll(long nowNs);

    /** Packets the system did not take. */
    long unsent();

    /** TCP connections at the moment. */
    int connections();

    /** Allocations of our own relay at the moment. */
    int allocations();

    /** Says who is in a room: the relay goes on for them. */
    void present(Predicate<String> isPresent);

    @Override
    void close() throws IOException;
}
