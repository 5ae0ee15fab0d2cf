/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A number that nobody has, neither of UDP nor of TCP: connections of other tests take from the same numbers. */
final class FreePort {
    private static final int ATTEMPTS = 50;

    private FreePort() {}

    /** @throws IllegalStateException when none is found */
    static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return tcp.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no port is free for both");
    }
}
