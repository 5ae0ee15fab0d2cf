/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line by which a proxy says who is behind it (PROXY protocol, version 1, section 2.1). */
final class ProxyLine {
    private static final int LONGEST = 107;
    private static final byte[] BEGIN = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LINE =
            Pattern.compile("PROXY TCP([46]) ([0-9A-Fa-f:.]{2,45}) \\S+ (\\d{1,5}) \\d{1,5}\r\n");

    private ProxyLine() {}

    /** @return octets of the line, 0 before it is whole, -1 when there is none */
    static int length(ByteBuffer in) {
        int start = in.position();
        for (int i = 0; i < LONGEST; i++) {
            if (i >= in.remaining()) {
                return 0;
            }
            byte octet = in.get(start + i);
            if (i < BEGIN.length && octet != BEGIN[i]) {
                return -1;
            }
            if (octet == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** @return who is behind the proxy; null when it does not say, as for its own checks */
    static InetSocketAddress client(byte[] line, int length) {
        Matcher parts = LINE.matcher(new String(line, 0, length, StandardCharsets.US_ASCII));
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65_535) {
            return null;
        }
        try {
            // a literal of either form is never looked up
            boolean literal = parts.group(2).indexOf(':') >= 0 || parts.group(2).matches("\\d{1,3}(\\.\\d{1,3}){3}");
            return literal
                    ? new InetSocketAddress(InetAddress.getByName(parts.group(2)), Integer.parseInt(parts.group(3)))
                    : null;
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
