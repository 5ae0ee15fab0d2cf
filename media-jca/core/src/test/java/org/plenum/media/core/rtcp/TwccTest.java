/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import static org.junit.jupiter.api.Assertions.*;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;

class TwccTest {
    private static final long MS = 1_000_000L;
    private static final JsonObject CASES = Vectors.load("rtcp.json").getJsonObject("transportWideCc");
    private final TwccFeedbackView view = new TwccFeedbackView();
    private final ByteBuffer buffer = ByteBuffer.allocate(1200);
    private final RtcpWriter writer = new RtcpWriter();

    @TestFactory
    Stream<DynamicTest> readsTheVectors() {
        return Vectors.each(Vectors.objects(CASES, "cases"), c -> c.getString("name"), c -> {
            byte[] packet = Vectors.hex(c, "hex");
            JsonObject decoded = c.getJsonObject("decoded");
            assertTrue(view.wrap(exactly(packet, packet.length), 0, packet.length));
            assertEquals(decoded.getInt("baseSeq"), view.baseSequenceNumber());
            assertEquals(decoded.getInt("statusCount"), view.statusCount());
            assertEquals(decoded.getInt("fbPktCount"), view.feedbackCount());
            for (JsonObject one : Vectors.objects(decoded, "packets")) {
                assertTrue(view.next());
                assertEquals(one.getInt("seq"), view.sequenceNumber());
                assertEquals(one.getBoolean("received"), view.received());
                if (view.received()) {
                    assertEquals(one.getJsonNumber("arrivalUs").longValue(), view.arrivalUs());
                }
            }
            assertFalse(view.next());
        });
    }

    @TestFactory
    Stream<DynamicTest> ignoresMalformed() {
        return Vectors.each(Vectors.objects(CASES, "malformed"), c -> c.getString("name"), c -> {
            byte[] packet = Vectors.hex(c, "hex");
            RtcpView rtcp = new RtcpView();
            boolean found = rtcp.wrap(exactly(packet, packet.length), 0, packet.length) && rtcp.next();
            assertFalse(found && view.wrap(rtcp.buffer(), rtcp.packetOffset(), rtcp.packetLength()));
        });
    }

    @TestFactory
    Stream<DynamicTest> toleratesWhatIsSeenInTheField() {
        return Vectors.each(Vectors.objects(CASES, "tolerate"), c -> c.getString("name"), c -> {
            byte[] packet = Vectors.hex(c, "hex");
            boolean reserved = c.getString("name").endsWith("two-bit vector"); // uses the reserved symbol 3
            assertEquals(!reserved, view.wrap(exactly(packet, packet.length), 0, packet.length));
            int seen = 0;
            while (!reserved && view.next()) {
                seen++;
            }
            assertEquals(reserved ? 0 : 14, seen);
        });
    }

    @Test
    void writesRunsAndVectors() {
        TwccReceiver receiver = new TwccReceiver();
        for (int i = 0; i < 5; i++) {
            receiver.onPacket(100 + i, 64_000 * MS + (i + 1) * MS);
        }
        assertEquals(64_101 * MS, receiver.deadlineNs());
        assertEquals("", feedback(receiver, 64_100 * MS));
        assertEquals(
                "afcd0006" + "11111111" + "22222222" + "00640005" + "0003e800" + "2005" + "0404040404" + "01",
                feedback(receiver, 64_101 * MS));
        assertEquals(Long.MAX_VALUE, receiver.deadlineNs());
        assertEquals("", feedback(receiver, 64_300 * MS));

        receiver.onPacket(106, 64_310 * MS); // 105 is missing, then a late and a far one
        receiver.onPacket(108, 64_300 * MS);
        receiver.onPacket(109, 64_500 * MS);
        assertEquals(
                "afcd0006" + "11111111" + "22222222" + "00690005" + "0003ec01" + chunk(0, 1, 0, 2, 2) + "d8" + "ffd8"
                        + "0320" + "01",
                feedback(receiver, 64_500 * MS));
    }

    private static String chunk(int... symbols) {
        int word = 0xC000;
        for (int i = 0; i < symbols.length; i++) {
            word |= symbols[i] << 12 - 2 * i;
        }
        return HexFormat.of().toHexDigits((short) word);
    }

    @RepeatedTest(10)
    void everyArrivalIsToldOnce(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        TwccReceiver receiver = new TwccReceiver();
        Map<Integer, Long> expected = new HashMap<>();
        Map<Integer, Long> told = new HashMap<>();
        long now = random.nextInt(1_000_000) * MS;
        int seq = 60_000;
        long pause = 1 + random.nextInt(9);
        for (int i = 0; i < 20_000; i++, seq++) {
            now += random.nextInt(100) == 0 ? 150 * MS : random.nextLong(pause * MS);
            if (random.nextInt(10) < run.getCurrentRepetition() % 4) {
                continue; // lost
            }
            int late = random.nextInt(20) == 0 ? 3 : 0; // overtaken by up to three
            if (expected.putIfAbsent(seq - late, now) == null) {
                receiver.onPacket(seq - late & 0xFFFF, now);
            }
            receiver.onPacket(seq - late & 0xFFFF, now + 5); // a duplicate changes nothing
            drain(receiver, now, told, seq);
        }
        drain(receiver, now + 200 * MS, told, seq);
        assertTrue(expected.keySet().equals(told.keySet()), expected.size() + " arrived, told of " + told.size());
        expected.forEach((s, at) -> assertEquals(Math.floorDiv(at, 250_000L) * 250, told.get(s), 0.1, "packet " + s));
    }

