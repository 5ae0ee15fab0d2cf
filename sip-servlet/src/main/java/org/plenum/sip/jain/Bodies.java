/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;

/** What is in the bodies of messages. */
final class Bodies {
    private static final int LONGEST_KEY_BODY = 200;

    private Bodies() {}

    /** @return the session description of a message, also out of several parts (RFC 2046) */
    static Optional<String> description(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] body = message.getRawContent();
        if (type == null || body == null || body.length == 0) {
            return Optional.empty();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (is(type, "application", "sdp")) {
            return Optional.of(text);
        }
        String boundary = type.getParameter("boundary");
        if (!type.getContentType().equalsIgnoreCase("multipart") || boundary == null) {
            return Optional.empty();
        }
        for (String part : text.split(Pattern.quote("--" + boundary.replace("\"", "")), -1)) {
            int end = part.indexOf("\r\n\r\n");
            if (end >= 0 && part.substring(0, end).toLowerCase(Locale.ROOT).contains("application/sdp")) {
                return Optional.of(part.substring(end + 4));
            }
        }
        return Optional.empty();
    }

    private static boolean is(ContentTypeHeader type, String main, String sub) {
        return type.getContentType().equalsIgnoreCase(main)
                && type.getContentSubType().equalsIgnoreCase(sub);
    }

    /** Keys by INFO, in the two ways that are about. */
    static Optional<Character> key(Request info) {
        ContentTypeHeader type = (ContentTypeHeader) info.getHeader(ContentTypeHeader.NAME);
        byte[] body = info.getRawContent();
        if (type == null || body == null || body.length > LONGEST_KEY_BODY) {
            return Optional.empty();
        }
        String text = new String(body, StandardCharsets.US_ASCII);
        String key = "";
        if (is(type, "application", "dtmf-relay")) {
            for (String line : text.split("\\R", -1)) {
                if (line.strip().toLowerCase(Locale.ROOT).startsWith("signal")) {
                    key = line.substring(line.indexOf('=') + 1).strip();
                }
            }
        } else if (is(type, "application", "dtmf")) {
            key = text.strip();
        }
        if (key.equals("10") || key.equals("11")) { // event numbers of star and hash
            key = key.equals("10") ? "*" : "#";
        }
        return key.length() == 1 && "0123456789*#ABCD".contains(key) ? Optional.of(key.charAt(0)) : Optional.empty();
    }
}
