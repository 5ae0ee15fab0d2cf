/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.plenum.media.core.congestion.Allocator;
import org.plenum.media.core.layers.Ladder;
import org.plenum.media.core.layers.LayerSelector;
import org.plenum.media.core.layers.StreamRewriter;
import org.plenum.media.core.layers.TemporalSelector;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.rtcp.RoundTrip;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.RtcpWriter;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RedWriter;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.RtpWriter;
import org.plenum.media.core.rtp.Rtx;
import org.plenum.media.core.rtp.Vp8Descriptor;

/**
 * A subscription: one track on its way to one receiver, renumbered so that it sees a single seamless stream. Belongs to the loop of
 * its room.
 */
final class Delivery implements Forwarding.Subscription, Allocator.Claim {
    /** Fixed header, mid of 16 octets, send time, transport-wide number, what is passed on, and an original number (RTX). */
    static final int MOST_HEADER = RtpWriter.MAX_HEADER / 2 + Rtx.OSN;

    private static final int REMEMBERED_VIDEO = 512; // packets that can be asked for again; about two seconds
    private static final int REMEMBERED_AUDIO = 1;
    private static final int NAMED_PACKETS = 200; // carry the mid, unless the receiver reports earlier
    private static final int MUCH_LOST = 5; // of 256: one in fifty
    private static final int PADDING_LOOK_BACK = 32;
    private static final int MOST_PADDING = 255;
    private static final int MOST_LATER = 32;
    private static final long WAIT_NS = 2_000_000_000L;
    private static final long MOST_WAIT_NS = 32_000_000_000L; // a picture that comes and goes is worse than none
    private static final long LASTING_NS = 20_000_000_000L;
    private static final long PATIENCE_NS = 400_000_000L; // a key frame comes earlier than that
    private static final long UNKNOWN_ROUND_TRIP_NS = 20_000_000L;

    /** What a packet is repeated for. */
    private enum Why {
        /** The receiver has not got it. */
        MISSED,
        /** It may get lost, or has been. */
        CAUTION,
        /** It only fills the line, which takes nothing from the videos. */
        FILLING
    }

    private final RoomMember receiver;
    private final Track track;
    private final long ssrc;
    private final long rtxSsrc;
    private final LayerSelector selector;
    private final Ladder ladder;
    private final TemporalSelector temporal = new TemporalSelector();
    private final StreamRewriter rewriter;
    private final RoundTrip roundTrip = new RoundTrip();
    private int rtxSequence;
    private final int[] later = new int[MOST_LATER];
    private int laterCount;

    private boolean started;
    private boolean paused;
    private boolean closed;
    private boolean heardOf; // by a report: the receiver knows the stream
    private int payloadType;
    private int rtxPayloadType = -1;
    private int redPayloadType = -1;
    private byte[] mid = {};
    private int midId;
    private int sendTimeId;
    private int transportId;
    private long passed; // of PassedExtensions

    private long packets;
    private long bytes; // of payload, as sender reports count them
    private long bytesSent;
    private int fractionLost;
    private int lossiness; // as fractionLost, forgotten slowly
    private int importance;
    private int framesPerSecond; // wanted, 0 for all
    private int allowed = Integer.MAX_VALUE; // step of the ladder
    private boolean starved;
    private long loweredNs = Long.MIN_VALUE / 2;
    private long raisedNs = Long.MIN_VALUE / 2;
    private long waitNs = WAIT_NS;
    private Consumer<Boolean> whenStarved = now -> {};

    Delivery(RoomMember receiver, Track track, long ssrc, long rtxSsrc) {
        this.receiver = receiver;
        this.track = track;
        this.ssrc = ssrc;
        this.rtxSsrc = rtxSsrc;
        selector = new LayerSelector(track.activity());
        ladder = new Ladder(track.layers(), track.spec().sharp());
        // below 2^15, so that the receiver guesses the rollover counter right (RFC 3711 section 3.3.1)
        rewriter = new StreamRewriter(
                track.spec().clockRate(),
                receiver.bench().random.nextInt(1 << 15),
                Integer.toUnsignedLong(receiver.bench().random.nextInt()),
                track.spec().video() ? REMEMBERED_VIDEO : REMEMBERED_AUDIO);
        rtxSequence = receiver.bench().random.nextInt(1 << 15);
        track.add(this);
    }

