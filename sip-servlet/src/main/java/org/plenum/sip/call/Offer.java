/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a telephone's session description says (RFC 8866, RFC 3264), as far as it matters here.
 *
 * @param version of its origin line: the same again means that nothing has changed
 */
public record Offer(String version, List<Section> sections) {
    public Offer {
        sections = List.copyOf(sections);
    }

    /** Who sends, seen from the telephone. */
    public enum Direction {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE
    }

    /**
     * One m-line.
     *
     * @param protocol such as RTP/AVP
     * @param encodings of the rtpmap lines by payload type, as {@code name/clock}
     * @param address IP address of the c-line that counts, absent without one or with a name
     * @param crypto values of the crypto attributes (RFC 4568), in their order
     */
    public record Section(
            String type,
            int port,
            String protocol,
            List<Integer> formats,
            Map<Integer, String> encodings,
            Optional<String> address,
            Direction direction,
            boolean reportsBeside,
            List<String> crypto) {
        public Section {
            formats = List.copyOf(formats);
            encodings = Map.copyOf(encodings);
            crypto = List.copyOf(crypto);
        }

        @Override
        public String toString() { // its keys are nobody's business
            return "(" + type + " " + protocol + " " + formats + ")";
        }
    }

    @Override
    public String toString() {
        return "(offer of " + sections.size() + " sections)";
    }
}
