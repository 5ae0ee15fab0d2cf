/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.plenum.media.core.layers.KeyFrameRequests;
import org.plenum.media.core.layers.LayerActivity;
import org.plenum.media.core.layers.TemporalSelector;
import org.plenum.media.core.peer.Drop;
import org.plenum.media.core.rtp.AudioLevel;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RedView;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.rtp.Vp8Descriptor;
import org.plenum.media.core.speakers.SpeakerLevel;

/** A publication: its encodings, and those who receive it. Belongs to the loop of its room. */
final class Track implements Forwarding.Publication {
    /** Of a packet that does not say. */
    static final int UNKNOWN_LEVEL = -1;

    private static final int MOST_LAYERS = Forwarding.Layer.values().length;
    private static final int AHEAD = 8; // receivers
    private static final long CARE_NS = 20_000_000L;
    private static final long PATIENCE_NS = 60_000_000L; // nobody is woken up for care while packets do it anyway
    private static final long SILENT_NS = 1_000_000_000L;

    private final ForwardingRoom room;
    private final RoomMember member;
    private final Forwarding.PublicationSpec spec;
    private final Payload payload;
    private final byte[] mid;
    private final byte[][] rids;
    private final Encoding[] encodings;
    private final LayerActivity activity;
    private final KeyFrameRequests keyFrames;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final int audioLevelId;
    private SpeakerLevel level;
    private int sources;
    private boolean muted;
    private boolean heard = true;
    private boolean closed;
    private long packets;
    private long bytes;
    private long careNs;

