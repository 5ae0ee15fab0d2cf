/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import static org.junit.jupiter.api.Assertions.*;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Vectors;
import org.plenum.media.core.rtcp.NtpTime;
import org.plenum.media.core.rtcp.SourceClock;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;
import org.plenum.media.core.rtp.Vp8Descriptor;

class StreamRewriterTest {
    private static final long MS = 1_000_000L;
    private static final int LOW = 0;
    private static final int HIGH = 1;

    private final StreamRewriter rewriter = new StreamRewriter(90_000, 5000, 90_000, 64);
    private final ByteBuffer buffer = ByteBuffer.allocate(64);
    private final RtpWriter writer = new RtpWriter();
    private final RtpView packet = new RtpView();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();

    @Test
    void switchesLikeTheVector() {
        JsonObject switching =
                Vectors.load("video-payloads.json").getJsonObject("vp8").getJsonObject("switching");
        long now = 0;
        long before = 0;
        for (JsonObject step : Vectors.objects(switching, "example")) {
            JsonObject in = step.getJsonObject("in");
            JsonObject out = step.getJsonObject("out");
            int source = in.getString("source").equals("low") ? LOW : HIGH;
            video(in.getInt("seq"), in.getInt("ts"), in.getInt("pictureId"), in.getInt("tl0"));
            assertTrue(rewriter.accept(source, packet, vp8, null, now));
            assertEquals(out.getInt("seq"), rewriter.sequenceNumber());
            assertEquals(before == 0 ? 90_000 : before + 3000, rewriter.timestamp());
            assertPicture(out.getInt("pictureId"), out.getInt("tl0"));
            before = rewriter.timestamp();
            now += 33_334_000L; // 3000.06 units
        }
    }

    @Test
    void beginsWhereItIsTold() {
        assertFalse(rewriter.started());
        assertEquals(-1, rewriter.currentSource());
        assertEquals(0, rewriter.timestampOf(7));
        audio(17, 1234);
        assertTrue(rewriter.accept(LOW, packet, null, null, 0));
        assertTrue(rewriter.started());
        assertEquals(5000, rewriter.sequenceNumber());
        assertEquals(90_000, rewriter.timestamp());
        assertEquals(90_010, rewriter.timestampOf(1244));
        assertEquals(LOW, rewriter.currentSource());
        assertEquals(17, rewriter.originalSequenceNumber());
    }

    @Test
    void reorderedPacketsKeepTheirPlace() {
        accept(LOW, 10, 0);
        accept(LOW, 13, 3000);
        assertEquals(5003, rewriter.sequenceNumber());
        accept(LOW, 11, 1000);
        assertEquals(5001, rewriter.sequenceNumber());
        assertEquals(91_000, rewriter.timestamp());
        accept(LOW, 14, 4000);
        assertEquals(5004, rewriter.sequenceNumber());
        audio(9, 0);
        assertFalse(rewriter.accept(LOW, packet, null, null, 0), "before the first packet: its number is taken");
    }

    @Test
    void aPauseClosesUpAndTheClockGoesOn() {
        accept(LOW, 10, 0);
        accept(LOW, 11, 3000);
        rewriter.pause();
        accept(LOW, 500, 903_000);
        assertEquals(5002, rewriter.sequenceNumber());
        assertEquals(90_000 + 903_000, rewriter.timestamp());
        audio(499, 900_000);
        assertFalse(rewriter.accept(LOW, packet, null, null, 0), "from within the pause");
    }

    @Test
    void survivesTheWrapOfTheSource() {
        accept(LOW, 65_534, 0xFFFF_FFFFL);
        for (int i = 1; i < 70_000; i++) {
            accept(LOW, 65_534 + i & 0xFFFF, 0xFFFF_FFFFL + i * 100L & 0xFFFF_FFFFL);
            assertEquals(5000 + i & 0xFFFF, rewriter.sequenceNumber());
            assertEquals(90_000 + i * 100L, rewriter.timestamp());
        }
    }

