/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.plenum.media.core.congestion.GenerousEstimate;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.DatagramSink;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.peer.MediaReceiver;
import org.plenum.media.core.peer.Transport;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.RtcpWriter;
import org.plenum.media.core.rtcp.TwccReceiver;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.Rtx;
import org.plenum.media.core.srtp.SrtpContext;

/**
 * One connection in a room: finds which publication a packet belongs to and which subscription a report is about, and writes the
 * reports that go back. SSRCs mean something only within their own connection, so nobody can speak for another. Belongs to the
 * loop of its room.
 */
final class RoomMember implements MediaReceiver {
    static final int MOST_PUBLICATIONS = 64;
    static final int MOST_SUBSCRIPTIONS = 2048;
    /** SSRCs at a time: three layers and their retransmissions of every publication would be more than anybody sends. */
    static final int MOST_STREAMS = 256;

    /** SSRCs that a connection may bring in its life without saying so in a description. */
    static final int MOST_LATCHES = 1024;

    private static final int MTU = 1200;
    private static final long REPORT_NS = 1_000_000_000L;
    private static final long REPORT_GRID_NS = 100_000_000L;

    /** What an incoming SSRC is. */
    private record Stream(Encoding encoding, boolean repairs) {}

    private final ForwardingRoom room;
    private final Workbench bench;
    private final Transport peer;
    private final long ssrc; // under which our reports go to this connection
    private final List<Track> tracks = new ArrayList<>();
    private final SsrcMap<Stream> streams = new SsrcMap<>(MOST_STREAMS);
    private final SsrcMap<Delivery> deliveriesBySsrc = new SsrcMap<>(2 * MOST_SUBSCRIPTIONS);
    private final List<Delivery> deliveries = new ArrayList<>();
    private final TwccReceiver arrivals = new TwccReceiver();
    private final GenerousEstimate estimate = new GenerousEstimate();
    private final byte[] name = new byte[16]; // a mid or rid; longer ones are not ours
    private int twccId; // extension ids of what comes in; 0 for none. One session, one meaning (RFC 8285 section 5)
    private int midId;
    private int ridId;
    private int repairedRidId;
    private int latches;
    private int nextTransportSequence; // of what goes out
    private final Line line = new Line(this, deliveriesBySsrc);
    private long nextReportNs = Long.MIN_VALUE;
    private ByteBuffer feedback; // being written

    RoomMember(ForwardingRoom room, Workbench bench, Transport peer) {
        this.room = room;
        this.bench = bench;
        this.peer = peer;
        ssrc = 1 + bench.random.nextInt(Integer.MAX_VALUE);
        peer.media(this);
    }

    // ---- the path of a media packet

    @Override
    public void rtp(ByteBuffer buffer, int length, long nowNs) {
        RtpView packet = bench.incoming;
        if (!packet.wrap(buffer, 0, length) || !packet.removePadding()) {
            drop(Drop.RTP_MALFORMED);
            return;
        }
        noteArrival(packet, length, nowNs);
        Stream stream = streams.get(packet.ssrc());
        if (stream == null) {
            stream = identify(packet, nowNs);
        }
        if (stream == null) {
            return;
        }
        if (stream.repairs()) {
            repair(stream.encoding(), packet, nowNs);
        } else {
            hear(stream.encoding(), packet, nowNs);
        }
    }

    /** For the estimate of the path, every packet counts, whatever is in it. */
    private void noteArrival(RtpView packet, int length, long nowNs) {
        if (twccId == 0) {
            estimate.onPacket(length, nowNs);
            return;
        }
        int at = packet.extension(twccId);
        if (at != RtpView.ABSENT && packet.extensionLength() == 2) {
            arrivals.onPacket(Short.toUnsignedInt(packet.buffer().getShort(at)), nowNs);
        }
    }

