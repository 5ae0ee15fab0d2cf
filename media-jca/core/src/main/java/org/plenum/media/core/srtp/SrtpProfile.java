/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.util.Arrays;
import java.util.List;

/**
 * The SRTP protection profiles. Those with a number can be agreed on over DTLS, best first (RFC 5764 section 4.1.2, RFC 7714 section
 * 14.2); the rest only by session descriptions (RFC 4568 section 6.2, RFC 6188 section 4).
 */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10),
    AES128_CM_HMAC_SHA1_32(SrtpProfile.NOT_OVER_DTLS, 16, 14, 4),
    AES256_CM_HMAC_SHA1_80(SrtpProfile.NOT_OVER_DTLS, 32, 14, 10),
    AES256_CM_HMAC_SHA1_32(SrtpProfile.NOT_OVER_DTLS, 32, 14, 4),
    AEAD_AES_256_GCM(SrtpProfile.NOT_OVER_DTLS, 32, 12, 16);

    private static final int NOT_OVER_DTLS = -1;
    private static final List<SrtpProfile> OVER_DTLS = Arrays.stream(values())
            .filter(profile -> profile.id != NOT_OVER_DTLS)
            .toList();

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int tagLength;

    SrtpProfile(int id, int keyLength, int saltLength, int tagLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.tagLength = tagLength;
    }

    /** Those that are agreed on in a DTLS handshake, best first. */
    public static List<SrtpProfile> overDtls() {
        return OVER_DTLS;
    }

    /** @return null for a profile that we do not agree on over DTLS. */
    public static SrtpProfile of(int id) {
        for (SrtpProfile profile : OVER_DTLS) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /** The number in the use_srtp extension, of those {@link #overDtls}. */
    public int id() {
        return id;
    }

    /** Octets of the master key. */
    public int keyLength() {
        return keyLength;
    }

    /** Octets of the master salt. */
    public int saltLength() {
        return saltLength;
    }

    /** Octets that protection adds to an RTP packet. */
    public int tagLength() {
        return tagLength;
    }

    /** Octets to export from the DTLS association: key and salt of both sides. */
    public int keyingMaterialLength() {
        return 2 * (keyLength + saltLength);
    }
}
