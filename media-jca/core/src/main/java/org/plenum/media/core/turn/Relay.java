/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

/**
 * The way between one client and one media address of ours, through its allocation. Belongs to the thread of the server.
 *
 * @param <C> what a client is to whoever owns the sockets
 */
public final class Relay<C> {
    static final int NONE = 0;

    private final Allocation<C, ?> allocation;
    private final MediaAddress peer;
    private long permittedUntilNs;
    private boolean open;
    private int channel = NONE;
    private long channelUntilNs;

    Relay(Allocation<C, ?> allocation, MediaAddress peer) {
        this.allocation = allocation;
        this.peer = peer;
    }

    /** Who has made it. */
    public C client() {
        return allocation.client();
    }

    /** The relayed transport address: 4 or 16 octets, the client's in the eyes of its peers. */
    public byte[] address() {
        return allocation.relayed().octets();
    }

    /** The port of the relayed transport address. */
    public int port() {
        return allocation.relayed().port();
    }

    /** Whether anything may pass: the client's permission has not ended. */
    public boolean isOpen() {
        return open;
    }

    MediaAddress peer() {
        return peer;
    }

    /** @return {@link #NONE} or 0x4000 to 0x7FFE */
    int channel() {
        return channel;
    }

    void permit(long untilNs) {
        open = true;
        permittedUntilNs = untilNs;
    }

    void bind(int number, long untilNs) {
        channel = number;
        channelUntilNs = untilNs;
    }

    void expire(long nowNs) {
        open = open && permittedUntilNs - nowNs > 0;
        if (channel != NONE && channelUntilNs - nowNs <= 0) {
            channel = NONE;
        }
    }

    void close() {
        open = false;
        channel = NONE;
    }
}
