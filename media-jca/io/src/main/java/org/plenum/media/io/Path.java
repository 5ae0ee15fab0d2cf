/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.plenum.media.core.peer.Route;
import org.plenum.media.core.turn.Relay;

/**
 * The way to one client. Peers are looked up by it and never by a bare address: a TCP connection and a relayed client
 * have addresses too, and another meaning of them. A path is made once, when it is new, not per packet. Its text never shows the
 * address: it belongs to a person.
 */
public sealed interface Path extends Route {
    /** Where datagrams of this path come from. */
    InetSocketAddress remote();

    @Override
    default byte[] address() {
        return remote().getAddress().getAddress();
    }

    /** The same without making anything: 4 or 16 octets that nobody changes. */
    default byte[] octets() {
        return address();
    }

    /**
     * Notes a packet of a batch, so that the packets of a path find each other without a search.
     *
     * @return the packet of this path before it in the same batch, -1 for none
     */
    int enter(long batch, int packet);

    @Override
    default int port() {
        return remote().getPort();
    }

    /** A datagram's way; knows its octets, because it is sent to for every packet. */
    final class Udp implements Path {
        private final InetSocketAddress remote;
        private final byte[] octets;
        private final int port;
        private long batch; // the last one with a packet of this path
        private int packet;

        public Udp(InetSocketAddress remote) {
            this.remote = remote;
            octets = remote.getAddress().getAddress();
            port = remote.getPort();
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public int enter(long number, int index) {
            int before = batch == number ? packet : -1;
            batch = number;
            packet = index;
            return before;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public byte[] octets() {
            return octets;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Udp that && remote.equals(that.remote);
        }

        @Override
        public int hashCode() {
            return remote.hashCode();
        }

        @Override
        public String toString() {
            return "(udp)";
        }
    }

    /** A connection that a client has opened; equal to nothing but itself. Belongs to the loop. */
    final class Tcp implements Path {
        private static final int IN_OCTETS = 4096; // two packets

        final TcpPort owner;
        final SocketChannel channel;
        final long sinceNs;
        final ByteBuffer in = ByteBuffer.allocate(IN_OCTETS);
        SelectionKey key;
        boolean listed; // among those that can be read
        boolean written; // since the last flush
        boolean begun; // something was understood
        private InetSocketAddress remote;
        private byte[] octets;
        private ByteBuffer out;
        private boolean proved;

        Tcp(TcpPort owner, SocketChannel channel, InetSocketAddress remote, long nowNs) {
            this.owner = owner;
            this.channel = channel;
            this.remote = remote;
            octets = remote.getAddress().getAddress();
            sinceNs = nowNs;
        }

        @Override
        public byte[] octets() {
            return octets;
        }

        /** What is to be sent; made when the first packet is. */
        ByteBuffer out() {
            if (out == null) {
                out = ByteBuffer.allocate(TcpPort.OUT_OCTETS);
            }
            return out;
        }

        /** A proxy has said on whose behalf it is here. */
        void comesFrom(InetSocketAddress client) {
            remote = client;
            octets = client.getAddress().getAddress();
        }

        /** It has shown what it is for: an ICE check or an allocation has come over it. */
        void prove() {
            proved = true;
        }

        boolean isProved() {
            return proved;
        }

        @Override
        public int enter(long batch, int packet) {
            throw new IllegalStateException("not sent in batches");
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public String toString() {
            return "(tcp)";
        }
    }

    /** The way through an allocation of our own relay; equal to nothing but itself. Belongs to the loop. */
    final class Relayed implements Path {
        final Relay<Path> relay;
        private final InetSocketAddress remote;

        Relayed(Relay<Path> relay, InetSocketAddress remote) {
            this.relay = relay;
            this.remote = remote;
        }

        @Override
        public int enter(long batch, int packet) {
            throw new IllegalStateException("not sent in batches");
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public byte[] octets() {
            return relay.address();
        }

        @Override
        public String toString() {
            return "(relayed)";
        }
    }
}