    // ---- the path of a packet

    private boolean isReady() {
        return started && !paused && receiver.peer().isOpen();
    }

    /** Reads what the next packet will need. @return something that depends on all of it */
    long fetch() {
        return packets // as a whole
                + passed
                + selector.wanted()
                + temporal.fetch()
                + rewriter.fetch()
                + receiver.line().fetch()
                + receiver.peer().fetch(ssrc);
    }

    /** @param vp8 descriptor of the packet, null for other codecs */
    void deliver(Encoding encoding, RtpView packet, Vp8Descriptor vp8, boolean keyFrame, long nowNs) {
        if (track.spec().video() && selector.isOverdue(nowNs)) {
            rewriter.abandon();
        }
        if (!isReady() || track.spec().video() && !selector.forwards(encoding.layer, keyFrame, nowNs)) {
            return;
        }
        if (vp8 != null && !rewriter.isLate(encoding.source, packet) && !temporal.forwards(vp8, keyFrame)) {
            rewriter.leaveOut(encoding.source, packet, vp8);
            return;
        }
        if (!rewriter.accept(encoding.source, packet, vp8, encoding.clock, nowNs)) {
            return;
        }
        if (!RoomMember.fits(packet.payloadLength())) {
            receiver.drop(Drop.NOT_SENT);
            return;
        }
        if (!track.spec().video() || !receiver.line().holds(this, rewriter.sequenceNumber(), nowNs)) {
            transmit(encoding, packet, nowNs);
        }
    }

    /** A packet that had to wait leaves now, unless nobody needs it any more. */
    void release(int sequenceNumber, long nowNs) {
        RtpView kept = isReady() && rewriter.resume(sequenceNumber) ? kept() : null;
        if (kept != null) {
            transmit(track.bySource(rewriter.source()), kept, nowNs);
        }
    }

    private void transmit(Encoding encoding, RtpView packet, long nowNs) {
        ByteBuffer slot = receiver.slot();
        boolean redundant = redPayloadType >= 0;
        int type = redundant ? redPayloadType : payloadType;
        int payload = writeHeader(slot, packet, type, rewriter.sequenceNumber(), ssrc, nowNs);
        int length = redundant ? writeRedundant(slot, payload, packet, encoding) : writePayload(slot, payload, packet);
        if (receiver.peer().sendRtp(slot, length)) {
            packets++;
            bytes += length - payload;
            bytesSent += length;
            receiver.line().spend(length, nowNs);
            if (redundant) {
                receiver.line().onRedundant(length - payload - packet.payloadLength(), nowNs);
            }
            receiver.sent(length, transportId != 0, track.spec().video(), nowNs);
            if (transportId != 0 && rtxPayloadType >= 0) {
                receiver.sent(this, rewriter.sequenceNumber(), nowNs);
            }
            if (track.spec().video() && packet.marker() && receiver.line().isLossy()) {
                // nothing comes soon behind the end of a frame that would show its loss
                repeat(rewriter.sequenceNumber(), 0, Why.CAUTION, nowNs);
                repairLater(nowNs);
            }
        }
    }

    private int writeHeader(ByteBuffer slot, RtpView packet, int type, int sequenceNumber, long stream, long nowNs) {
        RtpWriter header = receiver.bench().header;
        header.begin(slot, 0, packet.marker(), type, sequenceNumber, rewriter.timestamp(), stream);
        if (midId != 0 && !heardOf && packets < NAMED_PACKETS) {
            header.extension(midId, mid);
        }
        if (sendTimeId != 0) {
            header.absSendTime(sendTimeId, nowNs);
        }
        if (transportId != 0) {
            header.transportSequenceNumber(transportId, receiver.takeTransportSequence());
        }
        PassedExtensions.write(passed, packet, header);
        return header.endHeader();
    }