    @Test
    void withoutReportsTheTimeSinceTheLastPacketCounts() {
        accept(LOW, 10, 0);
        audio(77, 555);
        assertTrue(rewriter.accept(HIGH, packet, null, null, 500 * MS));
        assertEquals(90_000 + 45_000, rewriter.timestamp());
        audio(10, 9);
        assertTrue(rewriter.accept(LOW, packet, null, null, 500 * MS));
        assertEquals(90_000 + 45_001, rewriter.timestamp(), "never back, never the same");
    }

    @Test
    void reportsTellTheInstantOfTheNewSource() {
        SourceClock low = new SourceClock(90_000);
        SourceClock high = new SourceClock(90_000);
        long ntp = 1000L << 32;
        low.onSenderReport(ntp, 1_000_000, 0);
        high.onSenderReport(ntp + NtpTime.ofNanos(100 * MS), 7_000_000, 100 * MS); // its clock: 6_991_000 at ntp

        audio(10, 1_000_000);
        assertTrue(rewriter.accept(LOW, packet, null, low, 0));
        audio(77, 6_991_000 + 9_000); // captured 100 ms after that, arrives late
        assertTrue(rewriter.accept(HIGH, packet, null, high, 250 * MS));
        assertEquals(90_000 + 9_000, rewriter.timestamp());
        assertEquals(90_000 + 18_000, rewriter.timestampOf(high.timestampAt(200 * MS)), "for the sender report");
    }

    @Test
    void aClockThatLiesIsNotFollowed() {
        SourceClock low = new SourceClock(90_000);
        SourceClock high = new SourceClock(90_000);
        low.onSenderReport(1000L << 32, 0, 0);
        high.onSenderReport(1100L << 32, 0, 0); // a hundred seconds ahead
        audio(10, 0);
        assertTrue(rewriter.accept(LOW, packet, null, low, 0));
        audio(77, 0);
        assertTrue(rewriter.accept(HIGH, packet, null, high, 100 * MS));
        assertEquals(90_000 + 9_000, rewriter.timestamp());

        high.onSenderReport(
                1000L << 32, 50_000, 0); // the new source is behind the old one: capture before the last packet
        audio(11, 9_000);
        assertTrue(rewriter.accept(LOW, packet, null, low, 200 * MS));
        long before = rewriter.timestamp();
        audio(99, 49_000);
        assertTrue(rewriter.accept(HIGH, packet, null, high, 200 * MS));
        assertEquals(before + 1, rewriter.timestamp());
    }

    @Test
    void recallsAcrossASwitch() {
        video(1000, 0, 100, 10);
        assertTrue(rewriter.accept(LOW, packet, vp8, null, 0));
        video(1001, 3000, 101, 11);
        assertTrue(rewriter.accept(LOW, packet, vp8, null, 33 * MS));
        video(40, 777, 5, 200);
        assertTrue(rewriter.accept(HIGH, packet, vp8, null, 66 * MS));

        assertFalse(rewriter.recall(5003, 20 * MS, 100 * MS), "never sent");
        assertFalse(rewriter.recall(5001, 80 * MS, 100 * MS), "sent 67 ms ago");
        assertTrue(rewriter.recall(5001, 60 * MS, 100 * MS));
        assertEquals(LOW, rewriter.source());
        assertEquals(HIGH, rewriter.currentSource());
        assertEquals(1001, rewriter.originalSequenceNumber());
        video(1001, 3000, 101, 11);
        rewriter.again(packet, vp8);
        assertEquals(5001, rewriter.sequenceNumber());
        assertEquals(93_000, rewriter.timestamp());
        assertPicture(101, 11);

        assertTrue(rewriter.recall(5002, 20 * MS, 100 * MS));
        assertEquals(HIGH, rewriter.source());
        assertEquals(40, rewriter.originalSequenceNumber());
        video(40, 777, 5, 200);
        rewriter.again(packet, vp8);
        assertPicture(102, 12);
        assertFalse(rewriter.recall(5002, 20 * MS, 110 * MS), "sent again 10 ms ago");
    }

    @Test
    void epochsAreForgottenAfterSixtyFour() {
        for (int i = 0; i < 65; i++) {
            audio(100 * i, i * 50_000L);
            assertTrue(rewriter.accept(i, packet, null, null, i * MS));
        }
        assertFalse(rewriter.recall(5000, 0, 100 * MS));
        assertTrue(rewriter.recall(5001, 0, 100 * MS));
        assertEquals(1, rewriter.source());
    }

