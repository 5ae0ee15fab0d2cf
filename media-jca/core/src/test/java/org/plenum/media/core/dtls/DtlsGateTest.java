/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.PacketKind;
import org.plenum.media.core.packet.Vectors;

class DtlsGateTest {
    private static final JsonObject HELLOS = Vectors.load("dtls-clienthello.json");
    private static final List<byte[]> CHROMIUM = datagrams(HELLOS.getJsonObject("chromium156"));
    private static final String EPOCH_1 = "16fefd0001000000000001" + "0004" + "01020304";
    private static final String CHANGE_CIPHER_SPEC = "14fefd0000000000000001000101";
    private static final String ALERT = "15feff000000000000000700020228";
    /** What the gate says to each datagram of the hostile lists; those not named here are all refused. */
    private static final Map<String, List<Boolean>> ADMITTED = Map.of(
            "second fragment only", List.of(true),
            "fragments in reverse order", List.of(true, true),
            "first fragment repeated, never the second (send the list 100 times)", List.of(true),
            "fragments disagree on the message length", List.of(true, false),
            "overlapping fragment with other content", List.of(true, true), // for the stack: first content wins
            "only TLS_NULL_WITH_NULL_NULL offered (DTLS hello race attack)", List.of(true)); // the stack alerts

    private final DtlsGate server = new DtlsGate(false);

    private static List<byte[]> datagrams(JsonObject one) {
        return one.getJsonArray("datagrams").getValuesAs(JsonString.class).stream()
                .map(s -> HexFormat.of().parseHex(s.getString()))
                .toList();
    }

    private static boolean admits(DtlsGate gate, byte[] datagram) {
        return gate.admit(exactly(datagram, datagram.length), 0, datagram.length);
    }

    private static boolean admits(DtlsGate gate, String datagram) {
        return admits(gate, HexFormat.of().parseHex(datagram));
    }

    private static String handshake(int type, int messageLength, int number, int offset, int fragment) {
        return String.format(
                "16feff0000000000000000%04x%02x%06x%04x%06x%06x%s",
                12 + fragment, type, messageLength, number, offset, fragment, "ab".repeat(fragment));
    }

    @Test
    void letsTheHelloOfChromiumPassInTwoDatagrams() {
        for (byte[] datagram : CHROMIUM) {
            assertTrue(admits(server, datagram));
        }
    }

    @Test
    void letsTheHelloOfOpensslPass() {
        for (byte[] datagram : datagrams(HELLOS.getJsonObject("openssl"))) {
            assertTrue(admits(server, datagram));
        }
    }

    @TestFactory
    Stream<DynamicTest> hostileHellos() {
        return Vectors.each(Vectors.objects(HELLOS, "mustNotHarm"), o -> o.getString("name"), vector -> {
            DtlsGate gate = new DtlsGate(false);
            List<byte[]> datagrams = datagrams(vector);
            List<Boolean> expected = ADMITTED.getOrDefault(
                    vector.getString("name"), datagrams.stream().map(d -> false).toList());
            assertEquals(
                    expected,
                    datagrams.stream()
                            .map(d -> PacketKind.of(exactly(d, d.length), 0, d.length) == PacketKind.DTLS
                                    && admits(gate, d))
                            .toList());
            if (!expected.contains(true)) {
                assertTrue(admits(gate, CHROMIUM.get(0)), "a good hello passes all the same");
            }
        });
    }

    @Test
    void beforeAHelloNothingElsePasses() {
        assertFalse(admits(server, EPOCH_1));
        assertFalse(admits(server, CHANGE_CIPHER_SPEC));
        assertFalse(admits(server, ALERT));
        assertFalse(admits(server, handshake(2, 10, 0, 0, 10)), "a server's hello");
        assertFalse(admits(server, handshake(1, 10, 1, 0, 10)), "a second hello first");
        assertFalse(admits(server, handshake(1, 0, 0, 0, 0)), "an empty hello");
        assertTrue(admits(server, handshake(1, 10, 0, 0, 10)));
        assertTrue(admits(server, EPOCH_1));
        assertTrue(admits(server, CHANGE_CIPHER_SPEC));
        assertTrue(admits(server, ALERT));
        assertTrue(admits(server, handshake(1, 20, 1, 0, 20)), "the hello with the cookie");
        assertTrue(admits(server, handshake(11, 500, 2, 0, 10)), "a certificate");
    }

    @Test
    void aClientTakesTheServersFlightFromTheStart() {
        DtlsGate client = new DtlsGate(true);
        assertTrue(admits(client, handshake(2, 10, 0, 0, 10)));
        assertTrue(admits(new DtlsGate(true), ALERT));
        assertTrue(admits(new DtlsGate(true), EPOCH_1), "overtook the rest");
    }

    @Test
    void afterTheHandshakeNothingInClearEndsIt() {
        assertTrue(admits(server, CHROMIUM.get(0)));
        server.established();
        assertFalse(admits(server, ALERT));
        assertFalse(admits(server, "17fefd0000000000000001000568656c6c6f"));
        assertTrue(admits(server, EPOCH_1));
        assertTrue(admits(server, handshake(16, 10, 3, 0, 10) + CHANGE_CIPHER_SPEC), "a last flight sent again");
    }

