/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.user;

/**
 * What a text that somebody else will read may contain. Lengths are counted in characters (code points), as the clients
 * count them.
 */
public final class Texts {
    private Texts() {}

    /** @return whether PostgreSQL can store it: no NUL, no half of a surrogate pair. */
    public static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || isLoneSurrogate(c));
    }

    /** @return whether it may stand in one line for a name or a title: nothing that moves a cursor or turns the writing direction. */
    public static boolean oneLine(String text) {
        return text.codePoints().noneMatch(Texts::disturbs);
    }

    /** @return whether it may stand in a longer text: as {@link #oneLine}, but with line ends and tabs. */
    public static boolean manyLines(String text) {
        return text.codePoints().noneMatch(c -> disturbs(c) && c != '\n' && c != '\r' && c != '\t');
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A person's name as it is shown: without what disturbs a line, without blanks around it; may be empty. */
    public static String name(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !disturbs(c)).forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    /** As {@link #name}, cut after so many characters: for names that come from elsewhere and cannot be refused. */
    public static String name(String text, int characters) {
        String name = name(text);
        return length(name) <= characters ? name : name.substring(0, name.offsetByCodePoints(0, characters));
    }

    /** Roughly a language tag (BCP 47). */
    public static boolean isLanguage(String text) {
        return text.matches("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}");
    }

    /** Controls, line and paragraph separators, the bidirectional embeddings, overrides and isolates. */
    private static boolean disturbs(int c) {
        return c < 0x20
                || (c >= 0x7F && c <= 0x9F)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || isLoneSurrogate(c);
    }

    private static boolean isLoneSurrogate(int c) {
        return c >= 0xD800 && c <= 0xDFFF; // codePoints() joins the pairs
    }
}
