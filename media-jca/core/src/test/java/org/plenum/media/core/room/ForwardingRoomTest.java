/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.room.TestRoom.audio;
import static org.plenum.media.core.room.TestRoom.packet;
import static org.plenum.media.core.room.TestRoom.report;
import static org.plenum.media.core.room.TestRoom.rtx;
import static org.plenum.media.core.room.TestRoom.video;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.peer.TestLoop;
import org.plenum.media.core.rtp.RtpView;

class ForwardingRoomTest {
    private static final long CAM = 0xCAFE;
    private static final long CAM_RTX = 0xCAFF;

    private final TestRoom room = new TestRoom();

    // ---- forwarding

    @Test
    void aPacketArrivesUnderTheNumbersOfItsReceiver() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 500, 9000, true));
        room.alice.sendsMedia(video(CAM, 501, 12000, false));
        List<RtpView> got = room.bobGot();
        assertEquals(2, got.size());
        assertEquals(delivery.ssrc(), got.get(0).ssrc());
        assertEquals(120, got.get(0).payloadType());
        assertTrue(got.get(0).marker());
        assertTrue(got.get(0).sequenceNumber() < 1 << 15, "the rollover counter must be guessed right");
        assertEquals(got.get(0).sequenceNumber() + 1, got.get(1).sequenceNumber());
        assertEquals(3000, (int) (got.get(1).timestamp() - got.get(0).timestamp()));
        int mid = got.get(0).extension(10);
        assertEquals('7', got.get(0).buffer().get(mid));
        assertEquals('p', got.get(0).buffer().get(got.get(0).payloadOffset() + 5));
        assertEquals(2, delivery.packets());
    }

    @Test
    void videoBeginsAtAKeyFrame() {
        room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 1, 0, false));
        assertEquals(0, room.bobGot().size());
        room.pass(20);
        assertTrue(room.reports(room.alice).contains("pli cafe"));
        room.alice.sendsMedia(video(CAM, 2, 3000, true));
        assertEquals(1, room.bobGot().size());
    }

    @Test
    void beforeStartAndAfterCloseNothingIsSent() {
        Track track = room.camera();
        Delivery delivery = (Delivery) room.room.subscribe(room.bob.peer, track);
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        assertEquals(0, room.bobGot().size());
        delivery.start(new Forwarding.SubscriptionSpec("0", 96, -1, -1, Map.of()));
        room.alice.sendsMedia(video(CAM, 2, 0, true));
        assertEquals(1, room.bobGot().size());
        delivery.close();
        room.alice.sendsMedia(video(CAM, 3, 0, true));
        assertEquals(0, room.bobGot().size());
        assertEquals(0, track.deliveries());
    }

    @Test
    void aMutedTrackIsNotForwardedAndContinuesWithoutAGap() {
        Track track = room.microphone();
        room.subscribe(track);
        room.alice.sendsMedia(audio(1, 20));
        int last = room.bobGot().get(0).sequenceNumber();
        track.muted(true);
        room.alice.sendsMedia(audio(2, 20));
        room.alice.sendsMedia(audio(3, 20));
        assertEquals(0, room.bobGot().size());
        track.muted(false);
        room.alice.sendsMedia(audio(4, 20));
        assertEquals(last + 1, room.bobGot().get(0).sequenceNumber());
    }

    @Test
    void pausedVideoResumesAtAKeyFrame() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        delivery.paused(true);
        room.alice.sendsMedia(video(CAM, 2, 3000, false));
        delivery.paused(false);
        room.alice.sendsMedia(video(CAM, 3, 6000, false));
        assertEquals(1, room.bobGot().size());
        room.pass(20);
        assertTrue(room.reports(room.alice).contains("pli cafe"));
        room.alice.sendsMedia(video(CAM, 4, 9000, true));
        assertEquals(1, room.bobGot().size());
    }

    @Test
    void padAndRepeatedPacketsAndWrongTypesEndHere() {
        room.subscribe(room.camera());
        byte[] first = video(CAM, 1, 0, true);
        room.alice.sendsMedia(first);
        room.alice.sendsMedia(rtx(CAM_RTX, 1, first));
        assertEquals(1, room.drops(Drop.RTP_USELESS));
        room.alice.sendsMedia(packet(CAM, 99, 2, 0, new byte[] {1}));
        assertEquals(1, room.drops(Drop.RTP_UNKNOWN_PAYLOAD));
        room.alice.sendsMedia(packet(CAM_RTX, TestRoom.RTX, 2, 0, new byte[] {1}));
        assertEquals(1, room.drops(Drop.RTP_EMPTY));
        assertEquals(1, room.bobGot().size());
    }

    // ---- who is who

    @Test
    void anUnknownSsrcWithoutExtensionsIsRefusedAlsoWhenAnotherPublishesIt() {
        Track track = room.camera();
        room.subscribe(track);
        TestLoop.Client mallory = room.loop.client().connect();
        room.room.publish(mallory.peer, track.spec());
        room.alice.sendsMedia(video(0xDEAD, 1, 0, true));
        assertEquals(1, room.drops(Drop.RTP_UNKNOWN_STREAM));
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        assertEquals(1, room.bobGot().size());
        mallory.sendsMedia(video(CAM, 2, 0, true)); // the SSRC of alice, on another connection
        assertEquals(0, room.bobGot().size());
    }

    @Test
    void ridsNameLayersAndTheirRepairs() {
        Delivery delivery = room.subscribe(room.camera(List.of(), List.of("q", "h", "f")));
        delivery.wanted(Forwarding.Layer.LOW);
        byte[] low = video(0x10, 1, 0, true, TestRoom.MID, "0", TestRoom.RID, "q");
        room.alice.sendsMedia(low);
        room.alice.sendsMedia(video(0x11, 1, 0, true, TestRoom.MID, "0", TestRoom.RID, "h"));
        assertEquals(1, room.bobGot().size());
        room.alice.sendsMedia(video(0x10, 3, 6000, false)); // latched: known by its number now
        byte[] lost = video(0x10, 2, 3000, false);
        room.alice.sendsMedia(rtx(0x20, 1, lost, TestRoom.MID, "0", TestRoom.REPAIRED, "q"));
        List<RtpView> got = room.bobGot();
        assertEquals(2, got.size());
        assertEquals(got.get(0).sequenceNumber() - 1, got.get(1).sequenceNumber());
    }

    @Test
    void aSecondSsrcForALivingLayerIsRefused() {
        room.subscribe(room.camera(List.of(), List.of("q")));
        room.alice.sendsMedia(video(0x10, 1, 0, true, TestRoom.MID, "0", TestRoom.RID, "q"));
        room.alice.sendsMedia(video(0x11, 900, 0, true, TestRoom.MID, "0", TestRoom.RID, "q"));
        assertEquals(1, room.drops(Drop.RTP_UNKNOWN_STREAM));
        assertEquals(1, room.bobGot().size());
        room.loop.nowNs += 1500 * TestLoop.MS;
        room.alice.sendsMedia(video(0x12, 30, 0, true, TestRoom.MID, "0", TestRoom.RID, "q"));
        assertEquals(1, room.bobGot().size());
    }

    @Test
    void newSsrcsAreLimited() {
        room.camera(List.of(), List.of("q"));
        for (int i = 0; i < RoomMember.MOST_LATCHES + 10; i++) {
            room.loop.nowNs += 1100 * TestLoop.MS;
            room.alice.check(true);
            room.alice.sendsMedia(video(0x1000 + i, 1, 0, true, TestRoom.MID, "0", TestRoom.RID, "q"));
            room.loop.sent.clear();
        }
        assertEquals(10, room.drops(Drop.RTP_TOO_MANY_STREAMS));
    }

    @Test
    void publicationsAndSubscriptionsOfAConnectionAreLimited() {
        Track track = room.microphone();
        for (int i = 1; i < RoomMember.MOST_PUBLICATIONS; i++) {
            room.room.publish(room.alice.peer, track.spec());
        }
        assertThrows(IllegalStateException.class, () -> room.room.publish(room.alice.peer, track.spec()));
        for (int i = 0; i < RoomMember.MOST_SUBSCRIPTIONS; i++) {
            room.room.subscribe(room.bob.peer, track);
        }
        assertThrows(IllegalStateException.class, () -> room.room.subscribe(room.bob.peer, track));
    }

    // ---- layers

    @Test
    void theHighestWantedLayerIsForwardedFromItsKeyFrameOn() {
        Delivery delivery = room.subscribe(room.camera(List.of(), List.of("q", "h", "f")));
        room.alice.sendsMedia(video(0x10, 1, 0, true, TestRoom.MID, "0", TestRoom.RID, "q"));
        room.alice.sendsMedia(video(0x11, 70, 0, false, TestRoom.MID, "0", TestRoom.RID, "h"));
        assertEquals(1, room.bobGot().size()); // better small than nothing
        room.pass(20);
        assertTrue(room.reports(room.alice).contains("pli 11"));
        room.alice.sendsMedia(video(0x11, 71, 3000, true));
        room.alice.sendsMedia(video(0x10, 2, 3000, false));
        List<RtpView> got = room.bobGot();
        assertEquals(1, got.size());
        delivery.wanted(Forwarding.Layer.LOW);
        room.alice.sendsMedia(video(0x10, 3, 6000, true));
        room.alice.sendsMedia(video(0x11, 72, 6000, false));
        List<RtpView> then = room.bobGot();
        assertEquals(1, then.size());
        assertEquals(got.get(0).sequenceNumber() + 1, then.get(0).sequenceNumber());
    }

    // ---- repair

    @Test
    void gapsAreAskedForOnceTheReorderingTimeIsOver() {
        room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 10, 0, true));
        assertFalse(room.bench.takeHurry(), "nothing is missing");
        room.alice.sendsMedia(video(CAM, 13, 0, false));
        assertTrue(room.bench.takeHurry(), "the loop must not wait for another packet");
        assertFalse(room.bench.takeHurry(), "told once");
        room.pass(5);
        assertFalse(room.reports(room.alice).contains("nack cafe 11+1"));
        room.pass(10);
        assertTrue(room.reports(room.alice).contains("nack cafe 11+1"));
        room.alice.sendsMedia(rtx(CAM_RTX, 1, video(CAM, 11, 0, false)));
        room.alice.sendsMedia(rtx(CAM_RTX, 2, video(CAM, 12, 0, false)));
        room.pass(300);
        assertFalse(room.reports(room.alice).stream().anyMatch(said -> said.startsWith("nack")));
    }

    @Test
    void aReceiverGetsWhatItMissesByRtx() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 10, 0, true));
        room.alice.sendsMedia(video(CAM, 11, 3000, false));
        RtpView lost = room.bobGot().get(1);
        room.loop.nowNs += 50 * TestLoop.MS;
        byte[] nack = report(w -> w.nack(1, delivery.ssrc(), lost.sequenceNumber()));
        room.bob.sendsReport(nack);
        List<RtpView> got = room.bobGot();
        assertEquals(1, got.size());
        assertEquals(delivery.rtxSsrc(), got.get(0).ssrc());
        assertEquals(121, got.get(0).payloadType());
        assertEquals(lost.timestamp(), got.get(0).timestamp());
        int payload = got.get(0).payloadOffset();
        assertEquals(lost.sequenceNumber(), got.get(0).buffer().getShort(payload) & 0xFFFF);
        for (int i = 0; i < lost.payloadLength(); i++) {
            assertEquals(
                    lost.buffer().get(lost.payloadOffset() + i),
                    got.get(0).buffer().get(payload + 2 + i));
        }
        room.bob.sendsReport(nack); // asked again within the round trip
        assertEquals(0, room.bobGot().size());
    }

    // ---- reports

    @Test
    void picturesLostByReceiversAreAskedForOnceASecondAtMost() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        room.loop.sent.clear();
        for (int i = 0; i < 40; i++) {
            room.bob.sendsReport(report(w -> w.pli(1, delivery.ssrc())));
            room.bob.sendsReport(report(w -> w.fir(1, delivery.ssrc(), 1)));
            room.pass(25);
        }
        long asked =
                room.reports(room.alice).stream().filter("pli cafe"::equals).count();
        assertTrue(asked >= 2 && asked <= 3, asked + " requests in a second, at most one in 500 ms");
    }

    @Test
    void senderReportsGoOnWithTheNumbersOfTheReceiver() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 1, 90_000, true));
        long timestamp = room.bobGot().get(0).timestamp();
        room.alice.sendsReport(report(w -> w.senderReport(CAM, 0x1234_5678_0000_0000L, 90_000, 1, 10)));
        room.pass(1005);
        List<String> said = room.reports(room.bob);
        long then = timestamp + 90_000 * 1000 / 1000 & 0xFFFF_FFFFL;
        assertTrue(
                said.stream()
                        .anyMatch(s -> s.startsWith("sr " + delivery.ssrc())
                                && Math.abs(Long.parseLong(s.split(" ")[2]) - then) < 1000),
                said + " expected about " + then);
    }

    @Test
    void publishersHearHowTheirPacketsArrive() {
        room.subscribe(room.camera());
        for (int i = 0; i < 100; i++) {
            room.alice.sendsMedia(
                    packet(CAM, TestRoom.VP8, i, 0, new byte[] {0x10, 0, 1}, TestRoom.TWCC, "" + (char) 0 + (char) i));
            room.pass(10);
        }
        room.pass(100);
        List<String> said = room.reports(room.alice);
        assertTrue(said.contains("rr 1"), said.toString());
        long feedback = said.stream().filter("TRANSPORT_FEEDBACK"::equals).count();
        assertTrue(feedback >= 8 && feedback <= 12, feedback + " in a second");
    }

    @Test
    void withoutTransportFeedbackAPublisherGetsAnEstimate() {
        room.microphone();
        room.room.publish(
                room.alice.peer,
                new Forwarding.PublicationSpec(
                        "0",
                        true,
                        false,
                        "video/VP8",
                        90_000,
                        96,
                        -1,
                        -1,
                        false,
                        Map.of(),
                        List.of(new Forwarding.Ssrcs(CAM, -1)),
                        List.of()));
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        room.pass(10);
        assertTrue(room.reports(room.alice).contains("REMB"));
    }

    @Test
    void reportsAboutOthersAreIgnored() {
        Delivery delivery = room.subscribe(room.camera());
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        room.loop.sent.clear();
        TestLoop.Client mallory = room.loop.client().connect();
        room.room.subscribe(mallory.peer, (Track)
                room.room.publish(mallory.peer, room.camera().spec()));
        mallory.sendsReport(report(w -> w.pli(1, delivery.ssrc())));
        mallory.sendsReport(report(w -> w.pli(1, CAM)));
        mallory.sendsReport(report(w -> w.nack(1, delivery.ssrc(), 1)));
        mallory.sendsReport(report(w -> w.senderReport(0xBEEF, 1, 1, 1, 1)));
        assertEquals(4, room.drops(Drop.RTCP_FOREIGN));
        room.pass(600);
        assertFalse(room.reports(room.alice).contains("pli cafe"));
        assertEquals(0, room.bobGot().size());
    }

    // ---- speakers, ends

    @Test
    void whoeverSpeaksIsToldAndWhoeverStopsToo() {
        Track track = room.microphone();
        for (int i = 0; i < 50; i++) {
            room.alice.sendsMedia(audio(i, 10));
            room.pass(20);
        }
        assertTrue(room.speakers.get(0).get(track) > 0);
        room.speakers.clear();
        track.close();
        assertEquals(List.of(Map.of(track, 0f)), room.speakers);
    }

    @Test
    void whenTheRoomClosesNothingIsLeft() {
        Track track = room.camera();
        Delivery delivery = room.subscribe(track);
        room.room.close();
        room.room.close();
        assertEquals(List.of(room.room), room.closed);
        room.alice.sendsMedia(video(CAM, 1, 0, true));
        assertEquals(1, room.drops(Drop.NOBODY_LISTENS));
        delivery.close();
        assertThrows(IllegalStateException.class, () -> room.room.subscribe(room.bob.peer, track));
        assertEquals(Long.MAX_VALUE, room.room.deadlineNs());
    }

    @Test
    void forwardingAllocatesNothing() {
        Track track = room.camera();
        for (int i = 0; i < 10; i++) {
            room.subscribe(track);
        }
        byte[] original = video(CAM, 0, 0, true);
        byte[] sealed = java.util.Arrays.copyOf(original, original.length + TestLoop.TAG);
        ByteBuffer datagram = ByteBuffer.allocate(2048);
        room.loop.keep = false;
        int[] seq = new int[1];
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 20_000; i++) {
                datagram.clear().put(0, sealed);
                datagram.putShort(2, (short) seq[0]++);
                room.alice.receivesInPlace(datagram, sealed.length);
            }
        });
        assertTrue(room.loop.packetsSent > 200_000, room.loop.packetsSent + " packets sent");
        assertTrue(allocated < 20_000, allocated + " octets for 20000 packets to ten receivers");
    }
}
