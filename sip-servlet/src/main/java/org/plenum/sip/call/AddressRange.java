/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses with the same beginning, such as {@code 192.0.2.0/24}, or a single one. */
public record AddressRange(byte[] network, int bits) {
    /** @throws IllegalArgumentException no address, or a length that it does not have */
    public static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts[0].isEmpty() || !parts[0].matches("[0-9a-fA-F.:]+")) { // no names: they would be looked up
            throw new IllegalArgumentException("no IP address: " + text);
        }
        try {
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : 8 * network.length;
            if (parts.length > 2 || bits < 0 || bits > 8 * network.length) {
                throw new IllegalArgumentException("no range of addresses: " + text);
            }
            return new AddressRange(network, bits);
        } catch (UnknownHostException | NumberFormatException wrong) {
            throw new IllegalArgumentException("no range of addresses: " + text, wrong);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xFF : 0xFF << 8 - (bits - bit) & 0xFF;
            if (((octets[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