    private void hear(Encoding encoding, RtpView packet, long nowNs) {
        Track track = encoding.track;
        boolean redundant = track.isRedundant(packet);
        if (!redundant && packet.payloadType() != track.spec().payloadType()) {
            drop(Drop.RTP_UNKNOWN_PAYLOAD);
            return;
        }
        encoding.lastPacketNs = nowNs;
        encoding.statistics.onPacket(packet.sequenceNumber(), packet.timestamp(), nowNs);
        if (!redundant || track.unfold(encoding, packet, nowNs)) {
            track.forward(encoding, packet, nowNs);
        }
    }

    /** RFC 4588 section 4. */
    private void repair(Encoding encoding, RtpView packet, long nowNs) {
        Forwarding.PublicationSpec spec = encoding.track.spec();
        if (packet.payloadType() != spec.rtxPayloadType()) {
            drop(Drop.RTP_UNKNOWN_PAYLOAD);
        } else if (Rtx.restore(packet, spec.payloadType(), encoding.ssrc)) {
            encoding.track.forward(encoding, packet, nowNs);
        } else {
            drop(Drop.RTP_EMPTY);
        }
    }

    /** A new SSRC says by header extensions what it is (RFC 9143 section 9.2, RFC 8852); then it is known by its number. */
    private Stream identify(RtpView packet, long nowNs) {
        Track track = trackOf(packet);
        if (track == null) {
            drop(Drop.RTP_UNKNOWN_STREAM);
            return null;
        }
        if (latches >= MOST_LATCHES) {
            drop(Drop.RTP_TOO_MANY_STREAMS);
            return null;
        }
        Stream stream = track.hasRids() ? byRid(track, packet, nowNs) : single(track, packet, nowNs);
        if (stream == null) {
            drop(Drop.RTP_UNKNOWN_STREAM);
            return null;
        }
        latches++;
        if (!streams.put(packet.ssrc(), stream)) {
            drop(Drop.RTP_TOO_MANY_STREAMS);
            return null;
        }
        return stream;
    }

    private Track trackOf(RtpView packet) {
        int length = read(packet, midId);
        for (int i = 0; length > 0 && i < tracks.size(); i++) {
            if (tracks.get(i).isNamed(name, length)) {
                return tracks.get(i);
            }
        }
        return null;
    }

    private Stream byRid(Track track, RtpView packet, long nowNs) {
        int repaired = track.layerOf(name, read(packet, repairedRidId));
        if (repaired >= 0) {
            return repairs(track.encoding(repaired), packet);
        }
        int layer = track.layerOf(name, read(packet, ridId));
        Encoding encoding = layer < 0 ? null : track.latch(layer, packet.ssrc(), nowNs);
        return encoding == null ? null : new Stream(encoding, false);
    }

    private Stream single(Track track, RtpView packet, long nowNs) {
        if (packet.payloadType() == track.spec().rtxPayloadType()) {
            return track.layers() == 1 ? repairs(track.encoding(0), packet) : null;
        }
        Encoding encoding = track.layers() == 1 ? track.latch(0, packet.ssrc(), nowNs) : null;
        return encoding == null ? null : new Stream(encoding, false);
    }

    private Stream repairs(Encoding encoding, RtpView packet) {
        if (encoding == null) { // repairs before anything to repair
            return null;
        }
        if (encoding.rtxSsrc >= 0) {
            streams.remove(encoding.rtxSsrc);
        }
        encoding.rtxSsrc = packet.ssrc();
        return new Stream(encoding, true);
    }

    /** Copies the text of an extension to {@link #name}. @return its length, 0 without one or when it is too long */
    private int read(RtpView packet, int id) {
        int at = id == 0 ? RtpView.ABSENT : packet.extension(id);
        if (at == RtpView.ABSENT || packet.extensionLength() > name.length) {
            return 0;
        }
        packet.buffer().get(at, name, 0, packet.extensionLength());
        return packet.extensionLength();
    }

    // ---- the path of a report

