/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.peer.TestLoop;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.RtcpWriter;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;

/** A room with its loop, and words for what clients send to it and get from it. */
final class TestRoom implements Forwarding.Listener {
    static final int VP8 = 96;
    static final int RTX = 97;
    static final int OPUS = 111;
    static final int RED = 63;
    static final int MID = 1;
    static final int RID = 2;
    static final int REPAIRED = 3;
    static final int LEVEL = 4;
    static final int TWCC = 5;
    static final int SEND_TIME = 6;

    final TestLoop loop = new TestLoop();
    final List<Map<Forwarding.Publication, Float>> speakers = new ArrayList<>();
    final List<ForwardingRoom> closed = new ArrayList<>();
    final Workbench bench = new Workbench(new Random(1));
    final ForwardingRoom room = new ForwardingRoom(bench, this, closed::add);
    final TestLoop.Client alice = loop.client().connect();
    final TestLoop.Client bob = loop.client().connect();

    TestRoom() {
        loop.afterPackets = bench::fanOut;
    }

    @Override
    public void onSpeakers(Map<Forwarding.Publication, Float> changes) {
        speakers.add(changes);
    }

    long drops(Drop reason) {
        return loop.peers.drops().of(reason);
    }

    /** Time goes on in steps of 5 ms, and what is due happens. */
    void pass(long millis) {
        for (long step = 0; step < millis; step += 5) {
            loop.nowNs += 5 * TestLoop.MS;
            room.poll(loop.nowNs);
        }
    }

    // ---- tracks

    static Map<String, Integer> extensions(Object... idsByUri) {
        Map<String, Integer> extensions = new LinkedHashMap<>();
        for (int i = 0; i < idsByUri.length; i += 2) {
            extensions.put((String) idsByUri[i], (Integer) idsByUri[i + 1]);
        }
        return extensions;
    }

    Track camera(List<Forwarding.Ssrcs> ssrcs, List<String> rids) {
        return (Track) room.publish(
                alice.peer,
                new Forwarding.PublicationSpec(
                        "0",
                        true,
                        false,
                        "video/VP8",
                        90_000,
                        VP8,
                        RTX,
                        -1,
                        true,
                        extensions(
                                HeaderExtensions.MID,
                                MID,
                                HeaderExtensions.RID,
                                RID,
                                HeaderExtensions.REPAIRED_RID,
                                REPAIRED,
                                HeaderExtensions.TRANSPORT_WIDE_CC,
                                TWCC),
                        ssrcs,
                        rids));
    }

    Track camera() {
        return camera(List.of(new Forwarding.Ssrcs(0xCAFE, 0xCAFF)), List.of());
    }

    Track microphone() {
        return (Track) room.publish(
                alice.peer,
                new Forwarding.PublicationSpec(
                        "1",
                        false,
                        false,
                        "audio/opus",
                        48_000,
                        OPUS,
                        -1,
                        RED,
                        false,
                        extensions(HeaderExtensions.MID, MID, HeaderExtensions.AUDIO_LEVEL, LEVEL),
                        List.of(new Forwarding.Ssrcs(0xA0, -1)),
                        List.of()));
    }

    Delivery subscribe(Track track) {
        Delivery delivery = (Delivery) room.subscribe(bob.peer, track);
        delivery.start(new Forwarding.SubscriptionSpec(
                "7",
                track.spec().video() ? 120 : 109,
                track.spec().video() ? 121 : -1,
                -1,
                extensions(HeaderExtensions.MID, 10, HeaderExtensions.AUDIO_LEVEL, 11)));
        return delivery;
    }

    // ---- packets

    /** One VP8 packet with a 15 bit picture id. @param extension pairs of id and text, or id and octet */
    static byte[] video(long ssrc, int seq, long timestamp, boolean key, Object... extension) {
        // ten octets of frame header: fewer make no key frame
        byte[] payload = {
            (byte) 0x90,
            (byte) 0x80,
            (byte) 0x80,
            (byte) seq,
            (byte) (key ? 0 : 1),
            'p',
            (byte) seq,
            1,
            2,
            3,
            4,
            5,
            6,
            7
        };
        return packet(ssrc, VP8, seq, timestamp, payload, extension);
    }

