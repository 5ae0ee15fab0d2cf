/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Proves to a registrar that we know the password (RFC 7616, RFC 8760), and to nobody else. */
public final class Digest {
    /**
     * What a 401 or 407 demands.
     *
     * @param algorithm empty when it says none, which is MD5
     * @param qop the offered ones with commas, empty when it offers none
     */
    public record Challenge(String realm, String nonce, String algorithm, String qop, Optional<String> opaque) {}

    /** @param password never printed */
    public record Credentials(String user, String password, String realm) {
        @Override
        public String toString() {
            return "(credentials)";
        }
    }

    private Digest() {}

    /** Whether this challenge may be answered at all: only our trunk's realm, with an algorithm and a protection we know. */
    public static boolean isAnswerable(Challenge challenge, Credentials credentials) {
        return challenge.realm().equals(credentials.realm())
                && hashName(challenge.algorithm()).isPresent()
                && (challenge.qop().isEmpty() || offersAuth(challenge.qop()));
    }

    /** @return of two challenges the one with the better algorithm */
    public static Challenge better(Challenge one, Challenge other) {
        return strength(other) > strength(one) ? other : one;
    }

    private static int strength(Challenge challenge) {
        return hashName(challenge.algorithm())
                .map(name -> name.equals("SHA-256") ? 2 : 1)
                .orElse(0);
    }

    /** Whether protection of the header alone is offered: {@code auth}. */
    public static boolean offersAuth(String qop) {
        for (String one : qop.split(",", -1)) {
            if (one.strip().equalsIgnoreCase("auth")) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param count how often the nonce was used, eight hexadecimal digits; with qop only
     * @param clientNonce with qop only
     * @return the response, in lower case hexadecimal digits
     */
    public static String response(
            Challenge challenge, Credentials credentials, String method, String uri, String count, String clientNonce) {
        MessageDigest hash = hash(challenge.algorithm());
        String who = hex(hash, credentials.user() + ":" + challenge.realm() + ":" + credentials.password());
        String what = hex(hash, method + ":" + uri);
        String middle = offersAuth(challenge.qop()) ? count + ":" + clientNonce + ":auth:" : "";
        return hex(hash, who + ":" + challenge.nonce() + ":" + middle + what);
    }

    private static Optional<String> hashName(String algorithm) {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "", "MD5" -> Optional.of("MD5");
            case "SHA-256" -> Optional.of("SHA-256");
            default -> Optional.empty();
        };
    }

    private static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(hashName(algorithm).orElseThrow());
        } catch (GeneralSecurityException impossible) { // every Java platform has both
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(MessageDigest hash, String text) {
        return HexFormat.of().formatHex(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