    @Override
    public void rtcp(ByteBuffer buffer, int length, long nowNs) {
        RtcpView report = bench.reports;
        if (!report.wrap(buffer, 0, length)) {
            drop(Drop.RTCP_MALFORMED);
            return;
        }
        while (report.next()) {
            switch (report.found()) {
                case SENDER_REPORT -> {
                    hearSender(report, nowNs);
                    hearReceiver(report, nowNs);
                }
                case RECEIVER_REPORT -> hearReceiver(report, nowNs);
                case NACK -> sendAgain(report, nowNs);
                case PLI -> needKeyFrame(report.mediaSsrc());
                case FIR -> {
                    for (int i = 0; i < report.firCount(); i++) {
                        needKeyFrame(report.firSsrc(i));
                    }
                }
                case TRANSPORT_FEEDBACK -> line.onFeedback(report, nowNs);
                default -> {} // SDES, BYE: descriptions say what exists; REMB: its senders have transport-wide feedback
                // too
            }
        }
        if (report.skipped() > 0) {
            drop(Drop.RTCP_MALFORMED);
        }
    }

    private void hearSender(RtcpView report, long nowNs) {
        Stream stream = streams.get(report.senderSsrc());
        if (stream == null) {
            drop(Drop.RTCP_FOREIGN);
        } else if (!stream.repairs()) {
            stream.encoding().clock.onSenderReport(report.ntp(), report.rtpTimestamp(), nowNs);
            stream.encoding().statistics.onSenderReport(report.ntp(), nowNs);
        }
    }

    private void hearReceiver(RtcpView report, long nowNs) {
        for (int i = 0; i < report.reportCount(); i++) {
            Delivery delivery = deliveriesBySsrc.get(report.reportSsrc(i));
            if (delivery != null) {
                delivery.onReport(report, i, nowNs);
            } else {
                drop(Drop.RTCP_FOREIGN);
            }
        }
    }

    private void sendAgain(RtcpView report, long nowNs) {
        Delivery delivery = deliveriesBySsrc.get(report.mediaSsrc());
        if (delivery == null) {
            drop(Drop.RTCP_FOREIGN);
            return;
        }
        for (int i = 0; i < report.nackCount(); i++) {
            int first = report.nackPid(i);
            delivery.sendAgain(first, nowNs);
            for (int bits = report.nackBitmask(i), next = first + 1; bits != 0; bits >>>= 1, next++) {
                if ((bits & 1) != 0) {
                    delivery.sendAgain(next & 0xFFFF, nowNs);
                }
            }
        }
    }

    private void needKeyFrame(long about) {
        Delivery delivery = deliveriesBySsrc.get(about);
        if (delivery == null) {
            drop(Drop.RTCP_FOREIGN);
        } else {
            delivery.needKeyFrame();
        }
    }

    @Override
    public void transport(Connection.State state) {
        room.leaveIfOver(
                this); // deliveries look at the peer; whoever closes it closes what it published and subscribed to
    }

    // ---- reports that go back

    long deadlineNs() {
        if (!peer.isOpen()) {
            return Long.MAX_VALUE;
        }
        long soonest = Math.min(Math.max(nextReportNs, 0), line.deadlineNs());
        return tracks.isEmpty() ? soonest : Math.min(soonest, Math.min(arrivals.deadlineNs(), estimate.deadlineNs()));
    }

    void poll(long nowNs) {
        if (!peer.isOpen()) {
            return;
        }
        if (arrivals.deadlineNs() - nowNs <= 0) {
            tellArrivals(nowNs);
        }
        if (estimate.deadlineNs() - nowNs <= 0 && twccId == 0) {
            tellEstimate(nowNs);
        }
        line.poll(nowNs);
        if (nextReportNs == Long.MIN_VALUE || nextReportNs - nowNs <= 0) {
            // several together, so that they leave together
            nextReportNs = nowNs + REPORT_NS - Math.floorMod(nowNs, REPORT_GRID_NS);
            tellReception(nowNs);
            tellSending(nowNs);
        }
    }

    private void tellArrivals(long nowNs) {
        long media = anySsrc();
        for (boolean more = true; more; ) {
            beginFeedback();
            more = writer().transportFeedback(ssrc, media, arrivals, nowNs);
            endFeedback();
        }
    }