    static byte[] audio(int seq, int minusDbov) {
        return packet(0xA0, OPUS, seq, 960L * seq, new byte[] {'o', 'p', 'u', 's'}, LEVEL, minusDbov);
    }

    static byte[] packet(long ssrc, int type, int seq, long timestamp, byte[] payload, Object... extension) {
        ByteBuffer buffer = ByteBuffer.allocate(1500);
        RtpWriter writer = new RtpWriter();
        writer.begin(buffer, 0, true, type, seq, timestamp, ssrc);
        for (int i = 0; i < extension.length; i += 2) {
            byte[] value = extension[i + 1] instanceof String text
                    ? text.getBytes(StandardCharsets.US_ASCII)
                    : new byte[] {((Integer) extension[i + 1]).byteValue()};
            writer.extension((Integer) extension[i], value);
        }
        int at = writer.endHeader();
        buffer.put(at, payload);
        byte[] packet = new byte[at + payload.length];
        buffer.get(0, packet);
        return packet;
    }

    static byte[] rtx(long ssrc, int seq, byte[] original, Object... extension) {
        RtpView view = view(original);
        byte[] payload = new byte[view.payloadLength() + 2];
        ByteBuffer.wrap(payload).putShort((short) view.sequenceNumber());
        System.arraycopy(original, view.payloadOffset(), payload, 2, view.payloadLength());
        return packet(ssrc, RTX, seq, view.timestamp(), payload, extension);
    }

    static RtpView view(byte[] packet) {
        RtpView view = new RtpView();
        if (!view.wrap(ByteBuffer.wrap(packet), 0, packet.length)) {
            throw new AssertionError("no RTP");
        }
        return view;
    }

    // ---- what arrives

    /** Media packets that bob got since the last call, without protection. */
    List<RtpView> bobGot() {
        return media(bob);
    }

    private List<RtpView> media(TestLoop.Client client) {
        List<RtpView> got = new ArrayList<>();
        for (byte[] datagram : loop.takeSentTo(client)) {
            if ((datagram[1] & 0xFF) < 192 || (datagram[1] & 0xFF) > 223) {
                got.add(view(java.util.Arrays.copyOf(datagram, datagram.length - TestLoop.TAG)));
            }
        }
        return got;
    }

    /** What the compound packets to this client say since the last call. */
    List<String> reports(TestLoop.Client client) {
        List<String> said = new ArrayList<>();
        for (byte[] datagram : loop.takeSentTo(client)) {
            if ((datagram[1] & 0xFF) < 192) {
                continue;
            }
            RtcpView view = new RtcpView();
            view.wrap(ByteBuffer.wrap(datagram), 0, datagram.length - TestLoop.TAG - 4);
            while (view.next()) {
                said.add(
                        switch (view.found()) {
                            case NACK ->
                                "nack " + Long.toHexString(view.mediaSsrc()) + " " + view.nackPid(0) + "+"
                                        + view.nackBitmask(0);
                            case PLI -> "pli " + Long.toHexString(view.mediaSsrc());
                            case SENDER_REPORT ->
                                "sr " + view.senderSsrc() + " " + view.rtpTimestamp() + " " + view.packetCount();
                            case RECEIVER_REPORT -> "rr " + view.reportCount();
                            default -> view.found().toString();
                        });
            }
        }
        return said;
    }

    /** A compound packet of a client's making. */
    static byte[] report(java.util.function.Consumer<RtcpWriter> content) {
        ByteBuffer buffer = ByteBuffer.allocate(1200);
        RtcpWriter writer = new RtcpWriter();
        writer.begin(buffer, 0, 1200);
        content.accept(writer);
        byte[] packet = new byte[writer.length()];
        buffer.get(0, packet);
        return packet;
    }
}
