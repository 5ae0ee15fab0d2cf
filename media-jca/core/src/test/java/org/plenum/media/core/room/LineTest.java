/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.room.TestRoom.extensions;
import static org.plenum.media.core.room.TestRoom.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.congestion.Allocator;
import org.plenum.media.core.layers.Ladder;
import org.plenum.media.core.peer.TestLoop;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.TwccReceiver;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;

/** One receiver whose line is played: what arrives when is told by transport-wide feedback. */
class LineTest {
    private static final int TWCC_OUT = 12;
    private static final int SOUND_OUT = 109;
    private static final long MS = TestLoop.MS;
    private static final int[] OCTETS = {200, 1000, 1100}; // of payload in a packet of each layer
    private static final int[] PACKETS = {1, 1, 6}; // of a frame, 30 a second

    private final TestRoom test = new TestRoom();
    private final TwccReceiver arrivals = new TwccReceiver();
    private final List<Boolean> starved = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>(); // transport-wide
    private final int[] sequence = {1, 1, 1};
    private Track camera;
    private Delivery delivery;
    private long capacity = 10_000_000;
    private long lineFreeNs;
    private int frames;
    private int repeats;
    private int losing; // so many packets more
    private int losingEvery; // one of so many
    private int losingRepeats; // so many of them more
    private boolean losingFeedback; // the next
    private final List<Integer> sinceFeedback = new ArrayList<>(); // numbers of the video
    private final List<Integer> untold = new ArrayList<>();
    private final Set<Integer> repeated = new HashSet<>();
    private int arriving;
    private int sounds;
    private int soundOctets;
    private int ends; // packets with the marker

    @BeforeEach
    void oneSimulcastCamera() {
        camera = test.camera(
                List.of(new Forwarding.Ssrcs(1, -1), new Forwarding.Ssrcs(2, -1), new Forwarding.Ssrcs(3, -1)),
                List.of());
        subscribe();
    }

    private void subscribe() {
        delivery = (Delivery) test.room.subscribe(test.bob.peer, camera);
        delivery.whenStarved(starved::add);
        delivery.start(new Forwarding.SubscriptionSpec(
                "7", 120, 121, -1, extensions(HeaderExtensions.TRANSPORT_WIDE_CC, TWCC_OUT)));
    }

    /** All layers are sent; every tenth frame is a key frame. */
    private void play(long millis) {
        for (long end = test.loop.nowNs + millis * MS; test.loop.nowNs < end; frames++) {
            for (int layer = 0; layer < 3; layer++) {
                for (int i = 0; i < PACKETS[layer]; i++) {
                    byte[] small =
                            TestRoom.video(layer + 1, sequence[layer]++, 3000L * frames, frames % 10 == 0 && i == 0);
                    test.alice.sendsMedia(Arrays.copyOf(small, small.length + OCTETS[layer]));
                }
            }
            for (int step = 0; step < 33; step += 3) {
                test.loop.nowNs += 3 * MS;
                test.room.poll(test.loop.nowNs);
                arrive();
            }
            if (frames % 2 == 0) {
                byte[] told = report(writer -> writer.transportFeedback(1, delivery.ssrc(), arrivals, test.loop.nowNs));
                if (losingFeedback) {
                    losingFeedback = false;
                    untold.addAll(sinceFeedback);
                } else {
                    test.bob.sendsReport(told);
                }
                sinceFeedback.clear();
            }
        }
    }

    @Test
    void whatThePacerHoldsHurriesTheLoop() {
        capacity = 400_000;
        play(5000);
        assertTrue(test.bench.takeHurry());
    }

