/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackSource;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.PeerKind;
import org.plenum.media.api.RemovalReason;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.peer.MediaReceiver;
import org.plenum.media.core.rtp.AudioLevel;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;

class LocalPeerTest {
    private static final Set<org.plenum.media.api.TrackSource> MICROPHONE =
            Set.of(org.plenum.media.api.TrackSource.MICROPHONE);

    private final Meeting meeting = new Meeting();
    private final List<LocalPeerEvent> events = new ArrayList<>();
    private final List<AudioTapEvent> heard = new ArrayList<>();

    private LocalSession phone(Set<org.plenum.media.api.TrackSource> sources) {
        LocalSession session = meeting.rooms.openLocal(
                Meeting.ROOM,
                new LocalPeerSpec("phone:1", "Phone", PeerKind.SIP, sources),
                events::add,
                meeting.nowNs());
        meeting.settle();
        return session;
    }

    private static ParticipantInfo seen(TestClient by) {
        return by.sees("phone:1").orElseThrow();
    }

    @Test
    void othersSeeATelephoneWithOneMicrophone() {
        TestClient alice = meeting.joins("alice");
        phone(MICROPHONE);

        assertEquals(ParticipantInfo.Kind.SIP, seen(alice).getKind());
        assertEquals(ParticipantInfo.State.ACTIVE, seen(alice).getState());
        assertEquals("Phone", seen(alice).getName());
        assertEquals(1, seen(alice).getTracksCount());
        assertEquals(TrackSource.MICROPHONE, seen(alice).getTracks(0).getSource());
        assertEquals("audio/opus", seen(alice).getTracks(0).getMimeType());
        meeting.after(1000);
        assertEquals(1, meeting.media().running().size(), "alice receives it");
        assertTrue(meeting.rooms.participants(Meeting.ROOM).stream()
                .anyMatch(p -> p.identity().equals("phone:1")));
    }

    @Test
    void aPacketGoesToTheRoomWithItsLevel() {
        LocalSession phone = phone(MICROPHONE);
        List<byte[]> packets = new ArrayList<>();
        meeting.plane.locals.get(0).media(new MediaReceiver() {
            @Override
            public void rtp(ByteBuffer packet, int length, long nowNs) {
                packets.add(Arrays.copyOf(packet.array(), length));
            }

            @Override
            public void rtcp(ByteBuffer packet, int length, long nowNs) {
                throw new AssertionError("no reports");
            }

            @Override
            public void transport(Connection.State state) {
                // at the end
            }
        });
        phone.publish(new OpusPacket(new byte[] {1, 2, 3}, 960, true, (byte) 23, true), meeting.nowNs());
        phone.publish(new OpusPacket(new byte[] {4}, -1, false, (byte) 127, false), meeting.nowNs());

        RtpView view = new RtpView();
        assertTrue(view.wrap(ByteBuffer.wrap(packets.get(0)), 0, packets.get(0).length));
        assertEquals(LocalSession.PAYLOAD_TYPE, view.payloadType());
        assertTrue(view.marker());
        assertEquals(960, view.timestamp());
        byte level = packets.get(0)[view.extension(LocalSession.LEVEL_ID)];
        assertEquals(23, AudioLevel.minusDbov(level));
        assertTrue(AudioLevel.voice(level));
        assertEquals(3, view.payloadLength());
        int first = view.sequenceNumber();
        assertTrue(view.wrap(ByteBuffer.wrap(packets.get(1)), 0, packets.get(1).length));
        assertEquals(first + 1, view.sequenceNumber());
        assertEquals(0xFFFFFFFFL, view.timestamp());
        assertFalse(view.marker());
    }

    @Test
    void mutedByItselfAndByTheServer() {
        TestClient alice = meeting.joins("alice");
        LocalSession phone = phone(MICROPHONE);
        phone.mute(true, meeting.nowNs());
        meeting.settle();
        assertTrue(seen(alice).getTracks(0).getMuted());
        assertEquals(List.of(), events, "it knows");
        phone.mute(false, meeting.nowNs());
        meeting.settle();
        assertFalse(seen(alice).getTracks(0).getMuted());

        assertTrue(meeting.rooms.muteMicrophone(Meeting.ROOM, "phone:1", meeting.nowNs()));
        meeting.settle();
        assertTrue(seen(alice).getTracks(0).getMuted());
        assertEquals(List.of(new LocalPeerEvent.MutedByServer(true)), events);
    }

