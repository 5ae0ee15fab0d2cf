/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortCheckTest {
    @Test
    @DisplayName("A taken TCP port is one sentence with its number and the property that moves it")
    void takenTcp() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings.Port port =
                    new Settings.Port("Keycloak", "plenum.demo.keycloak-port", other.getLocalPort(), false);
            String complaint = PortCheck.complaint(List.of(port)).orElseThrow();
            assertTrue(
                    complaint.startsWith("TCP port " + other.getLocalPort() + " is taken, but Keycloak needs it: "),
                    complaint);
            assertTrue(complaint.contains("-Dplenum.demo.keycloak-port=<port>"), complaint);
            assertFalse(complaint.contains("\n"), complaint);
        }
    }

    @Test
    @DisplayName("A taken UDP port is noticed too, and a TCP listener of the same number does not matter to it")
    void takenUdp() throws IOException {
        int free = freeOfTcp();
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), free))) {
            Settings.Port udp = new Settings.Port("media", "plenum.media.udp-port", other.getLocalPort(), true);
            Settings.Port tcp = new Settings.Port("SIP", "plenum.sip.port", other.getLocalPort(), false);
            assertTrue(PortCheck.complaint(List.of(udp)).orElseThrow().startsWith("UDP port " + other.getLocalPort()));
            assertEquals(Optional.empty(), PortCheck.complaint(List.of(tcp)));
        }
    }

    private static int freeOfTcp() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return listener.getLocalPort();
        }
    }

    @Test
    @DisplayName("Every port of the demo has a property of its own, and the offset moves all of them")
    void properties() {
        List<Settings.Port> usual = Settings.Ports.of(Map.of()).all();
        List<Settings.Port> moved =
                Settings.Ports.of(Map.of("plenum.demo.port-offset", "100")).all();
        for (int i = 0; i < usual.size(); i++) {
            assertEquals(usual.get(i).number() + 100, moved.get(i).number());
            String property = usual.get(i).property();
            assertTrue(
                    Settings.Ports.of(Map.of(property, "4711")).all().stream()
                            .anyMatch(port -> port.property().equals(property) && port.number() == 4711),
                    property);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "70000", "80 80"})
    @DisplayName("What is no port is refused by the property's name")
    void noPort(String value) {
        Map<String, String> properties = Map.of("plenum.sip.port", value);
        IllegalArgumentException complaint =
                assertThrows(IllegalArgumentException.class, () -> Settings.Ports.of(properties));
        assertTrue(complaint.getMessage().contains("plenum.sip.port"), complaint.getMessage());
    }
}