    private void arrive() {
        for (RtpView packet : test.bobGot()) {
            int at = packet.extension(TWCC_OUT);
            repeats += packet.payloadType() == 121 ? 1 : 0;
            if (packet.payloadType() == 120) {
                sinceFeedback.add(packet.sequenceNumber());
            } else if (packet.payloadType() == 121) {
                repeated.add(Short.toUnsignedInt(packet.buffer().getShort(packet.payloadOffset())));
            }
            numbers.add(Short.toUnsignedInt(ByteBuffer.wrap(bytes(packet)).getShort(at)));
            soundOctets = packet.payloadType() == SOUND_OUT + 1 ? packet.length() : soundOctets;
            ends += packet.payloadType() == 120 && packet.marker() ? 1 : 0;
            boolean lost = packet.payloadType() == 121 && losingRepeats > 0 && losingRepeats-- > 0
                    || losingEvery > 0 && ++arriving % losingEvery == 0
                    || losing > 0 && packet.payloadType() == 120 && losing-- > 0;
            if (!lost && lineFreeNs - test.loop.nowNs < 400 * MS) { // a queue that drops at its end
                lineFreeNs = Math.max(lineFreeNs, test.loop.nowNs) + packet.length() * 8L * 1_000_000_000L / capacity;
                arrivals.onPacket(
                        Short.toUnsignedInt(ByteBuffer.wrap(bytes(packet)).getShort(at)), lineFreeNs);
            }
        }
    }

    private static byte[] bytes(RtpView packet) {
        byte[] octets = new byte[packet.length()];
        packet.buffer().get(packet.offset(), octets);
        return octets;
    }

    @Test
    void aGoodLineGetsTheTopLayer() {
        play(5000);
        assertEquals(2, layer());
        assertTrue(test.bob.peer.isOpen());
        assertTrue(starved.isEmpty());
    }

    @Test
    void aNarrowOneGetsALowerLayerUntilItIsWiderAgain() {
        play(3000);
        capacity = 600_000;
        play(5000);
        assertTrue(layer() == 1 || layer() == 0, "layer " + layer());
        repeats = 0;
        capacity = 10_000_000;
        play(15_000);
        assertEquals(2, layer());
        assertTrue(repeats > 0, "it was tried out");
    }

    @Test
    void whenNotEvenTheLowestFitsThePictureStopsAndIsToldOf() {
        play(2000);
        capacity = 30_000;
        play(8000);
        assertEquals(Allocator.NONE, layer());
        assertEquals(List.of(true), starved);
        capacity = 10_000_000;
        play(30_000);
        assertEquals(List.of(true, false), starved);
    }

    /** Octets of the last sound that was sent, with all that goes once more. */
    private int soundOctets() {
        soundOctets = 0;
        for (int i = 0; i < 20; i++) {
            byte[] payload = new byte[200];
            int seq = ++sounds;
            test.alice.sendsMedia(TestRoom.packet(0xA0, TestRoom.OPUS, seq, 960L * seq, payload, TestRoom.LEVEL, 30));
            play(20);
        }
        return soundOctets;
    }

    @Test
    void soundGoesOnceMoreUnlessAPictureIsSmallerForIt() {
        Delivery sound = (Delivery) test.room.subscribe(test.bob.peer, test.microphone());
        sound.start(new Forwarding.SubscriptionSpec(
                "8", SOUND_OUT, -1, SOUND_OUT + 1, extensions(HeaderExtensions.TRANSPORT_WIDE_CC, TWCC_OUT)));
        play(3000);
        assertTrue(soundOctets() > 400, "twice");
        capacity = 140_000;
        play(5000);
        soundOctets();
        int octets = soundOctets();
        assertTrue(octets > 200 && octets < 300, octets + " octets: once, since the picture would not fit else");
        capacity = 10_000_000;
        play(15_000);
        soundOctets();
        assertTrue(soundOctets() > 400, "twice again");
    }

    @Test
    void whatIsToldToBeMissingIsSentAgainOnceWithoutBeingAskedFor() {
        play(3000);
        repeats = 0;
        play(1000);
        assertEquals(0, repeats);
        losing = 3;
        play(1000);
        assertEquals(3, repeats);
    }

    @Test
    void aRepairThatIsLostIsRepaired() {
        play(3000);
        losing = 1;
        losingRepeats = 2;
        repeats = 0;
        play(1000);
        assertEquals(3, repeats);
    }

    @Test
    void onALossyLineWhatLostFeedbackWouldHaveToldIsSentAgain() {
        losingFeedback = true;
        play(200);
        assertTrue(untold.size() > 5);
        assertFalse(repeated.containsAll(untold), "a good line");
        untold.clear();
        losingEvery = 20;
        play(6000);
        repeated.clear();
        losingFeedback = true;
        play(200);
        assertTrue(untold.size() > 5);
        assertTrue(repeated.containsAll(untold), repeated + " for " + untold);
    }

