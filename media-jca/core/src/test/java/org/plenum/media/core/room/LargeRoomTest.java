/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;

/** Where many microphones are on, only the few who speak are heard. */
class LargeRoomTest {
    private static final int SILENT = 90;
    private static final int SPEAKING = 30;

    private final TestRoom test = new TestRoom();
    private final List<Track> microphones = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final int[] sequence = new int[40];

    private void microphones(int count) {
        for (int i = microphones.size(); i < count; i++) {
            Track track = (Track) test.room.publish(
                    test.alice.peer,
                    new Forwarding.PublicationSpec(
                            "m" + i,
                            false,
                            false,
                            "audio/opus",
                            48_000,
                            TestRoom.OPUS,
                            -1,
                            -1,
                            false,
                            Map.of(HeaderExtensions.AUDIO_LEVEL, TestRoom.LEVEL),
                            List.of(new Forwarding.Ssrcs(1000 + i, -1)),
                            List.of()));
            Delivery delivery = (Delivery) test.room.subscribe(test.bob.peer, track);
            delivery.start(new Forwarding.SubscriptionSpec("s" + i, 109, -1, -1, Map.of()));
            microphones.add(track);
            deliveries.add(delivery);
        }
    }

    private void sends(int microphone, int minusDbov) {
        int number = sequence[microphone]++;
        test.alice.sendsMedia(TestRoom.packet(
                1000 + microphone,
                TestRoom.OPUS,
                number,
                960L * number,
                new byte[] {'o', 'p', 'u', 's'},
                TestRoom.LEVEL,
                minusDbov));
    }

    /** One packet of everybody, who are so loud; 20 ms later. @return who was heard */
    private List<Integer> heard(int... minusDbov) {
        test.bobGot();
        for (int i = 0; i < microphones.size(); i++) {
            sends(i, i < minusDbov.length ? minusDbov[i] : SILENT);
        }
        List<Integer> heard = new ArrayList<>();
        for (RtpView packet : test.bobGot()) {
            heard.add(IntStream.range(0, deliveries.size())
                    .filter(i -> deliveries.get(i).ssrc() == packet.ssrc())
                    .findFirst()
                    .orElseThrow());
        }
        test.loop.nowNs += 20_000_000;
        return heard;
    }

    @Test
    void inASmallRoomEverybodyIsHeard() {
        microphones(15);
        assertEquals(15, heard().size());
    }

    @Test
    void inALargeOneWhoSpeaksIsHeardFromTheFirstPacketOn() {
        microphones(16);
        assertEquals(List.of(), heard());
        assertEquals(List.of(0, 2), heard(SPEAKING, SILENT, SPEAKING));
        assertEquals(List.of(0, 2), heard(), "the end of a word is not cut off");
    }

    @Test
    void notMoreThanSixAtATime() {
        microphones(20);
        int[] everybody = new int[20];
        java.util.Arrays.fill(everybody, SPEAKING);
        for (int i = 0; i < 50; i++) {
            assertEquals(List.of(0, 1, 2, 3, 4, 5), heard(everybody));
        }
        everybody[9] = SPEAKING - 20; // much louder
        for (int i = 0; i < 25; i++) {
            heard(everybody);
        }
        List<Integer> now = heard(everybody);
        assertEquals(6, now.size());
        assertTrue(now.contains(9));
    }

    @Test
    void whatIsLeftOutLeavesNoGapInTheNumbers() {
        microphones(16);
        heard(SPEAKING);
        test.bobGot();
        sends(0, SPEAKING);
        int before = test.bobGot().get(0).sequenceNumber();
        int more = 0; // as long as no sixth other speaks
        test.loop.nowNs += 5_000_000_000L; // silent for so long that six others take the places
        for (int i = 0; i < 100; i++) {
            boolean still = heard(SILENT, SPEAKING, SPEAKING, SPEAKING, SPEAKING, SPEAKING, SPEAKING)
                    .contains(0);
            more += still ? 1 : 0;
        }
        assertTrue(more < 2);
        test.loop.nowNs += 5_000_000_000L;
        test.bobGot();
        sends(0, SPEAKING);
        List<RtpView> again = test.bobGot();
        assertEquals(1, again.size());
        assertEquals(before + more + 1, again.get(0).sequenceNumber());
    }

    @Test
    void whenTheRoomIsSmallAgainEverybodyIsHeardAgain() {
        microphones(16);
        assertEquals(List.of(), heard());
        microphones.remove(15).close();
        deliveries.remove(15);
        assertEquals(15, heard().size());
    }
}
