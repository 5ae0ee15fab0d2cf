/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

/** The one octet of the audio level extension (RFC 6464 section 3): a voice bit and the level in -dBov, 0 loudest, 127 silent. */
public final class AudioLevel {
    private AudioLevel() {}

    /** @return 0 to 127 below overload */
    public static int minusDbov(byte octet) {
        return octet & 0x7F;
    }

    public static boolean voice(byte octet) {
        return octet < 0;
    }
}