    private void tellEstimate(long nowNs) {
        long bitrate = estimate.poll(nowNs);
        long[] about = tracks.stream()
                .filter(track -> track.spec().video())
                .flatMap(track -> track.encodings().stream())
                .mapToLong(encoding -> encoding.ssrc)
                .limit(32)
                .toArray();
        if (about.length > 0) {
            beginFeedback();
            writer().remb(ssrc, bitrate, about);
            endFeedback();
        }
    }

    private long anySsrc() {
        for (int i = 0; i < tracks.size(); i++) {
            for (int layer = 0; layer < tracks.get(i).layers(); layer++) {
                Encoding encoding = tracks.get(i).encoding(layer);
                if (encoding != null) {
                    return encoding.ssrc;
                }
            }
        }
        return 0;
    }

    /** Receiver reports (RFC 3550 section 6.4.2) about everything that comes from here. */
    private void tellReception(long nowNs) {
        boolean begun = false;
        for (int i = 0; i < tracks.size(); i++) {
            for (int layer = 0; layer < tracks.get(i).layers(); layer++) {
                Encoding encoding = tracks.get(i).encoding(layer);
                if (encoding == null) {
                    continue;
                }
                if (!begun) {
                    beginFeedback();
                    writer().receiverReport(ssrc);
                    begun = true;
                }
                if (!writer().reportBlock(encoding.ssrc, encoding.statistics, nowNs)) {
                    endFeedback(); // full: one more
                    beginFeedback();
                    writer().receiverReport(ssrc);
                    writer().reportBlock(encoding.ssrc, encoding.statistics, nowNs);
                }
            }
        }
        if (begun) {
            endFeedback();
        }
    }

    /** Sender reports (RFC 3550 section 6.4.1) about everything that goes there. */
    private void tellSending(long nowNs) {
        if (deliveries.isEmpty()) {
            return;
        }
        beginFeedback();
        for (int i = 0; i < deliveries.size(); i++) {
            if (!deliveries.get(i).writeReport(writer(), nowNs)) {
                endFeedback();
                beginFeedback();
                deliveries.get(i).writeReport(writer(), nowNs);
            }
        }
        endFeedback();
    }

    void beginFeedback() {
        feedback = peer.sink().slot();
        writer().begin(feedback, 0, MTU);
    }

    /** Sends what was written since {@link #beginFeedback}, if anything. */
    void endFeedback() {
        if (writer().length() > 0 && peer.isOpen()) {
            peer.sendRtcp(feedback, writer().length());
        }
        feedback = null;
    }

    Forwarding.Condition condition() {
        long expected = 0;
        long lost = 0;
        for (Track track : tracks) {
            for (Encoding encoding : track.encodings()) {
                lost += encoding.statistics.lost();
                expected += encoding.statistics.received() + encoding.statistics.lost();
            }
        }
        int fraction = 0;
        for (Delivery delivery : deliveries) {
            fraction += delivery.fractionLost();
        }
        int mean = deliveries.isEmpty() ? 0 : fraction / deliveries.size();
        return new Forwarding.Condition(expected, lost, mean, roundTripNs());
    }

    /** @return the longest one measured on a stream to this receiver, or -1 when unknown */
    long roundTripNs() {
        long longest = -1;
        for (int i = 0; i < deliveries.size(); i++) {
            longest = Math.max(longest, deliveries.get(i).roundTripNs());
        }
        return longest;
    }

    // ---- for the parts of the room

    RtcpWriter writer() {
        return bench.writer;
    }

    Workbench bench() {
        return bench;
    }

    long ssrc() {
        return ssrc;
    }

    Transport peer() {
        return peer;
    }

    void drop(Drop reason) {
        peer.drops().count(reason);
    }

    int takeTransportSequence() {
        return nextTransportSequence++ & 0xFFFF;
    }

