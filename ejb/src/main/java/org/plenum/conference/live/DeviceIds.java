/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recognises a browser by the secret that it keeps, without keeping the secret: the first 16 bytes of HMAC-SHA-256
 * (RFC 2104) under the salt of this server, in the form of a UUID.
 */
final class DeviceIds {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec salt;

    private DeviceIds(byte[] salt) {
        this.salt = new SecretKeySpec(salt, ALGORITHM);
    }

    /** @param salt empty: a new one, so that guests get new ids when the server starts again */
    static DeviceIds salted(String salt) {
        if (!salt.isEmpty()) {
            return new DeviceIds(salt.getBytes(StandardCharsets.UTF_8));
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new DeviceIds(random);
    }

    UUID of(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(salt);
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
            // version and variant bits, because clients look at them (RFC 9562 sections 4.1 and 4.2)
            long high = hash.getLong() & ~0xF000L | 0x5000L;
            long low = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
            return new UUID(high, low);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }
}