    @Test
    void boundsADatagramFlood() {
        for (int i = 0; i < DtlsGate.MAX_HANDSHAKE_DATAGRAMS; i++) {
            assertTrue(admits(server, CHROMIUM.get(0)));
            assertFalse(admits(server, "16"), "what is refused does not count");
        }
        assertFalse(admits(server, CHROMIUM.get(0)));
        DtlsGate finished = new DtlsGate(false);
        assertTrue(admits(finished, CHROMIUM.get(0)));
        finished.established();
        for (int i = 0; i < 2 * DtlsGate.MAX_HANDSHAKE_DATAGRAMS; i++) {
            assertTrue(admits(finished, EPOCH_1), "afterwards it is the stack's to judge");
        }
    }

    @Test
    void boundsTheClaimedLengthOfAMessage() {
        assertTrue(admits(new DtlsGate(false), handshake(1, DtlsGate.MAX_MESSAGE, 0, 0, 100)));
        assertFalse(admits(new DtlsGate(false), handshake(1, DtlsGate.MAX_MESSAGE + 1, 0, 0, 100)));
        assertTrue(admits(new DtlsGate(false), handshake(1, 100, 0, 0, 100)));
        assertFalse(admits(new DtlsGate(false), handshake(1, 100, 0, 1, 100)), "beyond the message");
        assertFalse(
                admits(new DtlsGate(false), "16feff0000000000000000" + "000b" + "ab".repeat(11)), "no whole header");
    }

    @Test
    void fragmentsEndWithTheirRecord() {
        String head = "16feff00000000000000000016" + "01" + "000064" + "0000" + "000000"; // 22 octets of record
        assertTrue(admits(new DtlsGate(false), head + "00000a" + "ab".repeat(10)));
        assertFalse(admits(new DtlsGate(false), head + "00000b" + "ab".repeat(10)), "one octet more than there is");
        assertFalse(admits(new DtlsGate(false), head + "000016" + "ab".repeat(10)), "as long as the record");
        assertFalse(admits(new DtlsGate(false), head + "01000a" + "ab".repeat(10)), "lengths have 24 bits");
        String two = handshake(1, 10, 0, 0, 10);
        String inOneRecord = "16feff0000000000000000002c" + two.substring(26) + two.substring(26);
        assertTrue(admits(new DtlsGate(false), inOneRecord));
        assertFalse(
                admits(new DtlsGate(false), inOneRecord.replaceFirst("00000a(ab){10}$", "00000b" + "ab".repeat(10))));
    }

    @Test
    void recordsFillTheDatagram() {
        String hello = handshake(1, 10, 0, 0, 10);
        assertTrue(admits(server, hello));
        assertTrue(admits(server, CHANGE_CIPHER_SPEC + EPOCH_1));
        assertFalse(admits(server, CHANGE_CIPHER_SPEC + EPOCH_1.substring(0, EPOCH_1.length() - 2)));
        assertFalse(admits(server, CHANGE_CIPHER_SPEC + "00"));
        assertFalse(admits(server, "14fefd00000000000000010000"), "an empty record");
        assertFalse(admits(server, "14fefd000000000000000100020101"), "two octets of ChangeCipherSpec");
        assertFalse(admits(server, ""));
        assertFalse(admits(server, "18fefd0000000000000001000101"), "heartbeat");
        assertFalse(admits(server, "13fefd0001000000000001000101"));
        assertFalse(admits(server, "14fefc0000000000000001000101"), "DTLS 1.3 does not travel like this");
        assertFalse(admits(server, "17fefd0001000000000001" + "4801" + "00".repeat(0x4801)), "longer than any record");
        assertTrue(admits(server, "17fefd0001000000000001" + "4800" + "00".repeat(0x4800)));
    }

    @Test
    void readsAtAnOffset() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2000);
        buffer.put(7, CHROMIUM.get(0));
        assertTrue(server.admit(buffer, 7, CHROMIUM.get(0).length));
    }

    @Test
    void refusesEveryPrefix() {
        byte[] whole = CHROMIUM.get(0);
        for (int length = 0; length < whole.length; length++) {
            assertFalse(new DtlsGate(false).admit(exactly(whole, length), 0, length), "length " + length);
        }
    }

    @Test
    void survivesMutants() {
        int[] admitted = {0};
        byte[] messages = HexFormat.of()
                .parseHex(handshake(11, 40, 1, 0, 40).substring(26)
                        + handshake(16, 20, 2, 0, 20).substring(26));
        Mutations.of(messages, 11, mutant -> {
            ByteBuffer record = ByteBuffer.allocate(13 + mutant.length); // the record is right, the messages are not
            record.putInt(0x16FEFD00).putInt(0).putShort((short) 0).put((byte) 0);
            record.putShort((short) mutant.length).put(mutant);
            admitted[0] += new DtlsGate(true).admit(record, 0, record.capacity()) ? 1 : 0;
        });
        assertTrue(admitted[0] > 0 && admitted[0] < Mutations.COUNT, admitted[0] + " admitted");
    }

    @Test
    void allocatesNothing() {
        byte[] hello = CHROMIUM.get(0);
        ByteBuffer buffer = ByteBuffer.wrap(hello);
        server.established();
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                assertTrue(server.admit(buffer, 0, hello.length));
            }
        });
        assertTrue(allocated < 1_000, allocated + " bytes");
    }
}
