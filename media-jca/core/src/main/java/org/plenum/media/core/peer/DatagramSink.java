/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;

/**
 * Where datagrams leave. They are built in place: {@link #slot} lends a buffer, {@link #send} gives it back filled. One thread.
 */
public interface DatagramSink {
    /** The most octets of one datagram. */
    int SLOT = 1500;

    /**
     * @return an array-backed buffer of {@link #SLOT} octets or more, for absolute puts at indexes from 0; borrowed until the next
     *     {@link #send}. Not calling {@code send} leaves the slot free.
     */
    ByteBuffer slot();

    /** Sends the first {@code length} octets of the last {@link #slot} on this route, now or at the end of the loop's pass. */
    void send(Route route, int length);
}
