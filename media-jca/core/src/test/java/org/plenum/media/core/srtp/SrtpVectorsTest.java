/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.packet.Vectors.hex;
import static org.plenum.media.core.packet.Vectors.objects;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Vectors;

class SrtpVectorsTest {
    private static final JsonObject PACKETS = Vectors.load("srtp-packets.json");
    private static final JsonObject RFC7714 =
            objects(Vectors.load("srtp-rfc7714.json"), "cases").get(0);
    private static final JsonObject RFC3711 = Vectors.load("srtp-rfc3711.json");

    private static final JsonObject RFC6188 = Vectors.load("srtp-rfc6188.json");

    private static SrtpProfile profile(JsonObject one) {
        return SrtpProfile.valueOf(one.getString("profile").replace("SRTP_", ""));
    }

    private static SrtpContext context(JsonObject one) {
        SrtpKeys keys = new SrtpKeys(profile(one), hex(one, "masterKey"), hex(one, "masterSalt"));
        return new SrtpContext(keys, keys, SrtpContext.Limits.DEFAULT);
    }

    private static AesGcm rfc7714() {
        var keys = new SrtpKeys.Session(hex(RFC7714, "sessionKey"), null, hex(RFC7714, "sessionSalt"));
        return new AesGcm(keys, keys);
    }

    private static byte[] roomy(byte[] packet) {
        return Arrays.copyOf(packet, packet.length + SrtpContext.MAX_OVERHEAD);
    }

    private static void assertStartsWith(byte[] expected, byte[] packet, int length) {
        assertEquals(expected.length, length);
        assertArrayEquals(expected, Arrays.copyOf(packet, length));
    }

    @TestFactory
    Stream<DynamicTest> derivesTheKeysOfRfc3711() {
        JsonObject vector = objects(RFC3711, "keyDerivation").get(0);
        SrtpKeys keys =
                new SrtpKeys(SrtpProfile.AES128_CM_HMAC_SHA1_80, hex(vector, "masterKey"), hex(vector, "masterSalt"));
        JsonObject labels = vector.getJsonObject("labels");
        return labels.keySet().stream()
                .map(label -> DynamicTest.dynamicTest("label " + label, () -> {
                    byte[] expected = hex(labels, label);
                    assertArrayEquals(expected, keys.derive(Integer.parseInt(label), expected.length));
                }));
    }

    @Test
    void producesTheKeystreamOfRfc3711() {
        JsonObject vector = objects(RFC3711, "aesCmKeystream").get(0);
        byte[] salt = Arrays.copyOf(hex(vector, "initialCounterBlock"), 14);
        var keys = new SrtpKeys.Session(hex(vector, "sessionKey"), new byte[20], salt);
        byte[] packet = new byte[12 + 16 * 65282 + 10]; // a packet of zeros shows the keystream
        new AesCmHmacSha1(keys, keys, 10).sealRtp(packet, 0, 12, packet.length - 10, 0);
        JsonObject blocks = vector.getJsonObject("blocks");
        for (String block : blocks.keySet()) {
            int at = 12 + 16 * Integer.parseInt(block);
            assertArrayEquals(hex(blocks, block), Arrays.copyOfRange(packet, at, at + 16), "block " + block);
        }
    }

    @Test
    void derivesTheKeysOfRfc6188() {
        JsonObject vector = RFC6188.getJsonObject("keyDerivation");
        SrtpKeys.Session session = new SrtpKeys(
                        SrtpProfile.AES256_CM_HMAC_SHA1_80, hex(vector, "masterKey"), hex(vector, "masterSalt"))
                .session(false);
        assertArrayEquals(hex(vector, "key"), session.key());
        assertArrayEquals(hex(vector, "salt"), session.salt());
        assertArrayEquals(hex(vector, "authentication"), session.authentication());
    }

    @Test
    void producesTheKeystreamOfRfc6188() {
        JsonObject vector = RFC6188.getJsonObject("keystream");
        var keys = new SrtpKeys.Session(hex(vector, "sessionKey"), new byte[20], hex(vector, "sessionSalt"));
        byte[] expected = hex(vector, "first");
        byte[] packet = new byte[12 + expected.length + 10];
        new AesCmHmacSha1(keys, keys, 10).sealRtp(packet, 0, 12, 12 + expected.length, 0);
        assertArrayEquals(expected, Arrays.copyOfRange(packet, 12, 12 + expected.length));
    }

