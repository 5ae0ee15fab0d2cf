/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.net.InetSocketAddress;
import org.plenum.media.core.peer.Route;

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

    @Override
    default int port() {
        return remote().getPort();
    }

    /** A datagram's way; knows its octets, because it is sent to for every packet. */
    final class Udp implements Path {
        private final InetSocketAddress remote;
        private final byte[] octets;

        public Udp(InetSocketAddress remote) {
            this.remote = remote;
            octets = remote.getAddress().getAddress();
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

    /** @param connection number given by the port that accepted it (RFC 4571 framing, RFC 6544). */
    record Tcp(long connection, InetSocketAddress remote) implements Path {
        @Override
        public String toString() {
            return "(tcp " + connection + ")";
        }
    }

    /** @param allocation number of the allocation at our own relay (RFC 8656 section 3.2). */
    record Relay(long allocation, InetSocketAddress remote) implements Path {
        @Override
        public String toString() {
            return "(relay " + allocation + ")";
        }
    }
}
