/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import static org.junit.jupiter.api.Assertions.*;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;
import org.plenum.media.core.rtcp.RtcpView.Kind;

class RtcpVectorsTest {
    private static final JsonObject CASES = Vectors.load("rtcp.json");
    private static final Map<Integer, List<Kind>> KINDS = Map.of(
            200, List.of(Kind.SENDER_REPORT),
            201, List.of(Kind.RECEIVER_REPORT),
            202, List.of(Kind.SDES),
            203, List.of(Kind.BYE),
            204, List.of(Kind.APP),
            205, List.of(Kind.NACK, Kind.TRANSPORT_FEEDBACK),
            206, List.of(Kind.PLI, Kind.FIR, Kind.REMB),
            207, List.of(Kind.XR));
    private final RtcpView view = new RtcpView();

    @Test
    void readsASenderReport() {
        open("SR with one report block (cumulative lost -3, fraction 64/256)", Kind.SENDER_REPORT);
        assertEquals(2419039790L, view.senderSsrc());
        assertEquals(0xdf7c2f80_80000000L, view.ntp());
        assertEquals(960_000, view.rtpTimestamp());
        assertEquals(1000, view.packetCount());
        assertEquals(160_000, view.octetCount());
        assertEquals(1, view.reportCount());
        assertBlock();
    }

    @Test
    void readsAReceiverReport() {
        open("RR", Kind.RECEIVER_REPORT);
        assertEquals(0, view.fractionLost(0));
        assertEquals(0, view.cumulativeLost(0));
        assertEquals(3160316480L, view.reportSsrc(0));
        assertEquals(18_145, view.highestSequence(0));
    }

    private void assertBlock() {
        assertEquals(3160316480L, view.reportSsrc(0));
        assertEquals(64, view.fractionLost(0));
        assertEquals(-3, view.cumulativeLost(0));
        assertEquals(83_681, view.highestSequence(0));
        assertEquals(273, view.jitter(0));
        assertEquals(166_945_842, view.lastSenderReport(0));
        assertEquals(150_137, view.delaySinceLastSenderReport(0));
    }

    @Test
    void readsNamesAndGoodbyes() {
        open("SDES CNAME", Kind.SDES);
        byte[] cname = new byte[view.cnameLength()];
        view.buffer().get(view.cnameOffset(), cname);
        assertEquals("alice@192.0.2.7", new String(cname, StandardCharsets.UTF_8));
        assertEquals(2419039790L, view.senderSsrc());
        open("BYE with reason", Kind.BYE);
        assertEquals(1, view.byeCount());
        assertEquals(2419039790L, view.byeSsrc(0));
    }

    @Test
    void readsOtherNamesThanTheFirst() {
        start("81ca0004" + "00000005" + "02016101" + "0262630000000000".substring(0, 8) + "00000000");
        assertTrue(view.next());
        assertEquals(2, view.cnameLength());
        start("80ca0000");
        assertTrue(view.next());
        assertEquals(-1, view.cnameOffset());
        assertEquals(0, view.cnameLength());
        assertEquals(0, view.senderSsrc());
        start("81ca0002" + "00000005" + "02016100");
        assertTrue(view.next());
        assertEquals(-1, view.cnameOffset());
        start("82ca0004" + "00000005" + "01016100" + "00000006" + "01016200");
        assertTrue(view.next(), "two chunks");
    }

    @Test
    void readsRequests() {
        open("PLI", Kind.PLI);
        assertEquals(1, view.senderSsrc());
        assertEquals(3160316480L, view.mediaSsrc());
        open("FIR, sequence 7", Kind.FIR);
        assertEquals(1, view.firCount());
        assertEquals(3160316480L, view.firSsrc(0));
        assertEquals(7, view.firSequence(0));
        open("generic NACK", Kind.NACK);
        assertEquals(List.of(65533, 65534, 0, 40), lost());
    }

