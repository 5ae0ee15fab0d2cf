/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.plenum.media.core.srtp.SrtpKeys;
import org.plenum.media.core.srtp.SrtpProfile;

/**
 * One crypto attribute of a session description (RFC 4568 section 9.1): the keys of whoever wrote it.
 *
 * <pre>
 *   a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20
 * </pre>
 */
public final class Crypto {
    /** RFC 4568 section 6.2, RFC 6188 section 4 and RFC 7714 section 14.1. */
    private static final Map<String, SrtpProfile> SUITES = Map.of(
            "AEAD_AES_256_GCM", SrtpProfile.AEAD_AES_256_GCM,
            "AEAD_AES_128_GCM", SrtpProfile.AEAD_AES_128_GCM,
            "AES_256_CM_HMAC_SHA1_80", SrtpProfile.AES256_CM_HMAC_SHA1_80,
            "AES_256_CM_HMAC_SHA1_32", SrtpProfile.AES256_CM_HMAC_SHA1_32,
            "AES_CM_128_HMAC_SHA1_80", SrtpProfile.AES128_CM_HMAC_SHA1_80,
            "AES_CM_128_HMAC_SHA1_32", SrtpProfile.AES128_CM_HMAC_SHA1_32);

    private static final String INLINE = "inline:";
    private static final int HIGHEST_TAG_DIGITS = 9;

    private final int tag;
    private final String suite;
    private final byte[] secret;

    private Crypto(int tag, String suite, byte[] secret) {
        this.tag = tag;
        this.suite = suite;
        this.secret = secret;
    }

    /**
     * Reads the value of an attribute.
     *
     * @return absent: not understood, or with what we do not do (several keys, a master key identifier, parameters that change the
     *     protection)
     */
    public static Optional<Crypto> parse(String value) {
        String[] parts = value.strip().split("\\s+", -1);
        if (parts.length < 3
                || !parts[0].matches("\\d{1," + HIGHEST_TAG_DIGITS + "}")
                || !SUITES.containsKey(parts[1])
                || !parts[2].startsWith(INLINE)
                || !Arrays.stream(parts).skip(3).allMatch(Crypto::mayBeIgnored)) {
            return Optional.empty();
        }
        String[] key = parts[2].substring(INLINE.length()).split("\\|", -1);
        boolean onlyLifetime = key.length == 1 || key.length == 2 && key[1].matches("2\\^\\d{1,2}|\\d{1,15}");
        return onlyLifetime
                ? secret(SUITES.get(parts[1]), key[0])
                        .map(secret -> new Crypto(Integer.parseInt(parts[0]), parts[1], secret))
                : Optional.empty();
    }

    /** A window hint changes nothing for the other side; what begins with a minus may be left out (RFC 4568 sections 6.3.6, 6.3.7). */
    private static boolean mayBeIgnored(String parameter) {
        return parameter.startsWith("-") || parameter.startsWith("WSH=");
    }

    private static Optional<byte[]> secret(SrtpProfile profile, String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64))
                    .filter(secret -> secret.length == profile.keyLength() + profile.saltLength());
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Keys of ours under a suite and a tag of the other side's. */
    Crypto answer(RandomGenerator random) {
        return fresh(tag, suite, random);
    }

    /** @param suite one that we know */
    static Crypto fresh(int tag, String suite, RandomGenerator random) {
        SrtpProfile profile = SUITES.get(suite);
        byte[] secret = new byte[profile.keyLength() + profile.saltLength()];
        random.nextBytes(secret);
        return new Crypto(tag, suite, secret);
    }

    /** Whether this is an answer to that line of an offer. */
    boolean answers(Crypto offered) {
        return tag == offered.tag && suite.equals(offered.suite);
    }

    public SrtpKeys keys() {
        SrtpProfile profile = SUITES.get(suite);
        return new SrtpKeys(
                profile,
                Arrays.copyOf(secret, profile.keyLength()),
                Arrays.copyOfRange(secret, profile.keyLength(), secret.length));
    }

    /** The attribute's value. Holds the key: for a session description and nothing else. */
    String value() {
        return tag + " " + suite + " " + INLINE + Base64.getEncoder().encodeToString(secret);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Crypto that && answers(that) && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return 31 * tag + suite.hashCode();
    }

    @Override
    public String toString() {
        return "(crypto " + suite + ")";
    }
}
