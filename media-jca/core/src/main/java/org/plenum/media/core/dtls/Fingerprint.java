/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.dtls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Hash of a certificate as {@code a=fingerprint} carries it (RFC 8122 section 5). It ties the DTLS association to the
 * signaling: the only thing that tells the client from a man in the middle.
 */
public final class Fingerprint {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final String algorithm;
    private final byte[] hash;

    private Fingerprint(String algorithm, byte[] hash) {
        this.algorithm = algorithm;
        this.hash = hash;
    }

    /**
     * @param text for instance {@code sha-256 AB:CD:...}; case does not matter; may be null
     * @return empty when it is none, or made with a hash that is no longer to be trusted
     */
    public static Optional<Fingerprint> parse(String text) {
        if (text == null || text.length() > 256) {
            return Optional.empty();
        }
        String[] parts = text.strip().split(" +", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        String algorithm = parts[0].toLowerCase(Locale.ROOT);
        int octets = octetsOf(algorithm);
        if (octets == 0 || parts[1].length() != 3 * octets - 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fingerprint(algorithm, COLONS.parseHex(parts[1])));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    /** SHA-256 of a certificate, what we announce ourselves. */
    public static Fingerprint sha256(byte[] certificate) {
        return new Fingerprint("sha-256", hash("sha-256", certificate));
    }

    private static int octetsOf(String algorithm) {
        return switch (algorithm) {
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> 0;
        };
    }

    private static byte[] hash(String algorithm, byte[] certificate) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(certificate);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, cause);
        }
    }

    /** @param certificate as presented, DER. Takes the same time wherever the hashes differ. */
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash, hash(algorithm, certificate));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that
                && algorithm.equals(that.algorithm)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** As in {@code a=fingerprint}: {@code sha-256 AB:CD:...}. */
    @Override
    public String toString() {
        return algorithm + " " + COLONS.formatHex(hash);
    }
}