    @Test
    void withoutTheRightThereIsNoTrackUntilItIsGiven() {
        TestClient alice = meeting.joins("alice");
        LocalSession phone = phone(Set.of());
        assertEquals(0, seen(alice).getTracksCount());
        phone.publish(new OpusPacket(new byte[] {1}, 0, true, (byte) 30, true), meeting.nowNs());
        assertEquals(1, meeting.counter("local_packets_dropped"));

        meeting.rooms.allowSources(Meeting.ROOM, "phone:1", MICROPHONE, meeting.nowNs());
        meeting.settle();
        assertEquals(1, seen(alice).getTracksCount());
        meeting.rooms.allowSources(Meeting.ROOM, "phone:1", Set.of(), meeting.nowNs());
        meeting.settle();
        assertEquals(0, seen(alice).getTracksCount());
        meeting.after(120_000);
        assertEquals(
                List.of(new LocalPeerEvent.MayPublish(true), new LocalPeerEvent.MayPublish(false)),
                events,
                "and the session goes on");
    }

    @Test
    void itIsToldWhyItHasToGo() {
        phone(MICROPHONE);
        meeting.rooms.remove(Meeting.ROOM, "phone:1", meeting.nowNs());
        phone(MICROPHONE);
        phone(MICROPHONE);
        meeting.rooms.deleteRoom(Meeting.ROOM, meeting.nowNs());
        phone(MICROPHONE);
        meeting.rooms.close(meeting.nowNs());
        phone(MICROPHONE);
        assertEquals(
                List.of(
                        RemovalReason.REMOVED,
                        RemovalReason.REPLACED,
                        RemovalReason.ROOM_CLOSED,
                        RemovalReason.STOPPED,
                        RemovalReason.STOPPED),
                events.stream().map(e -> ((LocalPeerEvent.Removed) e).reason()).toList());
        assertTrue(meeting.plane.locals.stream().allMatch(c -> c.state() == Connection.State.CLOSED));
    }

    @Test
    void hangingUpTellsTheOthersAndNobodyElse() {
        TestClient alice = meeting.joins("alice");
        LocalSession phone = phone(MICROPHONE);
        assertTrue(phone.close(meeting.nowNs()));
        meeting.settle();
        assertFalse(phone.close(meeting.nowNs()));
        assertFalse(alice.sees("phone:1").isPresent());
        assertEquals(List.of(), events);
        phone.mute(true, meeting.nowNs());
        phone.publish(new OpusPacket(new byte[] {1}, 0, true, (byte) 30, true), meeting.nowNs());
    }

    @Test
    void aFullRoomSaysSo() {
        Meeting small = new Meeting(new SignalLimits(10, 1, 10, 10, 10, 10_000, 10));
        small.joins("alice");
        small.rooms.openLocal(
                Meeting.ROOM, new LocalPeerSpec("p", "", PeerKind.SIP, MICROPHONE), events::add, small.nowNs());
        assertEquals(List.of(new LocalPeerEvent.Removed(RemovalReason.FULL)), events);
    }

    // ---- the tap

