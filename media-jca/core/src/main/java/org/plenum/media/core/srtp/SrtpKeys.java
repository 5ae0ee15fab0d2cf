/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Master key and master salt of one direction, and the session keys that follow from them. */
public final class SrtpKeys {
    // RFC 3711 section 4.3.2; one more than the label of RTP is not RTCP's, three more is
    private static final int ENCRYPTION = 0;
    private static final int AUTHENTICATION = 1;
    private static final int SALT = 2;
    private static final int RTCP = 3;

    private static final int HMAC_KEY_LENGTH = 20;
    private static final int LABEL_AT = 7; // octet of the 14 octet salt that the label falls on

    private final SrtpProfile profile;
    private final byte[] key;
    private final byte[] salt; // padded with zeros to 14 octets (RFC 7714 section 11)

    /** The arrays are copied; their lengths are those of the profile. */
    public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyLength() || masterSalt.length != profile.saltLength()) {
            throw new IllegalArgumentException("key or salt not as long as " + profile + " wants");
        }
        this.profile = profile;
        key = masterKey.clone();
        salt = Arrays.copyOf(masterSalt, 14);
    }

    /**
     * Keys of one side out of what DTLS exported (RFC 5764 section 4.2): client key, server key, client salt, server salt.
     *
     * @param client whose: the DTLS client's, who protects what it sends with them
     */
    public static SrtpKeys of(SrtpProfile profile, byte[] keyingMaterial, boolean client) {
        if (keyingMaterial.length != profile.keyingMaterialLength()) {
            throw new IllegalArgumentException("keying material not as long as " + profile + " wants");
        }
        int key = client ? 0 : profile.keyLength();
        int salt = 2 * profile.keyLength() + (client ? 0 : profile.saltLength());
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(keyingMaterial, key, key + profile.keyLength()),
                Arrays.copyOfRange(keyingMaterial, salt, salt + profile.saltLength()));
    }

    PacketCipher cipher() {
        return switch (profile) {
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new AesGcm(session(false), session(true));
            case AES128_CM_HMAC_SHA1_80, AES128_CM_HMAC_SHA1_32, AES256_CM_HMAC_SHA1_80, AES256_CM_HMAC_SHA1_32 ->
                new AesCmHmacSha1(session(false), session(true), profile.tagLength());
        };
    }

    Session session(boolean rtcp) {
        int base = rtcp ? RTCP : 0;
        return new Session(
                derive(base + ENCRYPTION, profile.keyLength()),
                derive(base + AUTHENTICATION, HMAC_KEY_LENGTH),
                derive(base + SALT, profile.saltLength()));
    }

    /** RFC 3711 section 4.3, with a longer key RFC 6188 section 3, with a key derivation rate of 0: the keystream of AES in counter mode is the derived key. */
    byte[] derive(int label, int length) {
        byte[] iv = Arrays.copyOf(salt, 16);
        iv[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("this Java platform lacks AES/CTR", cause);
        }
    }

    @Override
    public String toString() {
        return "(srtp keys)";
    }

    /** Session keys of RTP or of RTCP. */
    record Session(byte[] key, byte[] authentication, byte[] salt) {
        @Override
        public String toString() {
            return "(session keys)";
        }
    }
}
