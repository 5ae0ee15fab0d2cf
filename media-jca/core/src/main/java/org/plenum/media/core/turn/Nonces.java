/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory: a moment, and a proof that it was told to this very address (RFC 8489 section 9.2). One thread.
 */
final class Nonces {
    static final long LIFETIME_S = 3600;
    private static final int PROOF_OCTETS = 8;
    private static final int LENGTH = 8 + 2 * PROOF_OCTETS;

    private final Mac mac;

    Nonces(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("every Java platform has HmacSHA256", cause);
        }
    }

    /** @param nowS seconds on any clock that does not go back */
    byte[] next(byte[] address, int port, long nowS) {
        String text = HexFormat.of().toHexDigits((int) nowS) + proof(address, port, (int) nowS);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @return false when it is not one of ours, was told to somebody else, or is too old */
    boolean isGood(byte[] nonce, byte[] address, int port, long nowS) {
        if (nonce.length != LENGTH) {
            return false;
        }
        String text = new String(nonce, StandardCharsets.ISO_8859_1);
        if (!text.chars().limit(8).allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        int then = HexFormat.fromHexDigits(text, 0, 8);
        return Math.abs((int) nowS - then) <= LIFETIME_S
                && MessageDigest.isEqual(
                        proof(address, port, then).getBytes(StandardCharsets.US_ASCII),
                        text.substring(8).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String proof(byte[] address, int port, int moment) {
        byte[] text = ByteBuffer.allocate(8 + address.length)
                .putInt(moment)
                .putInt(port)
                .put(address)
                .array();
        return HexFormat.of().formatHex(mac.doFinal(text), 0, PROOF_OCTETS);
    }
}