    /** The packet with the number taken last has left. @param video whether it counts as one of the videos that share the line */
    void sent(int length, boolean numbered, boolean video, long nowNs) {
        line.onSent(numbered ? nextTransportSequence - 1 & 0xFFFF : -1, length, video, nowNs);
    }

    /** So did one of a video that can be sent again. @param sequenceNumber of its stream */
    void sent(Delivery video, int sequenceNumber, long nowNs) {
        line.onSent(nextTransportSequence - 1 & 0xFFFF, video, sequenceNumber, nowNs);
    }

    Line line() {
        return line;
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** Room for a packet with protection; null never. */
    ByteBuffer slot() {
        return peer.sink().slot();
    }

    /** @return whether a packet of this payload still fits into a datagram with our header */
    static boolean fits(int payloadLength) {
        return payloadLength + Delivery.MOST_HEADER + SrtpContext.MAX_OVERHEAD <= DatagramSink.SLOT;
    }

    Track publish(Forwarding.PublicationSpec spec) {
        if (tracks.size() >= MOST_PUBLICATIONS) {
            throw new IllegalStateException("more than " + MOST_PUBLICATIONS + " publications of one connection");
        }
        Track track = new Track(room, this, spec);
        learnExtensions(spec);
        int layer = 0;
        for (Forwarding.Ssrcs known : spec.ssrcs()) {
            if (layer == track.layers()) {
                break;
            }
            Encoding encoding = track.latch(layer++, known.media(), Long.MIN_VALUE / 2);
            streams.put(known.media(), new Stream(encoding, false));
            if (known.rtx() >= 0) {
                encoding.rtxSsrc = known.rtx();
                streams.put(known.rtx(), new Stream(encoding, true));
            }
        }
        tracks.add(track);
        return track;
    }

    private void learnExtensions(Forwarding.PublicationSpec spec) {
        midId = spec.extensions().getOrDefault(HeaderExtensions.MID, midId);
        ridId = spec.extensions().getOrDefault(HeaderExtensions.RID, ridId);
        repairedRidId = spec.extensions().getOrDefault(HeaderExtensions.REPAIRED_RID, repairedRidId);
        twccId = spec.extensions().getOrDefault(HeaderExtensions.TRANSPORT_WIDE_CC, twccId);
    }

    void forget(Encoding encoding) {
        streams.remove(encoding.ssrc);
        peer.forgetInbound(encoding.ssrc);
        if (encoding.rtxSsrc >= 0) {
            streams.remove(encoding.rtxSsrc);
            peer.forgetInbound(encoding.rtxSsrc);
        }
    }

    void remove(Track track) {
        tracks.remove(track);
        room.leaveIfOver(this);
    }

    Delivery subscribe(Track track) {
        if (deliveries.size() >= MOST_SUBSCRIPTIONS) {
            throw new IllegalStateException("more than " + MOST_SUBSCRIPTIONS + " subscriptions of one connection");
        }
        Delivery delivery = new Delivery(this, track, freshSsrc(), freshSsrc());
        deliveriesBySsrc.put(delivery.ssrc(), delivery);
        deliveries.add(delivery);
        line.changed();
        return delivery;
    }

    private long freshSsrc() {
        long fresh;
        do {
            fresh = Integer.toUnsignedLong(bench.random.nextInt());
        } while (fresh == 0 || deliveriesBySsrc.get(fresh) != null);
        return fresh;
    }

    void remove(Delivery delivery) {
        deliveriesBySsrc.remove(delivery.ssrc());
        deliveries.remove(delivery);
        line.changed();
        peer.forgetOutbound(delivery.ssrc());
        peer.forgetOutbound(delivery.rtxSsrc());
        room.leaveIfOver(this);
    }

    /** Not before the transport ends: its numbers go on, and what is known of its line stays true. */
    boolean isOver() {
        boolean ended = peer.state() == Connection.State.CLOSED || peer.state() == Connection.State.FAILED;
        return ended && tracks.isEmpty() && deliveries.isEmpty();
    }

    void leave() {
        peer.media(null);
    }
}