    /** 50 ms, by a report of the receiver on one of the sender's (RFC 3550 section 6.4.1). */
    private void measureRoundTrip() {
        for (int ssrc = 1; ssrc <= 3; ssrc++) {
            long source = ssrc;
            test.alice.sendsReport(
                    report(writer -> writer.senderReport(source, 0x1234_5678_0000_0000L, 3000L * frames, 1, 10)));
        }
        long middle = 0;
        for (int i = 0; i < 100 && middle == 0; i++) {
            test.pass(20);
            middle = sentReport();
        }
        test.pass(50);
        ByteBuffer told = ByteBuffer.allocate(32)
                .putInt(0x81C9_0007)
                .putInt(1)
                .putInt((int) delivery.ssrc())
                .putLong(0)
                .putInt(0)
                .putInt((int) middle)
                .putInt(0);
        test.bob.sendsReport(told.array());
    }

    /** @return the middle of the time stamp of a report on the video that has gone out, 0 for none */
    private long sentReport() {
        RtcpView view = new RtcpView();
        for (byte[] datagram : test.loop.takeSentTo(test.bob)) {
            boolean control = (datagram[1] & 0xFF) >= 192;
            if (control) {
                view.wrap(ByteBuffer.wrap(datagram), 0, datagram.length - TestLoop.TAG - 4);
            }
            while (control && view.next()) {
                if (view.found() == RtcpView.Kind.SENDER_REPORT && view.senderSsrc() == delivery.ssrc()) {
                    return view.ntp() >>> 16 & 0xFFFF_FFFFL;
                }
            }
        }
        return 0;
    }

    @Test
    void feedbackThatIsOverdueIsNotWaitedFor() {
        losingEvery = 20;
        play(6000);
        measureRoundTrip();
        play(1000);
        repeated.clear();
        losingFeedback = true;
        while (losingFeedback) {
            play(33);
        }
        play(33); // the next one comes in 33 ms more
        List<Integer> before = untold.subList(0, 6); // sent in the first half of its time
        assertTrue(repeated.containsAll(before), repeated + " for " + untold);
    }

    private int layer() {
        return delivery.allowed() < 0 ? delivery.allowed() : new Ladder(3, false).layer(delivery.allowed());
    }

    @Test
    void whatWentBeforeASwitchDownIsNotRepaired() {
        play(3000);
        losing = 6;
        capacity = 300_000;
        play(400);
        assertEquals(0, layer());
        repeats = 0;
        for (int number = 0; number < 0x10000; number++) {
            delivery.sendAgain(number, test.loop.nowNs);
        }
        play(33);
        assertTrue(repeats <= 40, repeats + " repeats of what the smaller picture has sent");
    }

    @Test
    void onALossyLineEveryEndOfAFrameGoesTwice() {
        losingEvery = 20;
        play(6000);
        assertTrue(layer() == 2);
        ends = 0;
        repeats = 0;
        play(1000);
        assertTrue(repeats >= ends, repeats + " repeats of " + ends + " frames");
    }

    @Test
    void whatAFullQueueDroppedIsNot() {
        play(3000);
        capacity = 600_000;
        play(700);
        repeats = 0;
        play(500);
        assertEquals(0, repeats);
    }

    @Test
    void whenAllTracksEndedTheNumbersGoOnWithTheNext() {
        play(2000);
        delivery.close();
        test.pass(500);
        subscribe();
        play(3000);
        for (int i = 1; i < numbers.size(); i++) {
            assertEquals(numbers.get(i - 1) + 1, numbers.get(i)); // else arrivals of old packets are taken for new ones
        }
        assertEquals(2, layer());
        assertTrue(starved.isEmpty());
    }

    @Test
    void forgedFeedbackChangesNothingWithoutPackets() {
        byte[] foreign = report(writer -> {
            TwccReceiver nobody = new TwccReceiver();
            nobody.onPacket(40_000, 5);
            writer.transportFeedback(1, 2, nobody, 200 * MS);
        });
        test.bob.sendsReport(foreign);
        test.bob.sendsReport(Arrays.copyOf(foreign, foreign.length - 4));
        play(1000);
        assertEquals(2, layer());
    }
}
