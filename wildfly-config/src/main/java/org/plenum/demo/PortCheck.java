/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** Looks for taken ports before anything is built or started on them. */
final class PortCheck {
    private PortCheck() {}

    /** One sentence for people about the first port that somebody else has, or nothing. */
    static Optional<String> complaint(List<Settings.Port> ports) {
        return ports.stream()
                .filter(port -> !isFree(port))
                .findFirst()
                .map(port -> String.format(
                        "%s port %d is taken, but %s needs it: stop what listens there, or choose another one with -D%s=<port>"
                                + " (or move all of them with -Dplenum.demo.port-offset=<number>).",
                        port.udp() ? "UDP" : "TCP", port.number(), port.owner(), port.property()));
    }

    static boolean isFree(Settings.Port port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
        if (port.udp()) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(address);
                return true;
            } catch (IOException taken) {
                return false;
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection of the last run that is still in TIME_WAIT is no listener
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
