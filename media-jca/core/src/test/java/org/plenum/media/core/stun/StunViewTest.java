/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.packet.Vectors.exactly;
import static org.plenum.media.core.packet.Vectors.hex;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;

class StunViewTest {
    private static final JsonObject RFC5769 = Vectors.load("stun-rfc5769.json");
    private static final JsonObject CHECK =
            Vectors.objects(Vectors.load("ice-stun-cases.json"), "valid").get(0);
    private static final String HEAD = "2112a4420102030405060708090a0b0c";
    private final StunView view = new StunView();

    private static JsonObject rfc(String name) {
        return Vectors.objects(RFC5769, "vectors").stream()
                .filter(o -> o.getString("name").startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean wrap(byte[] message) {
        return view.wrap(exactly(message, message.length), 0, message.length);
    }

    private boolean wrap(String attributes) {
        int length = attributes.length() / 2;
        return wrap(HexFormat.of().parseHex(String.format("0001%04x", length) + HEAD + attributes));
    }

    private static StunIntegrity key(JsonObject vector, String name) {
        return new StunIntegrity(vector.getString(name).getBytes(UTF_8));
    }

    @Test
    void readsTheRequestOfRfc5769() {
        JsonObject vector = rfc("2.1");
        assertTrue(wrap(hex(vector, "hex")));
        assertEquals(StunView.BINDING_REQUEST, view.type());
        assertEquals(108, view.length());
        assertEquals(vector.getJsonNumber("priority").longValue(), view.priority());
        assertTrue(view.iceControlled());
        assertFalse(view.iceControlling());
        assertEquals(Long.parseUnsignedLong(vector.getString("iceControlled"), 16), view.tieBreaker());
        assertFalse(view.useCandidate());
        assertTrue(view.hasUsername());
        assertEquals("evtj", view.localUfrag());
        assertTrue(view.usernameIs("evtj".getBytes(US_ASCII), "h6vY".getBytes(US_ASCII)));
        assertTrue(view.fingerprintIsRight());
        assertTrue(key(vector, "password").verify(view));
        assertFalse(new StunIntegrity("VOkJxbRl1RmTxUk/WvJxBT".getBytes(UTF_8)).verify(view));
        assertEquals(StunView.ABSENT, view.errorCode());
        assertEquals(StunView.ABSENT, view.mappedPort());
        assertEquals(0, view.mappedAddress().length);
        byte[] transactionId = new byte[12];
        view.transactionId(transactionId);
        assertArrayEquals(hex(vector, "transactionId"), transactionId);
    }

    @Test
    void readsTheResponsesOfRfc5769() {
        JsonObject four = rfc("2.2");
        assertTrue(wrap(hex(four, "hex")));
        assertEquals(StunView.BINDING_SUCCESS, view.type());
        assertEquals(four.getInt("port"), view.mappedPort());
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, view.mappedAddress());
        assertTrue(key(four, "password").verify(view));
        assertTrue(view.fingerprintIsRight());

        JsonObject six = rfc("2.3");
        assertTrue(wrap(hex(six, "hex")));
        assertEquals(six.getInt("port"), view.mappedPort());
        assertArrayEquals(HexFormat.of().parseHex("20010db81234567800112233445566" + "77"), view.mappedAddress());
        assertTrue(key(six, "password").verify(view));
        assertTrue(view.fingerprintIsRight());
    }

    @Test
    void verifiesTheLongTermRequestOfRfc5769() {
        JsonObject vector = rfc("2.4");
        assertTrue(wrap(hex(vector, "hex")));
        assertTrue(new StunIntegrity(hex(vector, "keyMd5")).verify(view));
        assertTrue(view.usernameIs(new byte[0], null) == false, "no colon where one is asked for");
        assertFalse(view.hasFingerprint());
        assertFalse(view.fingerprintIsRight());
        assertEquals(2, view.unknownRequired(), "REALM and NONCE are not for us");
        assertEquals(0x0015, view.unknownRequired(0));
        assertEquals(0x0014, view.unknownRequired(1));
    }

    @Test
    void readsAtAnOffset() {
        byte[] message = hex(CHECK, "hex");
        ByteBuffer buffer = ByteBuffer.allocateDirect(message.length + 20);
        buffer.put(13, message);
        assertTrue(view.wrap(buffer, 13, message.length));
        assertTrue(view.fingerprintIsRight());
        assertTrue(key(CHECK, "integrityKey").verify(view));
        assertTrue(view.useCandidate());
        assertTrue(view.iceControlling());
        assertEquals(0x0011223344556677L, view.tieBreaker());
        assertEquals("SRVU", view.localUfrag());
    }

    @Test
    void comparesBothPartsOfTheUserName() {
        assertTrue(wrap(hex(CHECK, "hex")));
        byte[] server = "SRVU".getBytes(US_ASCII);
        assertTrue(view.usernameIs(server, null));
        assertTrue(view.usernameIs(server, "CLIU".getBytes(US_ASCII)));
        assertFalse(view.usernameIs(server, "CLIV".getBytes(US_ASCII)));
        assertFalse(view.usernameIs(server, "CLI".getBytes(US_ASCII)));
        assertFalse(view.usernameIs(server, "CLIUU".getBytes(US_ASCII)));
        assertFalse(view.usernameIs("SRV".getBytes(US_ASCII), null));
        assertFalse(view.usernameIs("SRVV".getBytes(US_ASCII), null));
        assertFalse(view.usernameIs("SRVU:CLIU".getBytes(US_ASCII), null));
        assertFalse(view.usernameIs("SRVU:CLIUx".getBytes(US_ASCII), null));
    }

    @Test
    void aUserNameWithoutColonNamesNobody() {
        assertTrue(wrap("0006000461626364"));
        assertEquals("", view.localUfrag());
        assertTrue(wrap("00060000"));
        assertEquals("", view.localUfrag());
        assertTrue(wrap(""));
        assertFalse(view.hasUsername());
        assertEquals("", view.localUfrag());
    }

    @Test
    void ofTwoTheFirstCounts() {
        assertTrue(wrap("0024000400000001" + "0024000400000002" + "00060003613a6200" + "00060003633a6400"
                + "802a00080000000000000001" + "802a00080000000000000002"));
        assertEquals(1, view.priority());
        assertEquals("a", view.localUfrag());
        assertEquals(1, view.tieBreaker());
    }

    @Test
    void whatFollowsIntegrityDoesNotExist() {
        String integrity = "00080014" + "00".repeat(20);
        assertTrue(wrap(integrity + "00250000" + "7ffe0000" + "00240003000000" + "00"));
        assertFalse(view.useCandidate());
        assertEquals(0, view.unknownRequired());
        assertEquals(StunView.ABSENT, view.priority());
        assertTrue(view.hasIntegrity());
    }

    @Test
    void nothingMayFollowTheFingerprint() {
        assertTrue(wrap("8028000400000000"));
        assertTrue(view.hasFingerprint());
        assertFalse(wrap("8028000400000000" + "80220000"));
    }

    @Test
    void refusesAttributesOfWrongLength() {
        for (String attribute : new String[] {
            "00240003", "00250001", "80290004", "802a0004", "00080010", "80280003", "00200004", "00090003", "00240000"
        }) {
            assertFalse(wrap(attribute + "00".repeat(32)), attribute);
        }
        assertTrue(wrap("00090004" + "00000401"));
        assertEquals(401, view.errorCode());
        assertFalse(wrap("00200008" + "0002000000000000"), "family IPv6 with four octets");
        assertFalse(wrap("00200014" + "0001" + "00".repeat(18)), "family IPv4 with sixteen octets");
    }

    @Test
    void limitsUserNameAttributesAndMessage() {
        assertTrue(wrap("000601fc" + "61".repeat(508)));
        assertFalse(wrap("000601fd" + "61".repeat(512)));
        assertTrue(wrap("80220000".repeat(64)));
        assertFalse(wrap("80220000".repeat(65)));
        assertTrue(wrap("802205c4" + "00".repeat(0x5c4))); // 1500 octets
        assertFalse(wrap("802205c8" + "00".repeat(0x5c8)));
    }

    @Test
    void remembersEightUnknownRequiredAttributes() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            attributes.append(String.format("7f%02x0000", i));
        }
        assertTrue(wrap(attributes + "80220000" + "000a0000"));
        assertEquals(8, view.unknownRequired());
        assertEquals(0x7f07, view.unknownRequired(7));
        assertTrue(wrap("7fff0000"));
        assertEquals(1, view.unknownRequired(), "forgotten with the last message");
    }

    @Test
    void refusesWhatIsNoStunMessage() {
        byte[] good = hex(CHECK, "hex");
        for (int length = 0; length < good.length; length++) {
            assertFalse(view.wrap(exactly(good, length), 0, length), "length " + length);
        }
        assertFalse(view.wrap(
                exactly(java.util.Arrays.copyOf(good, good.length + 4), good.length + 4), 0, good.length + 4));
        for (int first : new int[] {0x40, 0x80, 0xC0}) {
            byte[] bad = good.clone();
            bad[0] |= (byte) first;
            assertFalse(wrap(bad), "first octet " + first);
        }
        byte[] cookie = good.clone();
        cookie[7] ^= 1;
        assertFalse(wrap(cookie));
        assertFalse(wrap(HexFormat.of().parseHex("00010002" + HEAD + "0000")), "not a multiple of four");
    }

    @Test
    void survivesMutants() {
        Random random = new Random(7);
        int[] wrapped = {0};
        Mutations.of(hex(CHECK, "hex"), 1, mutant -> {
            byte[] message = java.util.Arrays.copyOf(mutant, Math.max(20, mutant.length & ~3));
            ByteBuffer buffer = exactly(message, message.length);
            buffer.put(0, (byte) (message[0] & 0x3F))
                    .putShort(2, (short) (message.length - 20))
                    .putInt(4, 0x2112A442);
            if (view.wrap(buffer, 0, message.length)) {
                wrapped[0]++;
                readAll(random.nextInt());
            }
        });
        assertTrue(wrapped[0] > Mutations.COUNT / 4, wrapped[0] + " mutants got past the outer checks");
    }

    private void readAll(int salt) {
        view.localUfrag();
        view.usernameIs(new byte[salt & 7], new byte[salt >> 4 & 7]);
        view.fingerprintIsRight();
        view.priority();
        view.tieBreaker();
        view.errorCode();
        view.mappedPort();
        view.mappedAddress();
        new StunIntegrity(new byte[1]).verify(view);
    }

    @Test
    void allocatesNothing() {
        byte[] message = hex(CHECK, "hex");
        ByteBuffer buffer = ByteBuffer.allocateDirect(message.length).put(message);
        byte[] local = "SRVU".getBytes(US_ASCII);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                assertTrue(view.wrap(buffer, 0, message.length)
                        && view.fingerprintIsRight()
                        && view.usernameIs(local, local) == false
                        && view.priority() > 0);
            }
        });
        assertTrue(allocated < 1_000, allocated + " bytes");
    }
}
