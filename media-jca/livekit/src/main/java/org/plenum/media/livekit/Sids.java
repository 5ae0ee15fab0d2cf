/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.random.RandomGenerator;
import org.plenum.media.api.TrackSource;

/** Makes the ids of LiveKit's protocol (contract livekit.md section 3): a prefix and 12 letters or digits. */
final class Sids {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 12;

    private final RandomGenerator random;

    Sids(RandomGenerator random) {
        this.random = random;
    }

    String room() {
        return "RM_" + suffix();
    }

    String participant() {
        return "PA_" + suffix();
    }

    String track(TrackSource source) {
        String kind = switch (source) {
            case MICROPHONE -> "AM";
            case CAMERA -> "VC";
            case SCREEN_SHARE -> "VS";
            case SCREEN_SHARE_AUDIO -> "As";
        };
        return "TR_" + kind + suffix();
    }

    /** For the o-line of a description: unsigned, positive in 63 bits (RFC 8829 section 5.2.1). */
    long description() {
        return random.nextLong() >>> 1;
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return suffix.toString();
    }
}
