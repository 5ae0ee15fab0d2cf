/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

/**
 * The way to one client, as core sees it. Whoever owns the sockets implements it (a UDP address, a TCP connection, a relay
 * allocation) with {@code equals} and {@code hashCode} by value.
 */
public interface Route {
    /** @return 4 or 16 octets: where datagrams of this route come from, for the client to hear of (RFC 8489 section 14.2). */
    byte[] address();

    int port();
}
