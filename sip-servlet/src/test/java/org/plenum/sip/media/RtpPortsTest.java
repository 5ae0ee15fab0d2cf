/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RtpPortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long SECOND = 1_000_000_000L;

    @Test
    void pairsAreEvenAndUsedUpAndRestBeforeTheyComeAgain() {
        RtpPorts ports = new RtpPorts(23_101, 23_107, new Random(1));
        Set<Integer> taken = new TreeSet<>();
        RtpPort one = null;
        for (int i = 0; i < 3; i++) {
            one = ports.take(LOOPBACK, 0).orElseThrow();
            taken.add(one.number());
            one.close();
        }
        assertEquals(Set.of(23_102, 23_104, 23_106), taken);
        assertEquals(0, ports.free());
        assertTrue(ports.take(LOOPBACK, 0).isEmpty());

        ports.giveBack(one.number(), SECOND);
        assertTrue(ports.take(LOOPBACK, 3 * SECOND - 1).isEmpty(), "its last packets may still come");
        RtpPort again = ports.take(LOOPBACK, 3 * SECOND).orElseThrow();
        assertEquals(one.number(), again.number());
        again.close();
    }

    @Test
    void whatOthersHaveIsLeftToThem() throws Exception {
        RtpPorts ports = new RtpPorts(23_110, 23_113, new Random(1));
        try (DatagramSocket theirs = new DatagramSocket(new InetSocketAddress(LOOPBACK, 23_111))) {
            assertTrue(theirs.isBound());
            Optional<RtpPort> port = ports.take(LOOPBACK, 0);
            assertEquals(Optional.of(23_112), port.map(RtpPort::number));
            port.ifPresent(RtpPort::close);
        }
    }

    @Test
    void impossibleRangesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RtpPorts(80, 90, new Random()));
        assertThrows(IllegalArgumentException.class, () -> new RtpPorts(20_001, 20_001, new Random()));
        assertThrows(IllegalArgumentException.class, () -> new RtpPorts(20_000, 70_000, new Random()));
    }
}