    private List<Integer> lost() {
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < view.nackCount(); i++) {
            lost.add(view.nackPid(i));
            for (int bit = 0; bit < 16; bit++) {
                if ((view.nackBitmask(i) >> bit & 1) == 1) {
                    lost.add(view.nackPid(i) + bit + 1 & 0xFFFF);
                }
            }
        }
        return lost;
    }

    @Test
    void readsAnEstimate() {
        open("REMB", Kind.REMB);
        assertEquals(8_927_168, view.bitrate());
        assertEquals(1, view.rembSsrcCount());
        assertEquals(1215622422, view.rembSsrc(0));
        start("8fce0004000000010000000052454d4200fc0001");
        assertTrue(view.next());
        assertEquals(Long.MAX_VALUE, view.bitrate(), "1 << 63");
        start("8fce0004000000010000000052454d4200f80001");
        assertTrue(view.next());
        assertEquals(1L << 62, view.bitrate());
        start("8fce0004000000010000000052454d4200fc0000");
        assertTrue(view.next());
        assertEquals(0, view.bitrate());
        start("8fce0004000000010000000052454d4300fc0000");
        assertFalse(view.next(), "another application");
    }

    @Test
    void passesOverWhatItDoesNotUse() {
        open("XR receiver reference time", Kind.XR);
        open("APP", Kind.APP);
        start("80d00001" + "00000001" + "81ce000200000001bc5e9a40");
        assertTrue(view.next());
        assertEquals(Kind.PLI, view.found());
        assertEquals(1, view.skipped());
        assertEquals(8, view.packetOffset());
        assertEquals(12, view.packetLength());
        for (JsonObject rfc8888 : Vectors.objects(CASES, "rfc8888")) {
            start(rfc8888.getString("hex"));
            assertFalse(view.next());
            assertEquals(1, view.skipped());
        }
    }

    @Test
    void leavesPaddingOut() {
        start("a0c90003" + "00000001" + "00000000" + "00000008");
        assertTrue(view.next());
        assertEquals(8, view.packetLength());
        for (String padding : List.of("00000000", "00000006", "00000010")) {
            start("a0c90003" + "00000001" + "00000000" + padding);
            assertFalse(view.next(), padding);
        }
    }

    @TestFactory
    Stream<DynamicTest> compounds() {
        return Vectors.each(Vectors.objects(CASES, "compounds"), c -> c.getString("name"), c -> {
            start(c.getString("hex"));
            for (int i = 0; i < c.getJsonArray("packetTypes").size(); i++) {
                assertTrue(view.next());
                int type = c.getJsonArray("packetTypes").getInt(i);
                assertTrue(KINDS.get(type).contains(view.found()), type + " " + view.found());
            }
            assertFalse(view.next());
            assertEquals(0, view.skipped());
        });
    }

    @TestFactory
    Stream<DynamicTest> malformed() {
        return Vectors.each(Vectors.objects(CASES, "malformed"), c -> c.getString("name"), c -> {
            byte[] packet = Vectors.hex(c, "hex");
            if (view.wrap(exactly(packet, packet.length), 0, packet.length)) {
                int found = readEverything();
                boolean usable = c.getString("name").startsWith("BYE reason")
                        || c.getString("name").startsWith("REMB exponent")
                        || c.getString("name").startsWith("XR block")
                        || c.getString("name").startsWith("padding bit on first");
                assertEquals(usable ? 1 : 0, found);
                assertTrue(usable || view.skipped() > 0);
            }
        });
    }

    @Test
    void everyPrefixEndsWhereItsLastWholePacketEnds() {
        for (JsonObject compound : Vectors.objects(CASES, "compounds")) {
            byte[] packet = Vectors.hex(compound, "hex");
            for (int length = 0; length < packet.length; length++) {
                if (view.wrap(exactly(packet, length), 0, length)) {
                    int expected = wholePackets(packet, length);
                    assertEquals(expected, readEverything(), "length " + length);
                } else {
                    assertTrue(length < 4);
                }
            }
        }
    }

    private static int wholePackets(byte[] packet, int length) {
        int whole = 0;
        for (int at = 0; at + 4 <= length; ) {
            at += 4 + 4 * ((packet[at + 2] & 0xFF) << 8 | packet[at + 3] & 0xFF);
            whole += at <= length ? 1 : 0;
        }
        return whole;
    }

    @Test
    void mutantsNeverLeaveTheDatagram() {
        for (String list : List.of("packets", "compounds")) {
            for (JsonObject one : Vectors.objects(CASES, list)) {
                int seed = one.getString("name").hashCode();
                Mutations.of(Vectors.hex(one, "hex"), seed, mutant -> {
                    mutant[0] = (byte) (mutant[0] & 0x3F | 0x80);
                    if (mutant.length >= 4 && mutant.length % 4 == 0 && list.equals("packets")) {
                        mutant[2] = 0; // a length that fits, so that the contents are reached
                        mutant[3] = (byte) (mutant.length / 4 - 1);
                    }
                    if (view.wrap(exactly(mutant, mutant.length), 0, mutant.length)) {
                        readEverything();
                    }
                });
            }
        }
    }

    @Test
    void allocatesNothing() {
        byte[] packet = Vectors.hex(Vectors.named(CASES, "compounds", "name", "RR+SDES+NACK+REMB+TWCC"), "hex");
        ByteBuffer buffer = ByteBuffer.allocateDirect(packet.length).put(packet);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 50_000; i++) {
                view.wrap(buffer, 0, packet.length);
                readEverything();
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    /** Calls every getter that the kind has. @return packets found */
    private int readEverything() {
        int found = 0;
        while (view.next()) {
            found++;
            view.senderSsrc();
            switch (view.found()) {
                case SENDER_REPORT -> {
                    view.ntp();
                    view.rtpTimestamp();
                    view.packetCount();
                    view.octetCount();
                    readReports();
                }
                case RECEIVER_REPORT -> readReports();
                case SDES ->
                    assertTrue(view.cnameOffset() + view.cnameLength()
                            < view.buffer().limit());
                case BYE -> {
                    for (int i = 0; i < view.byeCount(); i++) {
                        view.byeSsrc(i);
                    }
                }
                case NACK -> {
                    for (int i = 0; i < view.nackCount(); i++) {
                        view.nackPid(i);
                        view.nackBitmask(i);
                    }
                }
                case TRANSPORT_FEEDBACK -> {
                    if (feedback.wrap(view.buffer(), view.packetOffset(), view.packetLength())) {
                        while (feedback.next()) {
                            feedback.arrivalUs();
                        }
                    }
                }
                case PLI -> view.mediaSsrc();
                case FIR -> {
                    for (int i = 0; i < view.firCount(); i++) {
                        view.firSsrc(i);
                        view.firSequence(i);
                    }
                }
                case REMB -> {
                    assertTrue(view.bitrate() >= 0);
                    for (int i = 0; i < view.rembSsrcCount(); i++) {
                        view.rembSsrc(i);
                    }
                }
                case APP, XR -> assertTrue(view.packetLength() >= 8);
            }
        }
        return found;
    }

    private final TwccFeedbackView feedback = new TwccFeedbackView();

    private void readReports() {
        for (int i = 0; i < view.reportCount(); i++) {
            view.reportSsrc(i);
            view.fractionLost(i);
            view.cumulativeLost(i);
            view.highestSequence(i);
            view.jitter(i);
            view.lastSenderReport(i);
            view.delaySinceLastSenderReport(i);
        }
    }

    private void open(String name, Kind kind) {
        start(Vectors.named(CASES, "packets", "name", name).getString("hex"));
        assertTrue(view.next());
        assertEquals(kind, view.found());
    }

    private void start(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertTrue(view.wrap(exactly(packet, packet.length), 0, packet.length));
    }
}
