/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/**
 * How much a description may hold. A browser with twenty tracks sends about 100 KB, so these refuse nobody who means well; the
 * signalling socket takes messages up to 256 KiB anyway.
 */
public final class SdpLimits {
    /** Characters of the whole description. */
    public static final int CHARACTERS = 512 * 1024;

    public static final int LINES = 20_000;

    /** Characters of one line. */
    public static final int LINE_LENGTH = 4096;

    /** A subscriber answers one section for each track it receives, and one for data. */
    public static final int SECTIONS = 300;

    /** Of one section; the field has seven bits, yet nobody offers more than about fifty. */
    public static final int PAYLOAD_TYPES = 96;

    /** Of one section. */
    public static final int EXTENSIONS = 64;

    /** Of one payload type. */
    public static final int FEEDBACKS = 32;

    /** SSRCs of one section, and groups of SSRCs. */
    public static final int SOURCES = 32;

    /** Of one section, and streams or alternatives of its simulcast line. */
    public static final int RIDS = 16;

    /** Of one section. */
    public static final int CANDIDATES = 64;

    /** Characters of a mid or rid: what the one-byte header extension can carry (RFC 8285 section 4.2). */
    public static final int ID_LENGTH = 16;

    private SdpLimits() {}
}
