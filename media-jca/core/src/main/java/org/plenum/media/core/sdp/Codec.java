/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;

/**
 * One payload type of a section with its rtpmap, fmtp and rtcp-fb lines (RFC 8866 sections 6.6 and 6.15, RFC 4585 section 4.2).
 *
 * @param payloadType 0 to 127
 * @param name as written, for example {@code opus}; empty when the description does not say
 * @param clockRate in Hz; 0 when the description does not say
 * @param channels 1 unless written otherwise
 * @param format the value of fmtp without the payload type; may be empty
 * @param feedback values of rtcp-fb without the payload type, for example {@code nack pli}
 */
public record Codec(int payloadType, String name, int clockRate, int channels, String format, List<String> feedback) {
    public Codec {
        feedback = List.copyOf(feedback);
    }

    /** Names of codecs are compared without case (RFC 8866 section 6.6). */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** @return the value of one format parameter; {@code absent} when it is not there */
    public String parameter(String key, String absent) {
        for (String part : format.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).trim().equalsIgnoreCase(key)) {
                return part.substring(equals + 1).trim();
            }
        }
        return absent;
    }

    /** @return the payload type this rtx codec repairs (RFC 4588 section 8.1), or -1 when it is no usable rtx */
    public int repairs() {
        String apt = is("rtx") ? parameter("apt", "") : "";
        return apt.matches("\\d{1,3}") ? Integer.parseInt(apt) : -1;
    }
}
