/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.congestion.TemporalRates;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;
import org.plenum.media.core.rtp.Vp8Descriptor;

/** Frames of higher temporal layers are left out, and nobody who gets the rest can see that there ever were any. */
class TemporalLayersTest {
    private static final int SOURCE = 0;
    private static final long MS = 1_000_000L;

    private final StreamRewriter rewriter = new StreamRewriter(90_000, 5000, 90_000, 512);
    private final TemporalSelector selector = new TemporalSelector();
    private final ByteBuffer buffer = ByteBuffer.allocate(64);
    private final RtpWriter writer = new RtpWriter();
    private final RtpView packet = new RtpView();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();

    /** A packet as three-layer VP8 has it; picture 0 is a key frame, of eight pictures one of each layer is marked as a place to rise at. */
    private record Sent(int seq, int picture, boolean first, boolean last) {
        int layer() {
            return switch (picture % 4) {
                case 0 -> 0;
                case 2 -> 1;
                default -> 2;
            };
        }

        boolean rises() {
            return picture % 8 == 2 || picture % 8 == 3;
        }
    }

    private void wrap(Sent sent) {
        writer.begin(buffer, 0, sent.last, 96, sent.seq & 0xFFFF, sent.picture * 3000L, 1);
        assertTrue(packet.wrap(buffer, 0, writer.endHeader() + 20));
        int at = packet.payloadOffset();
        buffer.put(at, (byte) (sent.first ? 0x90 : 0x80));
        buffer.put(at + 1, (byte) 0xE0);
        buffer.putShort(at + 2, (short) (0x8000 | sent.picture & 0x7FFF));
        buffer.put(at + 4, (byte) (sent.picture / 4));
        buffer.put(at + 5, (byte) (sent.layer() << 6 | (sent.rises() ? 0x20 : 0)));
        buffer.put(at + 6, (byte) (sent.picture == 0 ? 0x10 : 0x11));
        assertTrue(vp8.wrap(buffer, at, packet.payloadLength()));
    }

    /** @return whether it goes to the receiver; the rewriter has its numbers then */
    private boolean send(Sent sent) {
        wrap(sent);
        if (!rewriter.isLate(SOURCE, packet) && !selector.forwards(vp8, sent.picture == 0 && sent.first)) {
            rewriter.leaveOut(SOURCE, packet, vp8);
            return false;
        }
        boolean accepted = rewriter.accept(SOURCE, packet, vp8, null, sent.picture * 33 * MS);
        rewriter.rewrite(vp8);
        return accepted;
    }

    private static Sent single(int picture) {
        return new Sent(1000 + picture, picture, true, true);
    }

    @Test
    void numbersAndPicturesCloseUp() {
        selector.allowed(1);
        int out = 0;
        for (int picture = 0; picture < 40; picture++) {
            assertEquals(picture % 2 == 0, send(single(picture)));
            if (picture % 2 == 0) {
                assertEquals(5000 + out, rewriter.sequenceNumber());
                assertEquals(out, vp8.pictureId());
                assertEquals(picture / 4, vp8.tl0PicIdx(), "of the base layer none is missing");
                assertEquals(90_000 + 3000 * picture, rewriter.timestamp(), "time does not close up");
                out++;
            }
        }
    }

    @Test
    void framesComeBackOneLayerAfterTheOtherWhereTheyMay() {
        selector.allowed(0);
        for (int picture = 0; picture < 8; picture++) {
            assertEquals(picture % 4 == 0, send(single(picture)));
        }
        selector.allowed(2);
        List<Integer> seen = new ArrayList<>();
        for (int picture = 8; picture < 24; picture++) {
            if (send(single(picture))) {
                seen.add(picture);
            }
        }
        assertEquals(List.of(8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23), seen);
        selector.allowed(1);
        assertFalse(send(single(25)), "at once");
        assertTrue(send(single(26)));
        selector.allowed(0);
        assertFalse(send(single(30)));
        selector.allowed(1);
        assertFalse(send(single(38)), "may need the one before, which this receiver has not got");
        assertTrue(send(single(42)));
    }

    @Test
    void aKeyFrameBringsEverythingBack() {
        selector.allowed(0);
        send(single(0));
        assertFalse(send(single(1)));
        selector.allowed(2);
        wrap(single(0));
        assertTrue(selector.forwards(vp8, true));
        wrap(single(5));
        assertTrue(selector.forwards(vp8, false));
    }

    @Test
    void aFrameThatHasBegunIsNotCut() {
        send(single(0));
        assertTrue(send(new Sent(1001, 1, true, false)));
        selector.allowed(0);
        assertTrue(send(new Sent(1002, 1, false, true)));
        assertFalse(send(new Sent(1003, 2, true, true)));
    }

    @Test
    void whatComesLateHasItsPlace() {
        selector.allowed(1);
        send(single(0));
        assertFalse(send(single(1)));
        assertTrue(send(single(4))); // 2 and 3 are missing
        assertEquals(5003, rewriter.sequenceNumber());
        assertFalse(send(single(5)));
        assertTrue(send(single(6)));
        assertEquals(5004, rewriter.sequenceNumber());
        assertTrue(send(single(2)));
        assertEquals(5001, rewriter.sequenceNumber());
        assertEquals(1, vp8.pictureId());
        assertTrue(send(single(3)), "the receiver waits for this number");
        assertEquals(5002, rewriter.sequenceNumber());
        assertTrue(send(single(8)));
        assertEquals(5006, rewriter.sequenceNumber(), "7 has its place too");
    }

