/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.sip.Vectors;
import org.plenum.sip.call.Digest.Challenge;
import org.plenum.sip.call.Digest.Credentials;

class DigestTest {
    private static final Credentials OURS = new Credentials("plenum", "s3cret", "sip.example.org");

    private static Challenge challenge(String realm, String algorithm, String qop) {
        return new Challenge(realm, "nonce", algorithm, qop, Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> responsesOfTheStandards() {
        return Vectors.json("sip-digest.json").getJsonArray("cases").getValuesAs(JsonObject.class).stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getString("algorithm") + " " + one.getString("method") + " " + one.getString("uri"),
                        () -> assertEquals(
                                one.getString("response"),
                                Digest.response(
                                        new Challenge(
                                                one.getString("realm"),
                                                one.getString("nonce"),
                                                one.getString("algorithm"),
                                                one.isNull("qop") ? "" : one.getString("qop"),
                                                Optional.empty()),
                                        new Credentials(
                                                one.getString("username"),
                                                one.getString("password"),
                                                one.getString("realm")),
                                        one.getString("method"),
                                        one.getString("uri"),
                                        one.isNull("nc") ? "" : one.getString("nc"),
                                        one.isNull("cnonce") ? "" : one.getString("cnonce")))));
    }

    @Test
    void onlyOurRealmAndWhatWeKnowIsAnswered() {
        assertTrue(Digest.isAnswerable(challenge("sip.example.org", "MD5", "auth"), OURS));
        assertTrue(Digest.isAnswerable(challenge("sip.example.org", "", ""), OURS));
        assertTrue(Digest.isAnswerable(challenge("sip.example.org", "SHA-256", "auth-int, auth"), OURS));
        assertFalse(Digest.isAnswerable(challenge("evil.example.org", "MD5", "auth"), OURS));
        assertFalse(Digest.isAnswerable(challenge("SIP.example.org", "MD5", "auth"), OURS));
        assertFalse(Digest.isAnswerable(challenge("sip.example.org", "MD5-sess", "auth"), OURS));
        assertFalse(Digest.isAnswerable(challenge("sip.example.org", "MD5", "auth-int"), OURS));
    }

    @Test
    void theBetterAlgorithmIsTaken() {
        Challenge md5 = challenge("sip.example.org", "MD5", "auth");
        Challenge sha = challenge("sip.example.org", "SHA-256", "auth");
        Challenge unknown = challenge("sip.example.org", "ROT13", "auth");
        assertEquals(sha, Digest.better(md5, sha));
        assertEquals(sha, Digest.better(sha, md5));
        assertEquals(md5, Digest.better(unknown, md5));
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertFalse(OURS.toString().contains("s3cret"));
    }
}
