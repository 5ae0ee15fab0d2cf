/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;

/**
 * The telephone side's settings, checked when made; every complaint names its property.
 *
 * @param enabled property {@code plenum.sip.enabled}, default false
 * @param bindAddress property {@code plenum.sip.bind-address}, default 127.0.0.1: one address for UDP and TCP
 * @param port property {@code plenum.sip.port}, default 5060; 1 to 65535
 * @param domains property {@code plenum.sip.domains}, comma separated: hosts of Request-URIs that mean this server; the
 *     bind address always does
 */
public record SipConfig(boolean enabled, String bindAddress, int port, Set<String> domains) {
    static final String PORT = "plenum.sip.port";
    static final String BIND_ADDRESS = "plenum.sip.bind-address";

    public SipConfig {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(PORT + ": " + port + " is outside 1..65535");
        }
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException(BIND_ADDRESS + " is empty");
        }
        domains = Set.copyOf(domains);
    }

    public static SipConfig from(Properties properties) {
        String address = properties.getProperty(BIND_ADDRESS, "127.0.0.1");
        Set<String> domains = new LinkedHashSet<>(Set.of(address));
        Arrays.stream(properties.getProperty("plenum.sip.domains", "localhost").split(",", -1))
                .map(String::strip)
                .filter(domain -> !domain.isEmpty())
                .forEach(domains::add);
        return new SipConfig(
                Boolean.parseBoolean(properties.getProperty("plenum.sip.enabled", "false")),
                address,
                number(properties.getProperty(PORT, "5060")),
                domains);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(PORT + " is not a number", notANumber);
        }
    }
}
