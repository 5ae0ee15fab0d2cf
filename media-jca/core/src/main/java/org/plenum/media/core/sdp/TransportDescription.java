/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;

/**
 * ICE and DTLS of the one bundled transport (RFC 8839, RFC 8842).
 *
 * @param ufrag 4 to 256 ICE characters
 * @param password 22 to 256 ICE characters
 * @param fingerprint hash name in lower case, space, bytes in upper case: {@code sha-256 AB:CD:...}
 * @param candidates values of {@code a=candidate}, without the prefix
 * @param complete true when {@code a=end-of-candidates} is there
 */
public record TransportDescription(
        String ufrag, String password, String fingerprint, Setup setup, List<String> candidates, boolean complete) {
    public TransportDescription {
        candidates = List.copyOf(candidates);
    }

    /** Addresses and credentials stay out of logs. */
    @Override
    public String toString() {
        return "(transport " + setup + ")";
    }
}
