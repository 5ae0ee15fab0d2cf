/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.ArrayList;
import java.util.List;
import org.plenum.media.core.sdp.SdpException.Reason;

/** {@code a=simulcast:send 1,~4;2 recv 3}: streams by semicolon, alternatives by comma (RFC 8853 section 5.1). */
final class SimulcastLine {
    private SimulcastLine() {}

    static Simulcast parse(String value, int line) throws SdpException {
        String[] words = value.trim().split(" +", -1);
        if (words.length != 2 && words.length != 4) {
            throw new SdpException(Reason.INVALID_LINE, line);
        }
        List<List<String>> send = new ArrayList<>();
        List<List<String>> receive = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            List<List<String>> target = switch (words[i]) {
                case "send" -> send;
                case "recv" -> receive;
                default -> throw new SdpException(Reason.INVALID_LINE, line);
            };
            if (!target.isEmpty()) {
                throw new SdpException(Reason.DUPLICATE, line);
            }
            streams(words[i + 1], target, line);
        }
        return new Simulcast(send, receive);
    }

    private static void streams(String text, List<List<String>> target, int line) throws SdpException {
        int rids = 0;
        for (String stream : text.split(";", -1)) {
            List<String> alternatives = new ArrayList<>();
            for (String rid : stream.split(",", -1)) {
                if (++rids > SdpLimits.RIDS) {
                    throw new SdpException(Reason.TOO_MANY_RIDS, line);
                }
                alternatives.add(SdpText.rid(rid.startsWith("~") ? rid.substring(1) : rid, line));
            }
            target.add(alternatives);
        }
    }

    /** @return the streams as the line has them */
    static String text(List<List<String>> streams) {
        return String.join(";", streams.stream().map(s -> String.join(",", s)).toList());
    }
}
