/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.stun;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY under one key (RFC 8489 section 14.5): HMAC-SHA1 over the message up to the attribute. One thread at a
 * time; the key never leaves.
 */
public final class StunIntegrity {
    private final Mac mac;
    private final byte[] text = new byte[StunView.MAX_LENGTH];
    private final byte[] expected = new byte[20];
    private final byte[] found = new byte[20];

    /** @param key of the short-term mechanism: the password's octets, at least one */
    public StunIntegrity(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("every Java platform has HmacSHA1", cause);
        }
    }

    /** @return false without MESSAGE-INTEGRITY, too. Takes the same time wherever the values differ. */
    public boolean verify(StunView message) {
        if (!message.hasIntegrity()) {
            return false;
        }
        message.integrity(found);
        sign(text, message.integrityText(text), expected);
        return MessageDigest.isEqual(expected, found);
    }

    void sign(byte[] text, int length, byte[] target) {
        try {
            mac.update(text, 0, length);
            mac.doFinal(target, 0);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("the target holds 20 octets", cause);
        }
    }
}