    /** The two profiles with keys of 256 bits in counter mode, for which nobody published packets: there and back. */
    @Test
    void opensWhatItSealsWithLongKeys() {
        JsonObject vector = RFC6188.getJsonObject("keyDerivation");
        for (SrtpProfile profile : List.of(SrtpProfile.AES256_CM_HMAC_SHA1_80, SrtpProfile.AES256_CM_HMAC_SHA1_32)) {
            SrtpKeys keys = new SrtpKeys(profile, hex(vector, "masterKey"), hex(vector, "masterSalt"));
            SrtpContext context = new SrtpContext(keys, keys, SrtpContext.Limits.DEFAULT);
            byte[] plain = new byte[40];
            plain[0] = (byte) 0x80;
            byte[] packet = roomy(plain);
            int length = context.protectRtp(packet, 0, plain.length);
            assertEquals(plain.length + profile.tagLength(), length);
            assertFalse(Arrays.equals(plain, Arrays.copyOf(packet, plain.length)));
            assertStartsWith(plain, packet, context.unprotectRtp(packet, 0, length));
            packet = roomy(plain);
            length = context.protectRtcp(packet, 0, plain.length);
            assertEquals(plain.length + 14, length); // RTCP keeps the long tag (RFC 4568 section 6.2.2)
        }
    }