    /** @return the length of the packet */
    private int writePayload(ByteBuffer slot, int at, RtpView packet) {
        slot.put(at, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        Vp8Descriptor copy = receiver.bench().copyVp8;
        if (track.payload() == Payload.VP8 && copy.wrap(slot, at, packet.payloadLength())) {
            rewriter.rewrite(copy);
        }
        return at + packet.payloadLength();
    }

    /** What went before goes once more with every packet, twice to who loses much. */
    private int writeRedundant(ByteBuffer slot, int at, RtpView packet, Encoding encoding) {
        RedWriter writer = receiver.bench().redWriter;
        RtpView kept = receiver.bench().kept;
        writer.begin(packet, payloadType);
        int most = lossiness < MUCH_LOST ? 1 : 2;
        for (int back = receiver.line().isRedundancyAffordable() ? most : 0; back > 0; back--) {
            int before = packet.sequenceNumber() - back & 0xFFFF;
            int length = encoding.history.find(before);
            if (length > 0) {
                kept.wrap(encoding.history.buffer(), encoding.history.offset(before), length);
                writer.earlier(kept);
            }
        }
        return writer.write(slot, at);
    }

    /** The receiver misses a packet (RFC 4585 section 6.2.1). Without rtx there is no number under which it could go again. */
    void sendAgain(int missing, long nowNs) {
        long rttNs = roundTrip.rttNs() < 0 ? UNKNOWN_ROUND_TRIP_NS : roundTrip.rttNs();
        // half of it the first time: the smoothed one may be longer than this one, and who is refused loses another
        long waitNs = rewriter.wasSentAgain(missing) ? rttNs + receiver.line().queueNs() : rttNs / 2;
        repair(missing, waitNs, nowNs);
    }

    /** The receiver tells whether a copy of a packet has come. It may not have asked for it: its request is lost or on its way. */
    void told(int number, boolean received, long nowNs) {
        if (rewriter.isLost(number, received)) {
            repair(number, 0, nowNs);
        }
    }

    /** What the receiver has told of a copy of a packet is lost itself, and with it perhaps the packet and the request for it. */
    void untold(int number, long nowNs) {
        if (rewriter.isLost(number, false)) {
            repeat(number, 0, Why.CAUTION, nowNs);
        }
    }

    /** A repair that is lost too makes a standstill, so it goes twice, and once more a little later. */
    private void repair(int missing, long notWithinNs, long nowNs) {
        int sent = repeat(missing, notWithinNs, Why.MISSED, nowNs);
        if (sent == 0 || !receiver.line().isLossy()) {
            return;
        }
        repeat(missing, 0, Why.CAUTION, nowNs);
        if (receiver.line().losesLittle() && laterCount < later.length) {
            later[laterCount++] = missing;
        }
    }

    private void repairLater(long nowNs) {
        for (int i = 0; i < laterCount; i++) {
            if (!rewriter.hasArrived(later[i])) {
                repeat(later[i], 0, Why.CAUTION, nowNs);
            }
        }
        laterCount = 0;
    }

    /** @return octets sent */
    private int repeat(int missing, long notWithinNs, Why why, long nowNs) {
        if (!isReady() || rtxPayloadType < 0 || !rewriter.recall(missing, notWithinNs, nowNs)) {
            return 0;
        }
        RtpView kept = kept();
        if (kept == null
                || why != Why.FILLING && !receiver.line().mayRepair(kept.length(), why == Why.CAUTION, nowNs)) {
            return 0;
        }
        ByteBuffer slot = receiver.slot();
        int at = writeHeader(slot, kept, rtxPayloadType, rtxSequence++ & 0xFFFF, rtxSsrc, nowNs);
        slot.putShort(at, (short) rewriter.sequenceNumber());
        int end = writePayload(slot, at + Rtx.OSN, kept);
        if (!receiver.peer().sendRtp(slot, end)) {
            return 0;
        }
        bytesSent += end;
        receiver.sent(end, transportId != 0, why == Why.FILLING, nowNs);
        if (transportId != 0) {
            receiver.sent(this, missing, nowNs);
            rewriter.sentAgain(missing);
        }
        return end;
    }

    /** @return the packet that the rewriter has found, numbered for this receiver, or null when its history does not keep it any more */
    private RtpView kept() {
        Encoding encoding = track.bySource(rewriter.source());
        int length = encoding == null ? 0 : encoding.history.find(rewriter.originalSequenceNumber());
        if (length == 0) {
            return null;
        }
        int offset = encoding.history.offset(rewriter.originalSequenceNumber());
        RtpView kept = receiver.bench().kept;
        kept.wrap(encoding.history.buffer(), offset, length); // it was a packet when it was kept
        rewriter.again(kept, track.payload().descriptor(kept, receiver.bench().keptVp8));
        return kept;
    }

    // ---- what the line carries

    boolean competes() {
        return track.spec().video() && isReady();
    }

    @Override
    public long importance() {
        return 4L * importance + selector.wanted(); // of equals the one that is shown larger
    }

    @Override
    public int steps() {
        return ladder.steps();
    }

    @Override
    public int wanted() {
        return ladder.top(selector.wanted());
    }

    @Override
    public int wholeOf(int step) {
        return ladder.top(ladder.layer(step));
    }

    @Override
    public boolean sent(int step) {
        return isSent(ladder.layer(step));
    }

    private boolean isSent(int layer) {
        return track.encoding(layer) != null
                && track.activity().alive(layer, receiver.line().nowNs());
    }

    @Override
    public long bitrate(int step) {
        int layer = ladder.layer(step);
        long nowNs = receiver.line().nowNs();
        return track.encoding(layer)
                .rates
                .bitrate(Math.min(ladder.temporal(step), wantedTemporal(layer, nowNs)), nowNs);
    }

    private int wantedTemporal(int layer, long nowNs) {
        Encoding encoding = framesPerSecond == 0 || layer < 0 ? null : track.encoding(layer);
        return encoding == null ? TemporalSelector.TOP : encoding.rates.layerFor(framesPerSecond, nowNs);
    }

    @Override
    public int allowed() {
        return allowed;
    }

    @Override
    public boolean mayRise() {
        return receiver.line().nowNs() - loweredNs >= waitNs;
    }

    /** A layer too many goes on until a key frame of the next lower one is there, unless it would drown the sound meanwhile. */
    @Override
    public void allow(int step) {
        long nowNs = receiver.line().nowNs();
        int layer = step == Allocator.NONE ? LayerSelector.NONE : ladder.layer(step);
        allowed = step;
        if (layer < selector.allowed() && layer < selector.wanted()) {
            loweredNs = nowNs;
            boolean inVain = nowNs - raisedNs < LASTING_NS;
            waitNs = inVain ? Math.min(MOST_WAIT_NS, 2 * waitNs) : WAIT_NS;
        }
        if (layer > selector.allowed()) {
            raisedNs = nowNs;
        }
        if (selector.allowed(layer, receiver.line().isDrowning() ? nowNs : nowNs + PATIENCE_NS, nowNs)) {
            rewriter.abandon(); // a key frame comes next, and repairs would be in its way
        }
        chooseFrames(nowNs);
        boolean now = step == Allocator.NONE && anySent();
        if (now != starved) {
            starved = now;
            whenStarved.accept(now);
        }
    }

    private boolean anySent() {
        for (int layer = 0; layer < track.layers(); layer++) {
            if (isSent(layer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Fills the line: repeats what was sent last, which a receiver may even need (RFC 4588), and when that is not kept any more, sends
     * packets of nothing but padding (RFC 3550 section 5.1).
     *
     * @return octets sent
     */
    int pad(int octets, long nowNs) {
        if (!isReady() || rtxPayloadType < 0) {
            return 0;
        }
        int sent = 0;
        int at = rewriter.lastSequenceNumber();
        for (int back = 0; back < PADDING_LOOK_BACK && sent < octets && rewriter.started(); back++) {
            sent += repeat(at - back & 0xFFFF, 0, Why.FILLING, nowNs);
        }
        for (int i = 0; i < PADDING_LOOK_BACK && sent < octets; i++) {
            sent += sendPadding(nowNs);
        }
        return sent;
    }

    private int sendPadding(long nowNs) {
        ByteBuffer slot = receiver.slot();
        RtpWriter header = receiver.bench().header;
        header.begin(slot, 0, false, rtxPayloadType, rtxSequence++ & 0xFFFF, rewriter.timestamp(), rtxSsrc);
        if (transportId != 0) {
            header.transportSequenceNumber(transportId, receiver.takeTransportSequence());
        }
        int at = header.endHeader();
        for (int i = 0; i < MOST_PADDING; i++) {
            slot.put(at + i, (byte) 0);
        }
        slot.put(0, (byte) (slot.get(0) | 0x20));
        slot.put(at + MOST_PADDING - 1, (byte) MOST_PADDING);
        int end = at + MOST_PADDING;
        if (!receiver.peer().sendRtp(slot, end)) {
            return 0;
        }
        receiver.sent(end, transportId != 0, true, nowNs);
        return end;
    }

    /** Of fewer frames the ones that are wanted and that the line carries. */
    void chooseFrames(long nowNs) {
        int affordable = TemporalSelector.TOP;
        if (allowed >= 0 && allowed < ladder.steps()) {
            int layer = ladder.layer(allowed);
            // a size too many that goes on for a moment takes as little as it can
            affordable = selector.current() > layer
                    ? 0
                    : selector.current() == layer ? ladder.temporal(allowed) : affordable;
        }
        temporal.allowed(Math.min(affordable, wantedTemporal(selector.current(), nowNs)));
    }

    /** @return the layer that a key frame is needed of, or a negative number */
    int awaitsKeyFrame(long nowNs) {
        return isReady() ? selector.awaitsKeyFrame(nowNs) : LayerSelector.NONE;
    }

    /** The receiver cannot go on (RFC 4585 section 6.3.1, RFC 5104 section 4.3.1). */
    void needKeyFrame() {
        if (track.spec().video() && isReady()) {
            track.needKeyFrame(selector.current());
        }
    }

    /** The track was muted or unmuted: what comes next follows what went last, and begins at a key frame. */
    void interrupted() {
        rewriter.pause();
        selector.paused(true);
        selector.paused(paused);
    }

    // ---- reports

    void onReport(RtcpView report, int index, long nowNs) {
        heardOf = true;
        fractionLost = report.fractionLost(index);
        lossiness = Math.max(fractionLost, lossiness * 15 / 16);
        roundTrip.onReport(report.lastSenderReport(index), report.delaySinceLastSenderReport(index), nowNs);
    }

    /** @return false when there is no room for it */
    boolean writeReport(RtcpWriter writer, long nowNs) {
        Encoding encoding = rewriter.started() ? track.bySource(rewriter.currentSource()) : null;
        if (!isReady() || encoding == null || !encoding.clock.known()) {
            return true; // nothing to say
        }
        long ntp = encoding.clock.ntpAt(nowNs);
        long timestamp = rewriter.timestampOf(encoding.clock.timestampAt(nowNs));
        if (!writer.senderReport(ssrc, ntp, timestamp, packets, bytes)) {
            return false;
        }
        roundTrip.onSent(ntp, nowNs);
        return true;
    }

    // ---- Subscription

    @Override
    public long ssrc() {
        return ssrc;
    }

    @Override
    public long rtxSsrc() {
        return rtxSsrc;
    }

    @Override
    public void start(Forwarding.SubscriptionSpec spec) {
        payloadType = spec.payloadType();
        rtxPayloadType = track.spec().video() ? spec.rtxPayloadType() : -1;
        redPayloadType = track.spec().video() ? -1 : spec.redPayloadType();
        mid = spec.mid().getBytes(StandardCharsets.US_ASCII);
        midId = mid.length >= 1 && mid.length <= 16 ? PassedExtensions.id(spec.extensions(), HeaderExtensions.MID) : 0;
        sendTimeId = PassedExtensions.id(spec.extensions(), HeaderExtensions.ABS_SEND_TIME);
        transportId = PassedExtensions.id(spec.extensions(), HeaderExtensions.TRANSPORT_WIDE_CC);
        passed = PassedExtensions.of(track.spec().extensions(), spec.extensions());
        started = true;
    }

    @Override
    public void paused(boolean value) {
        if (paused != value) {
            paused = value;
            interrupted();
        }
    }

    @Override
    public void wanted(Forwarding.Layer highest) {
        selector.wanted(highest.ordinal());
    }

    @Override
    public void frameRate(int wanted) {
        framesPerSecond = wanted;
    }

    @Override
    public void importance(int value) {
        importance = value;
    }

    @Override
    public void whenStarved(Consumer<Boolean> listener) {
        whenStarved = listener;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            started = false;
            track.remove(this);
            receiver.remove(this);
        }
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public long bytes() {
        return bytesSent;
    }

    /** @return 0 to 255, of the last report */
    int fractionLost() {
        return fractionLost;
    }

    /** @return smoothed, or -1 when unknown */
    long roundTripNs() {
        return roundTrip.rttNs();
    }
}
