/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.util.Arrays;

/**
 * A transport address.
 *
 * @param octets 4 or 16, not to be changed
 * @param port 0 to 65535
 */
public record MediaAddress(byte[] octets, int port) {
    @Override
    public boolean equals(Object other) {
        return other instanceof MediaAddress that && port == that.port && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(octets) + port;
    }

    @Override
    public String toString() {
        return "(address)";
    }
}