    private void packet(int local, int sequence, int minusDbov) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, false, LocalSession.PAYLOAD_TYPE, sequence, 960L * sequence, 7);
        writer.extension(LocalSession.LEVEL_ID, new byte[] {(byte) (0x80 | minusDbov)});
        int at = writer.endHeader();
        buffer.put(at, new byte[] {9, 8, 7});
        meeting.plane.nowNs += 20_000_000;
        meeting.plane.takers.get(local).rtp(buffer, at + 3);
    }

    @Test
    void theTapHearsMicrophonesButNoTelephones() {
        TestClient alice = meeting.joins("alice");
        String before = alice.publishes(TrackSource.MICROPHONE);
        RoomTap tap = meeting.rooms.openTap(Meeting.ROOM, 3, heard::add);
        alice.publishes(TrackSource.CAMERA);
        TestClient bob = meeting.joins("bob");
        bob.publishes(TrackSource.MICROPHONE);
        assertEquals(2, meeting.plane.locals.size());
        phone(MICROPHONE);
        assertEquals(3, meeting.plane.locals.size(), "the telephone's own connection, none to hear it");

        packet(0, 5, 30);
        AudioTapEvent.Audio audio = (AudioTapEvent.Audio) heard.get(0);
        assertEquals("alice", audio.identity());
        assertEquals(before, audio.track().value());
        assertEquals(5, audio.sequence());
        assertEquals(30, audio.packet().levelDbov());
        assertTrue(audio.packet().voice());
        assertEquals(5 * 960, audio.packet().rtpTime48k());
        assertArrayEquals(new byte[] {9, 8, 7}, audio.packet().payload());

        alice.leaves();
        assertEquals(new AudioTapEvent.SpeakerGone(audio.track()), heard.get(1));
        meeting.rooms.closeTap(Meeting.ROOM, tap);
        meeting.rooms.closeTap(Meeting.ROOM, tap);
        assertTrue(meeting.plane.locals.subList(0, 2).stream().noneMatch(LocalConnection::isOpen));
    }

    @Test
    void onlyTheLoudestComeThrough() {
        for (String name : List.of("a", "b", "c")) {
            meeting.joins(name).publishes(TrackSource.MICROPHONE);
        }
        meeting.rooms.openTap(Meeting.ROOM, 2, heard::add);
        for (int i = 0; i < 50; i++) {
            packet(0, i, 20);
            packet(1, i, 60);
        }
        int before = heard.size();
        for (int i = 0; i < 50; i++) {
            packet(2, i, 20);
        }
        assertEquals(100, before);
        assertTrue(heard.subList(before, heard.size()).stream()
                .anyMatch(event -> event instanceof AudioTapEvent.SpeakerGone));
        int chosen = heard.size();
        packet(1, 51, 60);
        assertEquals(chosen, heard.size());
    }

    @Test
    void theTapOutlivesTheRoom() {
        meeting.rooms.openTap(Meeting.ROOM, 3, heard::add);
        TestClient alice = meeting.joins("alice");
        alice.publishes(TrackSource.MICROPHONE);
        alice.leaves();
        meeting.after(1000);
        meeting.joins("bob").publishes(TrackSource.MICROPHONE);
        packet(1, 1, 30);
        assertEquals("bob", ((AudioTapEvent.Audio) heard.get(0)).identity());
    }

    @Test
    void onePublishersChosenAudienceIsWithoutTelephones() {
        TestClient alice = meeting.joins("alice");
        alice.publishes(TrackSource.MICROPHONE);
        meeting.rooms.openTap(Meeting.ROOM, 3, heard::add);
        assertTrue(meeting.plane.locals.get(0).isOpen());
        alice.sends(livekit.LivekitRtc.SignalRequest.newBuilder()
                .setSubscriptionPermission(
                        livekit.LivekitRtc.SubscriptionPermission.newBuilder().setAllParticipants(false)));
        assertFalse(meeting.plane.locals.get(0).isOpen());
        alice.sends(livekit.LivekitRtc.SignalRequest.newBuilder()
                .setSubscriptionPermission(
                        livekit.LivekitRtc.SubscriptionPermission.newBuilder().setAllParticipants(true)));
        assertTrue(meeting.plane.locals.get(1).isOpen());
    }

    @Test
    void nothingIsHeardOfOtherRooms() {
        meeting.rooms.openTap(new MediaRoomId("elsewhere"), 3, heard::add);
        meeting.joins("alice").publishes(TrackSource.MICROPHONE);
        assertEquals(0, meeting.plane.locals.size());
    }

    @Test
    void packetsAreChecked() {
        for (int octets : List.of(0, OpusPacket.MOST_OCTETS + 1)) {
            assertThrows(
                    IllegalArgumentException.class, () -> new OpusPacket(new byte[octets], 0, false, (byte) 0, false));
        }
        assertThrows(IllegalArgumentException.class, () -> new OpusPacket(new byte[1], 0, false, (byte) -1, false));
    }
}
