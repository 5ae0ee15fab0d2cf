/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.Locale;

/** Which H.264 everybody can decode: constrained baseline with packetization mode 1 (RFC 6184 section 8.1, RFC 7742). */
final class H264Profile {
    /** The one we offer to subscribers. */
    static final String CONSTRAINED_BASELINE = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";

    private H264Profile() {}

    static boolean isAcceptable(Codec codec) {
        String profile = codec.parameter("profile-level-id", "").toLowerCase(Locale.ROOT);
        if (!profile.matches("[0-9a-f]{6}")
                || !codec.parameter("packetization-mode", "0").equals("1")) {
            return false;
        }
        boolean baseline = profile.startsWith("42");
        boolean constrained = (Integer.parseInt(profile.substring(2, 4), 16) & 0x40) != 0; // constraint_set1_flag
        return baseline && constrained;
    }
}
