/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.Optional;

/**
 * A look at a text before it is parsed, because a parser recurses, and a number may be short to write and long to
 * work out. The size of the whole text is limited by the socket.
 */
final class JsonLimits {
    static final int DEPTH = 64;
    static final int NUMBER = 40;
    static final int EXPONENT = 3;

    private JsonLimits() {}

    static Optional<String> complaint(String text) {
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfString(text, at + 1);
            } else if (c == '[' || c == '{') {
                depth++;
                if (depth > DEPTH) {
                    return Optional.of("nested too deeply");
                }
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c >= '0' && c <= '9') {
                int end = endOfNumber(text, at);
                if (isHuge(text, at, end)) {
                    return Optional.of("a number is too long");
                }
                at = end - 1;
            }
            at++;
        }
        return Optional.empty();
    }

    /** @return index of the closing quote, or the end of the text */
    private static int endOfString(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && "0123456789.eE+-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isHuge(String text, int from, int end) {
        if (end - from > NUMBER) {
            return true;
        }
        for (int at = from; at < end; at++) {
            if (text.charAt(at) == 'e' || text.charAt(at) == 'E') {
                return end - at - 1 > EXPONENT + 1; // and a sign
            }
        }
        return false;
    }
}
