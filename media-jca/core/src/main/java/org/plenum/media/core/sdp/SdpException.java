/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/** A description was refused. Carries a reason and a line number, never the client's text; has no stack trace. */
public final class SdpException extends Exception {
    /** Why; closed, so that every refusal can be counted. */
    public enum Reason {
        TOO_LARGE,
        TOO_MANY_LINES,
        LINE_TOO_LONG,
        INVALID_CHARACTER,
        INVALID_LINE,
        INVALID_NUMBER,
        INVALID_TOKEN,
        UNSUPPORTED_MEDIA,
        UNSUPPORTED_PROTOCOL,
        TOO_MANY_SECTIONS,
        TOO_MANY_PAYLOAD_TYPES,
        TOO_MANY_EXTENSIONS,
        TOO_MANY_FEEDBACKS,
        TOO_MANY_SOURCES,
        TOO_MANY_RIDS,
        TOO_MANY_CANDIDATES,
        DUPLICATE,
        MISSING_MID,
        NO_SECTION,
        MISSING_ICE,
        MISSING_FINGERPRINT,
        /** The answer does not fit the offer it answers. */
        MISMATCH
    }

    private final Reason reason;

    /** @param line one-based, or 0 when the description as a whole is meant */
    public SdpException(Reason reason, int line) {
        super(reason + (line == 0 ? "" : " in line " + line), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
