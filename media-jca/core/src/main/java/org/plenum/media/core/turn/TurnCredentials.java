/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * User names that end by themselves, and their passwords, made from a secret that only the relay and whoever hands them out know
 * (draft-uberti-behave-turn-rest-00 section 2.2; coturn's {@code use-auth-secret} understands the same). One thread at a time.
 */
public final class TurnCredentials {
    /** Instead of a moment for what is no user name of this form. */
    public static final long NEVER = -1;

    private static final int MOST_DIGITS = 12;
    private final Mac mac;

    /** @param secret at least one octet */
    public TurnCredentials(byte[] secret) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("every Java platform has HmacSHA1", cause);
        }
    }

    /**
     * @param until seconds since 1970, not negative
     * @param name of whom it is for; says nothing about a person
     */
    public static String username(long until, String name) {
        return until + ":" + name;
    }

    /** @return the password of this user name, in Base64 */
    public String password(String username) {
        return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }

    /** @return when a user name ends, in seconds since 1970, or {@link #NEVER} when it is of another form */
    public static long until(String username) {
        int digits = username.indexOf(':');
        if (digits <= 0 || digits > MOST_DIGITS) {
            return NEVER;
        }
        long until = 0;
        for (int i = 0; i < digits; i++) {
            int digit = username.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NEVER;
            }
            until = until * 10 + digit;
        }
        return until;
    }

    /** @return what stands behind the moment; only for what {@link #until} accepts */
    public static String name(String username) {
        return username.substring(username.indexOf(':') + 1);
    }

    /** @return the key of the long-term mechanism, MD5 over user name, realm and password (RFC 8489 section 9.2.2) */
    public static byte[] key(String username, String realm, String password) {
        try {
            String text = username + ":" + realm + ":" + password;
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("every Java platform has MD5", cause);
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
