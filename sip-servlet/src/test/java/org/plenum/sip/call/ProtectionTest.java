/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.sip.call.Offer.Direction;
import org.plenum.sip.call.Protection.Policy;

class ProtectionTest {
    private static final String KEY = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"; // RFC 4568 section 9.1
    private static final String USUAL = "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY;

    private static String secret(int octets) {
        return Base64.getEncoder().encodeToString(new byte[octets]);
    }

    private static Offer offer(String protocol, String... crypto) {
        return new Offer(
                "1",
                List.of(new Offer.Section(
                        "audio",
                        4000,
                        protocol,
                        List.of(8),
                        Map.of(),
                        Optional.of("192.0.2.1"),
                        Direction.SENDRECV,
                        false,
                        List.of(crypto))));
    }

    private static Protection protection(Policy policy, boolean keysMayTravel) {
        return new Protection(policy, keysMayTravel, new Random(1));
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, 30",
        "AES_CM_128_HMAC_SHA1_32, 30",
        "AES_256_CM_HMAC_SHA1_80, 46",
        "AES_256_CM_HMAC_SHA1_32, 46",
        "AEAD_AES_128_GCM, 28",
        "AEAD_AES_256_GCM, 44",
    })
    void everySuiteHasItsLengthOfKey(String suite, int octets) {
        String value = "7 " + suite + " inline:" + secret(octets);
        Crypto crypto = Crypto.parse(value).orElseThrow();
        assertEquals(value, crypto.value());
        assertTrue(
                Crypto.parse(value.replace(secret(octets), secret(octets + 1))).isEmpty());
        assertTrue(
                Crypto.parse(value.replace(secret(octets), secret(octets - 1))).isEmpty());
        Crypto answer = crypto.answer(new Random(3));
        assertTrue(answer.answers(crypto));
        assertNotEquals(crypto, answer);
        new SrtpContext(crypto.keys(), answer.keys(), SrtpContext.Limits.DEFAULT); // the keys fit
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                USUAL,
                USUAL + "|2^20",
                USUAL + "|1048576",
                "  " + USUAL + "  ",
                USUAL + " WSH=64",
                USUAL + " -UNKNOWN=1",
            })
    void whatChangesNothingIsIgnored(String value) {
        assertEquals(Crypto.parse(USUAL), Crypto.parse(value));
        assertTrue(Crypto.parse(value).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1 AES_CM_128_HMAC_SHA1_80",
                "x AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                "1234567890 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
                "1 F8_128_HMAC_SHA1_80 inline:" + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 " + KEY,
                "1 AES_CM_128_HMAC_SHA1_80 inline:???",
                USUAL + "|2^20|1:4", // a master key identifier
                USUAL + "|1:4",
                USUAL + ";inline:" + KEY + "|2^20|2:4",
                USUAL + " KDR=1",
                USUAL + " UNENCRYPTED_SRTP",
            })
    void whatIsNotDoneIsNotTaken(String value) {
        assertTrue(Crypto.parse(value).isEmpty());
    }

    @Test
    void keysAreNotPrinted() {
        Crypto crypto = Crypto.parse(USUAL).orElseThrow();
        Offer offer = offer("RTP/SAVP", USUAL);
        var agreement = Negotiation.of(offer, protection(Policy.REQUIRED, true)).orElseThrow();
        for (Object each : List.of(crypto, offer, offer.sections().get(0), agreement)) {
            assertFalse(each.toString().contains(KEY), each.toString());
        }
        assertEquals(crypto.hashCode(), Crypto.parse(USUAL).orElseThrow().hashCode());
    }

    @ParameterizedTest
    @CsvSource({
        // policy, keys may travel, protocol, with keys: none, plain or protected
        "OFF,      true,  RTP/AVP,   true,  plain",
        "OFF,      true,  RTP/SAVP,  true,  none",
        "OPTIONAL, true,  RTP/AVP,   true,  protected",
        "OPTIONAL, true,  RTP/AVPF,  true,  protected",
        "OPTIONAL, true,  RTP/AVP,   false, plain",
        "OPTIONAL, true,  RTP/AVPF,  false, plain",
        "OPTIONAL, true,  RTP/SAVP,  true,  protected",
        "OPTIONAL, true,  RTP/SAVPF, true,  protected",
        "OPTIONAL, true,  RTP/SAVP,  false, none",
        "OPTIONAL, false, RTP/AVP,   true,  plain",
        "OPTIONAL, false, RTP/SAVP,  true,  none",
        "REQUIRED, true,  RTP/AVP,   true,  protected",
        "REQUIRED, true,  RTP/AVP,   false, none",
        "REQUIRED, true,  RTP/SAVP,  true,  protected",
        "REQUIRED, false, RTP/SAVP,  true,  none",
        "REQUIRED, false, RTP/AVP,   true,  none",
        "OPTIONAL, true,  UDP/TLS/RTP/SAVP, false, none",
        "OPTIONAL, true,  UDP/TLS/RTP/SAVP, true,  none",
    })
    void whoDecidesAboutProtection(
            Policy policy, boolean keysMayTravel, String protocol, boolean withKeys, String expected) {
        Offer offer = withKeys ? offer(protocol, "1 UNKNOWN inline:xyz", USUAL) : offer(protocol);
        String found = Negotiation.of(offer, protection(policy, keysMayTravel))
                .map(agreement -> agreement.crypto().isPresent() ? "protected" : "plain")
                .orElse("none");
        assertEquals(expected, found);
    }

    @Test
    void theFirstKeysThatFitAreTakenAndAnswered() {
        String better = "2 AEAD_AES_256_GCM inline:" + secret(44);
        Offer offer = offer("RTP/SAVP", better, USUAL);
        Protection protection = protection(Policy.REQUIRED, true);
        var agreement = Negotiation.of(offer, protection).orElseThrow();
        String answer =
                new Description(7, "192.0.2.9", 20_002).answer(offer, agreement, protection.answer(agreement.crypto()));
        assertTrue(answer.contains("m=audio 20002 RTP/SAVP 8\r\n"), answer);
        assertTrue(answer.contains("a=crypto:2 AEAD_AES_256_GCM inline:"), answer);
        assertFalse(answer.contains(secret(44)), "keys of our own");
        assertEquals(1, answer.split("a=crypto", -1).length - 1);
    }

    @Test
    void ourKeysStayAsLongAsTheirsDo() {
        Protection protection = protection(Policy.OPTIONAL, true);
        Optional<Crypto> theirs = Crypto.parse(USUAL);
        Protection.Pair first = protection.answer(theirs).orElseThrow();
        assertEquals(first, protection.answer(theirs).orElseThrow());
        Protection.Pair second =
                protection.answer(Crypto.parse(USUAL.replace("d0Rm", "d0Rn"))).orElseThrow();
        assertNotEquals(first.ours(), second.ours());
        assertEquals(Optional.of(second), protection.pair());
    }

    @Test
    void aProtectedCallStaysProtected() {
        Protection protection = protection(Policy.OPTIONAL, true);
        assertTrue(protection.takesPlain());
        protection.answer(Crypto.parse(USUAL));
        assertFalse(protection.takesPlain());
        assertTrue(Negotiation.of(offer("RTP/AVP"), protection).isEmpty());
        assertTrue(Negotiation.of(offer("RTP/SAVP", USUAL), protection).isPresent());
    }

    @Test
    void weOfferKeysToWhoOffersNothing() {
        Protection optional = protection(Policy.OPTIONAL, true);
        List<Crypto> ours = optional.offer();
        String offer = new Description(7, "192.0.2.9", 20_002).offer(ours, optional.takesPlain());
        assertTrue(offer.contains("m=audio 20002 RTP/AVP "), offer);
        assertTrue(offer.contains("a=crypto:1 AEAD_AES_128_GCM inline:"), offer);
        assertTrue(offer.contains("a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:"), offer);
        assertTrue(optional.answered(Crypto.parse(USUAL.replace("1 AES", "2 AES"))));
        assertEquals(ours.get(1), optional.pair().orElseThrow().ours());

        assertFalse(optional.answered(Crypto.parse(USUAL)), "tag 1 was another suite");
        assertTrue(optional.answered(Optional.empty()), "without, which it may");
        assertTrue(optional.pair().isEmpty());

        Protection required = protection(Policy.REQUIRED, true);
        assertTrue(new Description(7, "192.0.2.9", 20_002)
                .offer(required.offer(), required.takesPlain())
                .contains("m=audio 20002 RTP/SAVP "));
        assertTrue(protection(Policy.OPTIONAL, false).offer().isEmpty());
        assertTrue(protection(Policy.OFF, true).offer().isEmpty());
    }
}
