/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Locale;
import org.plenum.media.core.sdp.SdpException.Reason;

/** The small grammar all lines share. Every method refuses by {@link SdpException} and nothing else. */
final class SdpText {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`{|}~"; // RFC 8866 section 9, token-char
    private static final String ICE_MARKS = "+/"; // RFC 8839 section 5.4, ice-char
    private static final String RID_MARKS = "-_"; // RFC 8851 section 10

    private SdpText() {}

    static boolean isToken(String text, int min, int max) {
        return isMadeOf(text, TOKEN_MARKS, min, max);
    }

    static String token(String text, int max, int line) throws SdpException {
        return checked(isToken(text, 1, max), text, line);
    }

    static String rid(String text, int line) throws SdpException {
        return checked(isMadeOf(text, RID_MARKS, 1, SdpLimits.ID_LENGTH), text, line);
    }

    /** RFC 8839 section 5.4: 4 to 256 characters for the name, 22 to 256 for the password. */
    static String ice(String text, int min, int line) throws SdpException {
        // the dash and underscore of base64url are not allowed, but seen in the wild
        return checked(isMadeOf(text, ICE_MARKS + "-_=", min, 256), text, line);
    }

    /** @return the number, which has no sign and is at most {@code max} */
    static long number(String text, long max, int line) throws SdpException {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SdpException(Reason.INVALID_NUMBER, line);
        }
        long value = Long.parseLong(text);
        if (value > max) {
            throw new SdpException(Reason.INVALID_NUMBER, line);
        }
        return value;
    }

    /** @return the number of up to 64 bits without sign, as the o-line has it */
    static long unsigned(String text, int line) throws SdpException {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException cause) {
            throw new SdpException(Reason.INVALID_NUMBER, line);
        }
    }

    /** Hash name in lower case, bytes in upper case (RFC 8122 section 5); SHA-256 must have its 32 bytes. */
    static String fingerprint(String value, int line) throws SdpException {
        String[] words = value.trim().split(" +", -1);
        boolean valid = words.length == 2
                && isToken(words[0], 3, 16)
                && words[1].matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}")
                && (!words[0].equalsIgnoreCase("sha-256") || words[1].length() == 32 * 3 - 1);
        checked(valid, value, line);
        return words[0].toLowerCase(Locale.ROOT) + " " + words[1].toUpperCase(Locale.ROOT);
    }

    static String checked(boolean valid, String text, int line) throws SdpException {
        if (!valid) {
            throw new SdpException(Reason.INVALID_TOKEN, line);
        }
        return text;
    }

    /** @return the part before the first separator; the whole text without one */
    static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }

    /** @return the part behind the first separator; empty without one */
    static String after(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? "" : text.substring(at + 1);
    }

    private static boolean isMadeOf(String text, String marks, int min, int max) {
        return text.length() >= min
                && text.length() <= max
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || marks.indexOf(c) >= 0);
    }
}