    @TestFactory
    Stream<DynamicTest> derivesTheSessionKeysOfAllProfiles() {
        return Vectors.each(objects(PACKETS, "cases"), o -> o.getString("profile"), one -> {
            SrtpKeys keys = new SrtpKeys(profile(one), hex(one, "masterKey"), hex(one, "masterSalt"));
            JsonObject derived = one.getJsonObject("derived");
            for (String half : List.of("rtp", "rtcp")) {
                SrtpKeys.Session session = keys.session(half.equals("rtcp"));
                assertArrayEquals(hex(derived, half + "Key"), session.key());
                assertArrayEquals(hex(derived, half + "Salt"), session.salt());
                if (!derived.isNull(half + "Auth")) {
                    assertArrayEquals(hex(derived, half + "Auth"), session.authentication());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> protectsAndUnprotectsRtp() {
        return objects(PACKETS, "cases").stream().flatMap(one -> {
            List<JsonObject> packets = objects(one, "rtp");
            return Vectors.each(packets, p -> one.getString("profile") + ": " + p.getString("name"), p -> {
                byte[] plain = hex(p, "plain");
                byte[] secret = hex(p, "protected");
                byte[] packet = roomy(plain);
                assertStartsWith(secret, packet, context(one).protectRtp(packet, 0, plain.length));
                assertEquals(one.getInt("rtpTagOctets"), secret.length - plain.length);
                assertStartsWith(plain, packet, context(one).unprotectRtp(packet, 0, secret.length));
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> wrapsTheSequenceNumber() {
        return Vectors.each(objects(PACKETS, "cases"), o -> o.getString("profile"), one -> {
            SrtpContext sender = context(one);
            SrtpContext receiver = context(one);
            for (JsonObject p : objects(one, "sequenceWrap")) { // the same SSRC, the last one from before the wrap
                byte[] plain = hex(p, "plain");
                byte[] packet = roomy(plain);
                int length = sender.protectRtp(packet, 0, plain.length);
                assertStartsWith(hex(p, "protected"), packet, length);
                assertStartsWith(plain, packet, receiver.unprotectRtp(packet, 0, length));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesReplays() {
        return Vectors.each(objects(PACKETS, "cases"), o -> o.getString("profile"), one -> {
            SrtpContext receiver = context(one);
            List<JsonObject> packets = objects(one, "sequenceWrap");
            for (JsonObject step : objects(one, "replayScenario")) {
                byte[] packet = hex(packets.get(step.getInt("use")), "protected");
                int result = receiver.unprotectRtp(packet, 0, packet.length);
                if (step.getBoolean("accept")) {
                    assertTrue(result > 0, step.getString("step"));
                } else {
                    assertEquals(SrtpContext.REPLAYED, result, step.getString("step"));
                }
            }
            assertEquals(3, receiver.count(SrtpContext.REPLAYED));
        });
    }

    @TestFactory
    Stream<DynamicTest> protectsAndUnprotectsRtcp() {
        return Vectors.each(objects(PACKETS, "cases"), o -> o.getString("profile"), one -> {
            SrtpContext sender = context(one);
            SrtpContext receiver = context(one);
            for (JsonObject p : objects(one, "rtcp")) {
                byte[] plain = hex(p, "plain");
                byte[] secret = hex(p, "protected");
                if (p.getInt("index") < Integer.MAX_VALUE) {
                    byte[] packet = roomy(plain);
                    assertStartsWith(secret, packet, sender.protectRtcp(packet, 0, plain.length));
                }
                byte[] packet = secret.clone();
                assertStartsWith(plain, packet, receiver.unprotectRtcp(packet, 0, secret.length));
                assertEquals(SrtpContext.REPLAYED, receiver.unprotectRtcp(secret, 0, secret.length));
            }
        });
    }

    @Test
    void sealsAndOpensTheRtpPacketOfRfc7714() {
        JsonObject rtp = RFC7714.getJsonObject("srtp");
        byte[] plain = hex(rtp, "plaintextPacket");
        byte[] secret = hex(rtp, "protectedPacket");
        byte[] packet = Arrays.copyOf(plain, plain.length + 16);
        long index = Octets.shortAt(plain, 2);
        AesGcm cipher = rfc7714();
        cipher.sealRtp(packet, 0, 12, plain.length, index);
        assertArrayEquals(secret, packet);
        assertTrue(cipher.openRtp(packet, 0, 12, packet.length, index));
        assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));
        byte[] authenticatedOnly =
                hex(rtp, "authenticatedOnlyPacket"); // RTP has no flag for that: not agreed, not taken
        assertFalse(cipher.openRtp(authenticatedOnly, 0, 12, authenticatedOnly.length, index));
    }

    @Test
    void sealsAndOpensTheRtcpPacketsOfRfc7714() {
        JsonObject rtcp = RFC7714.getJsonObject("srtcp");
        byte[] plain = hex(rtcp, "plaintextPacket");
        byte[] secret = hex(rtcp, "protectedPacket");
        byte[] packet = Arrays.copyOf(plain, secret.length);
        AesGcm cipher = rfc7714();
        cipher.sealRtcp(packet, 0, plain.length, rtcp.getInt("index"));
        assertArrayEquals(secret, packet);
        assertTrue(cipher.openRtcp(packet, 0, packet.length));
        assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));

        byte[] authenticatedOnly = hex(rtcp, "authenticatedOnlyPacket");
        assertEquals(rtcp.getInt("index"), cipher.rtcpIndexWord(authenticatedOnly, 0, authenticatedOnly.length));
        assertTrue(cipher.openRtcp(authenticatedOnly, 0, authenticatedOnly.length));
        assertArrayEquals(plain, Arrays.copyOf(authenticatedOnly, plain.length));
    }

    @TestFactory
    Stream<DynamicTest> refusesTheForgeriesOfRfc7714() {
        return Vectors.each(objects(RFC7714, "mustFail"), o -> o.getString("why"), one -> {
            byte[] packet = hex(one, "packet");
            SrtpContext receiver = new SrtpContext(rfc7714(), rfc7714(), SrtpContext.Limits.DEFAULT);
            boolean rtcp = (packet[1] & 0xFF) == 200;
            int result = rtcp
                    ? receiver.unprotectRtcp(packet, 0, packet.length)
                    : receiver.unprotectRtp(packet, 0, packet.length);
            assertEquals(packet.length < 28 ? SrtpContext.MALFORMED : SrtpContext.NOT_AUTHENTIC, result);
        });
    }

    @TestFactory
    Stream<DynamicTest> splitsTheKeyingMaterialOfDtls() {
        JsonObject keying = Vectors.load("dtls-srtp-keying.json");
        assertEquals(
                List.of(
                        "client write master key",
                        "server write master key",
                        "client write master salt",
                        "server write master salt"),
                keying.getJsonArray("layout").getValuesAs(JsonString::getString));
        return SrtpProfile.overDtls().stream()
                .map(profile -> DynamicTest.dynamicTest(profile.name(), () -> {
                    JsonObject sizes = keying.getJsonObject("sizes").getJsonObject("SRTP_" + profile);
                    assertEquals(sizes.getInt("id"), profile.id());
                    assertEquals(sizes.getInt("key"), profile.keyLength());
                    assertEquals(sizes.getInt("salt"), profile.saltLength());
                    assertEquals(sizes.getInt("total"), profile.keyingMaterialLength());
                    assertEquals(profile, SrtpProfile.of(profile.id()));

                    String client = "c1".repeat(profile.keyLength()) + "c2".repeat(profile.saltLength());
                    String server = "e1".repeat(profile.keyLength()) + "e2".repeat(profile.saltLength());
                    byte[] exported = HexFormat.of()
                            .parseHex("c1".repeat(profile.keyLength())
                                    + "e1".repeat(profile.keyLength())
                                    + "c2".repeat(profile.saltLength())
                                    + "e2".repeat(profile.saltLength()));
                    assertSameKeys(profile, client, SrtpKeys.of(profile, exported, true));
                    assertSameKeys(profile, server, SrtpKeys.of(profile, exported, false));
                }));
    }

    private static void assertSameKeys(SrtpProfile profile, String keyAndSalt, SrtpKeys keys) {
        byte[] all = HexFormat.of().parseHex(keyAndSalt);
        SrtpKeys expected = new SrtpKeys(
                profile,
                Arrays.copyOf(all, profile.keyLength()),
                Arrays.copyOfRange(all, profile.keyLength(), all.length));
        assertArrayEquals(expected.derive(0, 40), keys.derive(0, 40));
        assertEquals("(srtp keys)", keys.toString());
        assertEquals("(session keys)", keys.session(true).toString());
    }

    @Test
    void knowsNoOtherProfiles() {
        assertNull(SrtpProfile.of(2));
        assertNull(SrtpProfile.of(8));
    }
}