    @Test
    void keyIndexGoesOnToo() {
        video(1, 0, 1, 1);
        assertTrue(rewriter.accept(LOW, packet, vp8, null, 0));
        vp8.wrap(buffer, packet.payloadOffset(), packet.payloadLength());
        rewriter.rewrite(vp8);
        int before = vp8.keyIdx();
        video(1, 0, 1, 1);
        assertTrue(rewriter.accept(HIGH, packet, vp8, null, 0));
        rewriter.rewrite(vp8);
        assertEquals(before + 1, vp8.keyIdx());
    }

    /** Switches, pauses, loss and reordering: what comes out has no gap but the losses, and never goes back. */
    @RepeatedTest(10)
    void theReceiverSeesOneStream(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int[] seq = {random.nextInt(65_536), random.nextInt(65_536), random.nextInt(65_536)};
        long[] timestamp = {random.nextInt() & 0xFFFF_FFFFL, random.nextInt() & 0xFFFF_FFFFL, 0xFFFF_FF00L};
        int current = 0;
        int lost = 0;
        Map<Integer, Long> out = new HashMap<>(); // wraps after 65536, which is more than is sent
        long last = 0;
        int sent = 0;
        for (int frame = 0; frame < 5_000; frame++) {
            for (int i = 0; i < 3; i++) {
                seq[i] = seq[i] + 1 & 0xFFFF;
                timestamp[i] = timestamp[i] + 3000 & 0xFFFF_FFFFL;
            }
            boolean begins = false;
            if (random.nextInt(50) == 0) {
                current = random.nextInt(3);
                begins = true; // perhaps the same source: no epoch then
            }
            if (!begins && random.nextInt(100) == 0) {
                rewriter.pause();
                continue;
            }
            audio(seq[current], timestamp[current]);
            if (!begins && random.nextInt(20) == 0) {
                lost++;
                continue;
            }
            assertTrue(rewriter.accept(current, packet, null, null, frame * 33 * MS));
            assertNull(out.put(rewriter.sequenceNumber(), rewriter.timestamp()), "a number given twice");
            assertTrue(sent == 0 || (int) (rewriter.timestamp() - last) > 0, "time went back at " + frame);
            last = rewriter.timestamp();
            sent++;
        }
        int span = rewriter.sequenceNumber() - 5000 + 1;
        assertTrue(span >= sent && span <= sent + lost, span + " numbers for " + sent + " packets, " + lost + " lost");
    }

    @Test
    void allocatesNothing() {
        video(1, 0, 1, 1);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 200_000; i++) {
                packet.sequenceNumber(i);
                packet.timestamp(i * 3000L);
                rewriter.accept(i / 1000 % 3, packet, vp8, null, i * MS);
                rewriter.rewrite(vp8);
                if (rewriter.recall(rewriter.sequenceNumber(), 0, i * MS)) {
                    rewriter.again(packet, vp8);
                }
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private void accept(int source, int seq, long timestamp) {
        audio(seq, timestamp);
        assertTrue(rewriter.accept(source, packet, null, null, 0));
    }

    private void audio(int seq, long timestamp) {
        writer.begin(buffer, 0, false, 111, seq, timestamp, 1);
        assertTrue(packet.wrap(buffer, 0, writer.endHeader() + 10));
    }

    private void video(int seq, long timestamp, int pictureId, int tl0) {
        audio(seq, timestamp);
        int at = packet.payloadOffset();
        buffer.put(at, (byte) 0x90);
        buffer.put(at + 1, (byte) 0xF0);
        buffer.putShort(at + 2, (short) (0x8000 | pictureId));
        buffer.put(at + 4, (byte) tl0);
        buffer.put(at + 5, (byte) 0x03);
        assertTrue(vp8.wrap(buffer, at, packet.payloadLength()));
    }

    private void assertPicture(int pictureId, int tl0) {
        rewriter.rewrite(vp8);
        assertEquals(pictureId, vp8.pictureId());
        assertEquals(tl0, vp8.tl0PicIdx());
    }
}
