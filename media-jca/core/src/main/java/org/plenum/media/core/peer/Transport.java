/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;

/** A connection as the room sees it: where decrypted packets come from, and where plain packets are sent. On the room's loop. */
public interface Transport extends Connection {
    /** Whether packets would leave at all: spares the work of building them. */
    boolean isOpen();

    /**
     * Sends the RTP packet in the sink's current {@link DatagramSink#slot}.
     *
     * @param length of the plain packet
     * @return whether it left
     */
    boolean sendRtp(ByteBuffer slot, int length);

    /** As {@link #sendRtp}, a compound RTCP packet. */
    boolean sendRtcp(ByteBuffer slot, int length);

    /** Reads from memory what a packet of this SSRC will need to be sent. @return something that depends on all of it */
    long fetch(long ssrc);

    /** The other side will not send this SSRC again. */
    void forgetInbound(long ssrc);

    /** We will never send this SSRC again. */
    void forgetOutbound(long ssrc);

    /** Who takes the media of this connection from now on; null for nobody. */
    void media(MediaReceiver receiver);

    /** Buffers for what goes out. */
    DatagramSink sink();

    Drop.Counters drops();
}