    private void drain(TwccReceiver receiver, long now, Map<Integer, Long> told, int about) {
        while (receiver.deadlineNs() <= now) {
            writer.begin(buffer, 0, 1200);
            if (!writer.transportFeedback(1, 2, receiver, now)) {
                return;
            }
            RtcpView rtcp = new RtcpView();
            assertTrue(rtcp.wrap(buffer, 0, writer.length()) && rtcp.next());
            assertEquals(RtcpView.Kind.TRANSPORT_FEEDBACK, rtcp.found());
            assertTrue(view.wrap(buffer, rtcp.packetOffset(), rtcp.packetLength()));
            while (view.next()) {
                int seq = about + (short) (view.sequenceNumber() - about);
                if (view.received()) {
                    Long before = told.put(seq, view.arrivalUs());
                    assertTrue(before == null || before == view.arrivalUs(), "told twice, differently");
                }
            }
        }
    }

    @Test
    void tellsOfPacketsLostInFront() {
        TwccReceiver receiver = new TwccReceiver();
        receiver.onPacket(0, 0);
        feedback(receiver, 100 * MS);
        receiver.onPacket(4, 110 * MS);
        feedback(receiver, 300 * MS);
        assertTrue(view.wrap(buffer, 0, writer.length()));
        assertEquals(1, view.baseSequenceNumber());
        assertEquals(4, view.statusCount());
        receiver.onPacket(900, 400 * MS);
        feedback(receiver, 600 * MS);
        assertTrue(view.wrap(buffer, 0, writer.length()));
        assertEquals(700, view.baseSequenceNumber());
        assertEquals(201, view.statusCount());
    }

    @Test
    void countsItsFeedbacks() {
        TwccReceiver receiver = new TwccReceiver();
        for (int i = 0; i < 258; i++) {
            receiver.onPacket(i, i * 200 * MS);
            feedback(receiver, i * 200 * MS + 100 * MS);
            assertTrue(view.wrap(buffer, 0, writer.length()));
            assertEquals(i & 0xFF, view.feedbackCount());
        }
    }

    @Test
    void staysWithinTheRoomAndGoesOnLater() {
        TwccReceiver receiver = new TwccReceiver();
        for (int i = 0; i < 900; i++) {
            receiver.onPacket(i, i * 100_000L);
        }
        int told = 0;
        while (receiver.deadlineNs() <= 1_000 * MS) {
            writer.begin(buffer, 0, 60);
            assertTrue(writer.transportFeedback(1, 2, receiver, 1_000 * MS));
            assertTrue(writer.length() <= 60);
            assertTrue(view.wrap(buffer, 0, writer.length()));
            told += view.statusCount();
        }
        assertEquals(900, told);
        receiver.onPacket(901, 2_000 * MS);
        writer.begin(buffer, 0, 27);
        assertFalse(writer.transportFeedback(1, 2, receiver, 3_000 * MS), "not even the smallest fits");
    }

    @Test
    void forgetsWhatLeavesTheWindow() {
        TwccReceiver receiver = new TwccReceiver();
        receiver.onPacket(5, 0);
        receiver.onPacket(5 + TwccReceiver.WINDOW, MS);
        receiver.onPacket(4, MS); // too old by now
        feedback(receiver, 200 * MS);
        assertTrue(view.wrap(buffer, 0, writer.length()));
        int received = 0;
        while (view.next()) {
            received += view.received() ? 1 : 0;
        }
        assertEquals(1, received);
    }

    @Test
    void mutantsNeverLeaveThePacket() {
        for (JsonObject c : Vectors.objects(CASES, "cases")) {
            Mutations.of(Vectors.hex(c, "hex"), 3, mutant -> {
                if (view.wrap(exactly(mutant, mutant.length), 0, mutant.length)) {
                    while (view.next()) {
                        view.arrivalUs();
                    }
                }
            });
        }
    }

    @Test
    void everyPrefixIsRefusedOrRead() {
        byte[] packet = HexFormat.of().parseHex("afcd00061111111122222222006400050003e8002005040404080001");
        for (int length = 0; length < packet.length; length++) {
            assertEquals(length >= 27, view.wrap(exactly(packet, length), 0, length), "length " + length);
        }
    }

    @Test
    void allocatesNothing() {
        TwccReceiver receiver = new TwccReceiver();
        int[] seq = {0};
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                int s = seq[0]++;
                receiver.onPacket(s & 0xFFFF, s * 3 * MS);
                writer.begin(buffer, 0, 1200);
                if (writer.transportFeedback(1, 2, receiver, s * 3 * MS)) {
                    view.wrap(buffer, 0, writer.length());
                    while (view.next()) {
                        view.arrivalUs();
                    }
                }
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private String feedback(TwccReceiver receiver, long nowNs) {
        writer.begin(buffer, 0, 1200);
        writer.transportFeedback(0x11111111L, 0x22222222L, receiver, nowNs);
        return HexFormat.of().formatHex(buffer.array(), 0, writer.length());
    }
}
