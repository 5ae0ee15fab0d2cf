/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Locale;

/** Who sends, from the view of the description's author (RFC 8866 section 6.7). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** @return the attribute's name */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when the author of the description wants to send. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** True when the author of the description wants to receive. */
    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }
}
