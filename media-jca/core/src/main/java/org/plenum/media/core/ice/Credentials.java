/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.ice;

import java.security.SecureRandom;

/**
 * ICE user name fragment and password of one side (RFC 8839 section 5.4). Their text never gets into a log.
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars
 */
public record Credentials(String ufrag, String password) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int UFRAG_LENGTH = 12; // 72 bits: no two of a server's life are equal, and nobody guesses one
    private static final int PASSWORD_LENGTH = 24; // 144 bits; RFC 8445 section 5.3 wants 128

    public Credentials {
        if (!isUfrag(ufrag) || !isIceText(password, 22)) {
            throw new IllegalArgumentException("no ICE credentials");
        }
    }

    public static Credentials random(SecureRandom random) {
        return new Credentials(text(random, UFRAG_LENGTH), text(random, PASSWORD_LENGTH));
    }

    /** @return whether a text from a description can be a user name fragment; null cannot. */
    public static boolean isUfrag(String text) {
        return isIceText(text, 4);
    }

    private static boolean isIceText(String text, int least) {
        return text != null
                && text.length() >= least
                && text.length() <= 256
                && text.chars().allMatch(c -> ICE_CHARS.indexOf(c) >= 0);
    }

    private static String text(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "(ice)";
    }
}