    /** Means nothing. To be known it has to be read from memory, which is what it is for. */
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    Track(ForwardingRoom room, RoomMember member, Forwarding.PublicationSpec spec) {
        this.room = room;
        this.member = member;
        this.spec = spec;
        payload = Payload.of(spec.video(), spec.mimeType());
        mid = octets(spec.mid());
        rids = spec.rids().stream().limit(MOST_LAYERS).map(Track::octets).toArray(byte[][]::new);
        int layers = Math.max(
                1, Math.max(rids.length, Math.min(MOST_LAYERS, spec.ssrcs().size())));
        encodings = new Encoding[layers];
        activity = new LayerActivity(layers);
        keyFrames = new KeyFrameRequests(layers);
        audioLevelId = spec.extensions().getOrDefault(HeaderExtensions.AUDIO_LEVEL, 0);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- who is who

    Forwarding.PublicationSpec spec() {
        return spec;
    }

    RoomMember member() {
        return member;
    }

    Payload payload() {
        return payload;
    }

    int layers() {
        return encodings.length;
    }

    LayerActivity activity() {
        return activity;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isNamed(byte[] name, int length) {
        return matches(mid, name, length);
    }

    /** @return the layer with this stream id, or -1 */
    int layerOf(byte[] rid, int length) {
        for (int layer = 0; layer < rids.length; layer++) {
            if (matches(rids[layer], rid, length)) {
                return layer;
            }
        }
        return -1;
    }

    boolean hasRids() {
        return rids.length > 0;
    }

    private static boolean matches(byte[] expected, byte[] name, int length) {
        if (expected.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (expected[i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** @return null before the first packet of the layer */
    Encoding encoding(int layer) {
        return encodings[layer];
    }

    /** Those that have been heard of. */
    List<Encoding> encodings() {
        return Arrays.stream(encodings).filter(Objects::nonNull).toList();
    }

    /** @return null when no encoding has this number any more */
    Encoding bySource(int source) {
        for (Encoding encoding : encodings) {
            if (encoding != null && encoding.source == source) {
                return encoding;
            }
        }
        return null;
    }

    /**
     * Takes a new SSRC for a layer. One that is alive keeps its place: whoever else sends under its name is refused.
     *
     * @return null when refused
     */
    Encoding latch(int layer, long ssrc, long nowNs) {
        Encoding before = encodings[layer];
        if (before != null) {
            if (nowNs - before.lastPacketNs < SILENT_NS) {
                return null;
            }
            member.forget(before);
        }
        Encoding encoding = new Encoding(this, layer, sources++, ssrc);
        encoding.lastPacketNs = nowNs;
        encodings[layer] = encoding;
        return encoding;
    }

    // ---- the path of a packet

    /** A media packet, restored or as it came: forwards it to everybody who gets this layer, that of a video with what comes together with it. */
    void forward(Encoding encoding, RtpView packet, long nowNs) {
        switch (encoding.loss.onPacket(packet.sequenceNumber(), nowNs)) {
            case DUPLICATE, TOO_OLD -> {
                member.drop(Drop.RTP_USELESS);
                return;
            }
            default -> count(packet);
        }
        if (encoding.loss.deadlineNs() != Long.MAX_VALUE) {
            member.bench().hurry(); // what is missing is asked for in time
        }
        Vp8Descriptor vp8 = payload.descriptor(packet, member.bench().incomingVp8);
        if (payload == Payload.VP8 && vp8 == null && packet.payloadLength() > 0) {
            member.drop(Drop.RTP_MALFORMED);
            return;
        }
        boolean keyFrame = packet.payloadLength() > 0 && payload.startsKeyFrame(packet, vp8);
        activity.onPacket(encoding.layer, nowNs);
        encoding.rates.onPacket(TemporalSelector.of(vp8), packet.length(), packet.marker(), nowNs);
        if (muted) {
            return;
        }
        encoding.history.put(packet.sequenceNumber(), packet.buffer(), packet.offset(), packet.length());
        if (spec.video()) {
            if (keyFrame) {
                keyFrames.onKeyFrame(encoding.layer);
            }
            member.bench().fanOut.add(this, encoding, packet.sequenceNumber(), keyFrame, nowNs);
            return;
        }
        if (!isHeard(listen(packet, nowNs), nowNs)) {
            return;
        }
        for (int i = 0; i < deliveries.size(); i++) {
            fetch(i);
            deliveries.get(i).deliver(encoding, packet, vp8, keyFrame, nowNs);
        }
    }

    boolean isRedundant(RtpView packet) {
        return spec.redPayloadType() >= 0 && packet.payloadType() == spec.redPayloadType();
    }

    /**
     * Takes apart a packet with what was sent before (RFC 2198): forwards what is missing of that.
     *
     * @param packet afterwards only what is new
     * @return false when there is nothing usable in it
     */
    boolean unfold(Encoding encoding, RtpView packet, long nowNs) {
        RedView red = member.bench().red;
        if (!red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                || red.payloadType(red.earlier()) != spec.payloadType()) {
            member.drop(Drop.RTP_MALFORMED);
            return false;
        }
        for (int i = 0; i < red.earlier(); i++) {
            int sequenceNumber = packet.sequenceNumber() - (red.earlier() - i) & 0xFFFF;
            if (red.length(i) > 0 && red.payloadType(i) == spec.payloadType() && encoding.loss.misses(sequenceNumber)) {
                forward(encoding, restored(packet, red, i, sequenceNumber), nowNs);
            }
        }
        red.unwrap(packet);
        return true;
    }

    private RtpView restored(RtpView packet, RedView red, int index, int sequenceNumber) {
        Workbench bench = member.bench();
        ByteBuffer octets = bench.restoredOctets;
        bench.header.begin(
                octets,
                0,
                false,
                spec.payloadType(),
                sequenceNumber,
                packet.timestamp() - red.timestampOffset(index),
                packet.ssrc());
        int at = bench.header.endHeader();
        octets.put(at, packet.buffer(), red.offset(index), red.length(index));
        bench.restored.wrap(octets, 0, at + red.length(index));
        return bench.restored;
    }

    private void count(RtpView packet) {
        packets++;
        bytes += packet.length();
    }

    /** @return 0 to 127 -dBov, or {@link #UNKNOWN_LEVEL} */
    private int listen(RtpView packet, long nowNs) {
        int at = audioLevelId == 0 ? RtpView.ABSENT : packet.extension(audioLevelId);
        if (at == RtpView.ABSENT || packet.extensionLength() < 1) {
            return UNKNOWN_LEVEL;
        }
        int minusDbov = AudioLevel.minusDbov(packet.buffer().get(at));
        if (level == null) {
            level = room.speakers().add(this, nowNs);
        }
        level.onPacket(minusDbov, packet.timestamp());
        return minusDbov;
    }

    /** What is left out leaves no gap in the numbers of the receivers. */
    private boolean isHeard(int minusDbov, long nowNs) {
        boolean now = audioLevelId == 0 || room.isHeard(this, minusDbov, nowNs);
        if (heard && !now) {
            deliveries.forEach(Delivery::interrupted);
        }
        heard = now;
        return now;
    }

    // ---- what is due

    long deadlineNs() {
        long soonest = spec.video() && !deliveries.isEmpty() ? careNs + PATIENCE_NS : Long.MAX_VALUE;
        if (spec.nack()) {
            for (Encoding encoding : encodings) {
                if (encoding != null) {
                    soonest = Math.min(soonest, encoding.loss.deadlineNs());
                }
            }
        }
        return soonest;
    }

    void poll(long nowNs) {
        for (Encoding encoding : encodings) {
            if (encoding != null) {
                encoding.poll(nowNs);
            }
        }
        if (!spec.video() || careNs - nowNs > 0) {
            return;
        }
        careNs = nowNs + CARE_NS;
        for (int i = 0; i < deliveries.size(); i++) {
            deliveries.get(i).chooseFrames(nowNs);
            needKeyFrame(deliveries.get(i).awaitsKeyFrame(nowNs));
        }
        for (Encoding encoding : encodings) {
            if (encoding != null && !muted && keyFrames.poll(encoding.layer, nowNs)) {
                member.beginFeedback();
                member.writer().pli(member.ssrc(), encoding.ssrc);
                member.endFeedback();
            }
        }
    }

    /**
     * To be called before a receiver gets something, in their order. What is known of a receiver is cold when its turn comes, and most of it
     * is found by following references, one wait for memory after the other. The processor does that for several receivers at a time when
     * nothing else has to be done in between.
     */
    void fetch(int receiver) {
        if (receiver % AHEAD != 0) {
            return;
        }
        long sum = 0;
        for (int i = Math.min(receiver + AHEAD, deliveries.size()) - 1; i >= receiver; i--) {
            sum += deliveries.get(i).fetch();
        }
        fetched = sum;
    }

    /** @param layer or a negative number for none */
    void needKeyFrame(int layer) {
        if (layer >= 0) {
            keyFrames.request(layer);
        }
    }

    // ---- Publication

    void add(Delivery delivery) {
        deliveries.add(delivery);
    }

    void remove(Delivery delivery) {
        deliveries.remove(delivery);
    }

    int deliveries() {
        return deliveries.size();
    }

    Delivery delivery(int index) {
        return deliveries.get(index);
    }

    @Override
    public void muted(boolean value) {
        if (muted == value) {
            return;
        }
        member.bench().fanOut();
        muted = value;
        if (level != null) {
            level.silence();
        }
        for (Encoding encoding : encodings) {
            if (encoding != null) {
                encoding.loss.forget();
            }
        }
        deliveries.forEach(Delivery::interrupted);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(deliveries).forEach(Delivery::close);
        for (Encoding encoding : encodings) {
            if (encoding != null) {
                member.forget(encoding);
            }
        }
        member.remove(this);
        room.remove(this);
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
