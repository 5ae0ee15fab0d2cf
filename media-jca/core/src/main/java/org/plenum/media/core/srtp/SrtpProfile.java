/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

/** The SRTP protection profiles we agree to, best first (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

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

    /** @return null for a profile that we do not have. */
    public static SrtpProfile of(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /** The number in the use_srtp extension. */
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

    /** Octets that protection adds to an RTP packet; an RTCP packet gets 4 more for its index. */
    public int tagLength() {
        return tagLength;
    }

    /** Octets to export from the DTLS association: key and salt of both sides. */
    public int keyingMaterialLength() {
        return 2 * (keyLength + saltLength);
    }
}
