/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Locale;

/** The author's part in the DTLS handshake (RFC 4145 section 4, RFC 8842 section 5.3); ACTIVE sends the ClientHello. */
public enum Setup {
    ACTPASS,
    ACTIVE,
    PASSIVE;

    /** @return the attribute's value */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
