/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.congestion.Allocator;
import org.plenum.media.core.peer.TestLoop;
import org.plenum.media.core.rtp.RtpView;

/** A camera with three temporal layers in a room: whose line is narrow, or who wants it so, gets every second or every fourth frame. */
class FewerFramesTest {
    private final TestRoom test = new TestRoom();
    private final Track camera = test.camera();
    private final Delivery delivery = test.subscribe(camera);
    private int picture;

    /** Frames of one packet, 30 a second. @return what bob got */
    private List<RtpView> play(int frames) {
        for (int i = 0; i < frames; i++, picture++) {
            test.alice.sendsMedia(frame(picture));
            test.loop.nowNs += 33 * TestLoop.MS;
            test.room.poll(test.loop.nowNs);
        }
        return test.bobGot();
    }

    private static byte[] frame(int picture) {
        int layer = picture % 2 == 1 ? 2 : picture % 4 == 2 ? 1 : 0;
        int sync = picture % 8 == 2 || picture % 8 == 3 ? 0x20 : 0;
        byte[] payload = new byte[100];
        payload[0] = (byte) 0x90;
        payload[1] = (byte) 0xE0;
        payload[2] = (byte) (0x80 | picture >> 8);
        payload[3] = (byte) picture;
        payload[4] = (byte) (picture / 4);
        payload[5] = (byte) (layer << 6 | sync);
        payload[6] = (byte) (picture == 0 ? 0 : 1);
        return TestRoom.packet(0xCAFE, TestRoom.VP8, 100 + picture, 3000L * picture, payload);
    }

    private static void assertNoGaps(List<RtpView> got) {
        int first = got.get(0).sequenceNumber();
        int firstPicture = picture(got.get(0));
        assertEquals(
                IntStream.range(0, got.size()).mapToObj(i -> first + i).toList(),
                got.stream().map(RtpView::sequenceNumber).toList());
        assertEquals(
                IntStream.range(0, got.size()).mapToObj(i -> firstPicture + i).toList(),
                got.stream().map(FewerFramesTest::picture).toList());
    }

    private static int picture(RtpView packet) {
        return packet.buffer().getShort(packet.payloadOffset() + 2) & 0x7FFF;
    }

    @Test
    void whoWantsFifteenAFrameRateOfThirtyGivesFifteen() {
        play(60);
        delivery.frameRate(15);
        play(4);
        List<RtpView> got = play(60);
        assertEquals(30, got.size());
        assertNoGaps(got);
        delivery.frameRate(7);
        play(4);
        assertEquals(15, play(60).size());
        delivery.frameRate(0);
        play(8);
        got = play(60);
        assertEquals(60, got.size());
        assertNoGaps(got);
    }

    @Test
    void theLinesStepsAreFrameRates() {
        play(60);
        assertTrue(delivery.bitrate(0) < delivery.bitrate(1) && delivery.bitrate(1) < delivery.bitrate(2));
        assertEquals(delivery.bitrate(2), 4 * delivery.bitrate(0), delivery.bitrate(2) / 10);
        delivery.allow(0);
        List<RtpView> got = play(60);
        assertEquals(15, got.size());
        assertNoGaps(got);
        delivery.allow(1);
        play(8);
        assertEquals(30, play(60).size());
        delivery.allow(Allocator.NONE);
        assertEquals(0, play(60).size());
    }
}