    @Test
    void whatWasMissedIsFoundBehindWhatWasLeftOut() {
        selector.allowed(1);
        for (int picture = 0; picture < 60; picture++) {
            send(single(picture));
        }
        assertTrue(rewriter.recall(5010, 0, 2000 * MS));
        assertEquals(1020, rewriter.originalSequenceNumber());
        wrap(single(20));
        rewriter.again(packet, vp8);
        rewriter.rewrite(vp8);
        assertEquals(5010, rewriter.sequenceNumber());
        assertEquals(10, vp8.pictureId());
    }

    @Test
    void behindAPauseTheNumbersGoOnFromWhatWasSent() {
        selector.allowed(0);
        send(single(0));
        assertFalse(send(single(1)));
        rewriter.pause();
        wrap(single(2));
        assertFalse(rewriter.isLate(SOURCE, packet));
        rewriter.leaveOut(SOURCE, packet, vp8); // nothing to close up over
        assertTrue(send(single(4)));
        assertEquals(5001, rewriter.sequenceNumber());
        assertEquals(1, vp8.pictureId());
    }

    /** Loss, reordering and frames that come and go: no number twice, no gap but what is lost, pictures in the order of time. */
    @RepeatedTest(20)
    void theReceiverSeesOneStream(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<Sent> sent = new ArrayList<>();
        int seq = random.nextInt(65_536);
        for (int picture = 0; picture < 3000; picture++) {
            int packets = 1 + random.nextInt(3);
            for (int i = 0; i < packets; i++) {
                sent.add(new Sent(seq++, picture, i == 0, i == packets - 1));
            }
        }
        int lost = 0;
        for (int i = 5; i + 3 < sent.size(); i++) {
            if (random.nextInt(50) == 0) {
                sent.add(i + 1 + random.nextInt(2), sent.remove(i)); // one or two places later
            } else if (random.nextInt(50) == 0) {
                sent.remove(i);
                lost++;
            }
        }
        Map<Integer, Integer> pictures = new HashMap<>(); // by number
        int first = -1;
        int last = -1;
        int wraps = 0;
        for (Sent each : sent) {
            if (random.nextInt(30) == 0) {
                selector.allowed(random.nextInt(3));
            }
            if (send(each)) {
                int number = rewriter.sequenceNumber();
                assertNull(pictures.put(number + 65_536 * wraps, vp8.pictureId()), "a number given twice: " + number);
                first = first < 0 ? number : first;
                last = Math.max(last, number);
            }
        }
        int gaps = last - first + 1 - pictures.size();
        assertTrue(gaps >= 0 && gaps <= lost, gaps + " gaps, " + lost + " lost");
        int before = -1;
        int unknown = 0;
        for (int number = first; number <= last; number++) {
            Integer picture = pictures.get(number);
            if (picture != null) {
                unknown += Math.max(0, picture - before - 1);
                assertTrue(picture >= before - 1, number + ": picture " + picture + " behind " + before);
                before = picture;
            }
        }
        assertTrue(unknown <= lost, unknown + " pictures missing, " + lost + " packets lost");
    }

    @Test
    void theSmallestSizeHasAllFrameRatesAndTheOthersNoneButTheWhole() {
        Ladder ladder = new Ladder(3, false);
        assertEquals(5, ladder.steps());
        int[] layers = {0, 0, 0, 1, 2};
        int[] temporal = {0, 1, 2, 2, 2};
        for (int step = 0; step < 5; step++) {
            assertEquals(layers[step], ladder.layer(step));
            assertEquals(temporal[step], ladder.temporal(step));
        }
        assertEquals(2, ladder.top(0));
        assertEquals(4, ladder.top(2));
    }

    @Test
    void whatIsReadGetsSizeBeforeFrames() {
        Ladder ladder = new Ladder(2, true);
        assertEquals(6, ladder.steps());
        for (int step = 0; step < 6; step++) {
            assertEquals(step / 3, ladder.layer(step));
            assertEquals(step % 3, ladder.temporal(step));
        }
        assertEquals(2, ladder.top(0));
        assertEquals(5, ladder.top(1));
    }

    @Test
    void ratesAreToldByLayer() {
        TemporalRates rates = new TemporalRates();
        for (int picture = 0; picture < 30; picture++) {
            rates.onPacket(new Sent(0, picture, true, true).layer(), 1000, true, picture * 33 * MS);
        }
        long now = 990 * MS;
        assertEquals(8 * 8000, rates.bitrate(0, now));
        assertEquals(8 * 15_000, rates.bitrate(1, now));
        assertEquals(8 * 30_000, rates.bitrate(2, now));
        assertEquals(0, rates.layerFor(7, now));
        assertEquals(1, rates.layerFor(15, now));
        assertEquals(2, rates.layerFor(20, now));
        assertEquals(2, rates.layerFor(100, now), "as many as there are");
    }
}
