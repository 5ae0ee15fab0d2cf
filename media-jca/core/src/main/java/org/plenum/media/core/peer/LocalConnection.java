/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A connection whose other end is in this server: no ICE, no keys, no network. Packets come in by {@link #receive}, and what the
 * room sends goes to a taker. Open from the start. Belongs to one loop.
 */
public final class LocalConnection implements Transport {
    private final Drop.Counters drops;
    private final Listener listener;
    private final Taker taker;
    private final Slot slot = new Slot();
    private MediaReceiver media;
    private State state = State.CONNECTED;

    /** Takes RTP packets of the room; the buffer is valid during the call. */
    @FunctionalInterface
    public interface Taker {
        void rtp(ByteBuffer packet, int length);
    }

    /** @param taker gets what the room sends; reports of the room end here, nothing is lost on the way */
    public LocalConnection(Drop.Counters drops, Listener listener, Taker taker) {
        this.drops = drops;
        this.listener = listener;
        this.taker = taker;
    }

    /** A plain RTP packet from the other end. @param packet array-backed, may be changed, read from index 0 */
    public void receive(ByteBuffer packet, int length, long nowNs) {
        if (state != State.CONNECTED || media == null) {
            drops.count(Drop.NOBODY_LISTENS);
        } else {
            media.rtp(packet, length, nowNs);
        }
    }

    @Override
    public boolean isOpen() {
        return state == State.CONNECTED;
    }

    @Override
    public boolean sendRtp(ByteBuffer packet, int length) {
        taker.rtp(packet, length);
        return true;
    }

    @Override
    public boolean sendRtcp(ByteBuffer packet, int length) {
        return true;
    }

    @Override
    public long fetch(long ssrc) {
        return 0;
    }

    @Override
    public void forgetInbound(long ssrc) {
        // nothing is kept for a stream
    }

    @Override
    public void forgetOutbound(long ssrc) {
        // nothing is kept for a stream
    }

    @Override
    public void media(MediaReceiver receiver) {
        media = receiver;
    }

    @Override
    public DatagramSink sink() {
        return slot;
    }

    @Override
    public Drop.Counters drops() {
        return drops;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            if (media != null) {
                media.transport(state);
            }
            listener.onState(this, state);
        }
    }

    // There is no description of a local connection.

    @Override
    public IceCredentials localIce() {
        throw new UnsupportedOperationException("a local connection has no ICE");
    }

    @Override
    public String localFingerprint() {
        throw new UnsupportedOperationException("a local connection has no DTLS");
    }

    @Override
    public List<String> localCandidates() {
        return List.of();
    }

    @Override
    public void remote(IceCredentials ice, String fingerprint, boolean weAreDtlsClient) {
        throw new UnsupportedOperationException("a local connection has no ICE");
    }

    @Override
    public void restartIce() {
        throw new UnsupportedOperationException("a local connection has no ICE");
    }

    /** One buffer will do: the taker is done with it when it returns. */
    private static final class Slot implements DatagramSink {
        private final ByteBuffer buffer = ByteBuffer.allocate(SLOT);

        @Override
        public ByteBuffer slot() {
            return buffer;
        }

        @Override
        public void send(Route route, int length) {
            throw new UnsupportedOperationException("a local connection has no route");
        }
    }
}
