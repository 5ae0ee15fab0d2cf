/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Locale;

/** What an m-section is about (RFC 8866 section 8.2.1). Others than these do not occur in WebRTC and are refused. */
public enum MediaKind {
    AUDIO,
    VIDEO,
    /** Data channels over SCTP (RFC 8841). */
    APPLICATION;

    /** @return the word of the m-line */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
