/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.core.srtp.SrtpContext;
import org.plenum.sip.audio.Pcm;
import org.plenum.sip.audio.PhoneCodec;
import org.plenum.sip.audio.Source;
import org.plenum.sip.audio.TelephoneEvents;
import org.plenum.sip.audio.ToneKeys;
import org.plenum.sip.audio.Voice;
import org.plenum.sip.call.Protection;

/**
 * The sound of one call: RTP in and out, keys, announcements. Other threads post what they want by the methods of the second part; all
 * else belongs to the media clock that has the leg at the moment.
 */
public final class Leg {
    private static final int MOST_A_TICK = 16; // packets: more than that is no conversation
    private static final int MOST_REPORTS_A_TICK = 4;
    private static final long KEY_SILENCE_NS = 80_000_000L;
    private static final long REPORT_NS = 5_000_000_000L;
    private static final long LATCH_NS = 5_000_000_000L;
    private static final int MTU = 1_500;
    private static final SrtpContext.Limits STREAMS =
            new SrtpContext.Limits(4, 1); // one, and a few that follow one another

    private final RtpPort port;
    private final LegListener listener;
    private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final ByteBuffer inbound = ByteBuffer.allocate(MTU + SrtpContext.MAX_OVERHEAD + 1);
    private final ByteBuffer outbound = ByteBuffer.allocate(MTU + SrtpContext.MAX_OVERHEAD);
    private final RtpHeader header = new RtpHeader();
    private final TelephoneEvents keys = new TelephoneEvents();
    private final ToneKeys tones = new ToneKeys();
    private final Voice voice = new Voice();
    private final long ssrc;
    private final Reports reports;
    private Optional<Protection.Pair> keysInUse = Optional.empty(); // control thread only
    private SrtpContext keysToBe; // control thread only
    private SrtpContext srtp; // null: not protected
    private LegParameters parameters;
    private PhoneCodec codec;
    private Source source;
    private InetSocketAddress remote;
    private boolean latched;
    private long openedNs;
    private int sequence;
    private long timestamp;
    private boolean talking; // towards the telephone: decides about the marker
    private long keyUntilNs;
    private long nextReportNs = Long.MIN_VALUE;
    private long packetsOut;
    private long octetsOut;
    private Bridge bridge;
    private boolean closed;
    private volatile long lastPacketNs;
    private volatile long foreign;
    private volatile long packetsIn;
    private volatile long lost;
    private volatile long jitterMs;

    Leg(RtpPort port, LegListener listener, long ssrc, int firstSequence, long nowNs) {
        this.port = port;
        this.listener = listener;
        this.ssrc = ssrc;
        this.reports = new Reports(ssrc);
        this.sequence = firstSequence;
        this.timestamp = ssrc; // random as well
        this.openedNs = nowNs;
        this.keyUntilNs = nowNs;
        this.lastPacketNs = nowNs;
    }

    // ---- wishes of other threads

    /** The local RTP port. */
    public int portNumber() {
        return port.number();
    }

    /** Begins, or goes on with something else: another codec, another address, on hold. */
    public void use(LegParameters negotiated) {
        if (!negotiated.protection().equals(keysInUse)) {
            keysInUse = negotiated.protection();
            keysToBe = keysInUse
                    .map(pair ->
                            new SrtpContext(pair.theirs().keys(), pair.ours().keys(), STREAMS))
                    .orElse(null);
        }
        SrtpContext context = keysToBe;
        wishes.add(() -> begin(negotiated, context));
    }

    /** Announces something after everything that waits already. */
    public void play(String key, short[] samples) {
        wishes.add(() -> voice.prompts().add(key, samples));
    }

    /** Leaves that much silence before the next announcement. */
    public void pause(int milliseconds) {
        wishes.add(() -> voice.prompts().pause(milliseconds));
    }

    /** Stops all announcements. */
    public void hush() {
        wishes.add(() -> voice.prompts().stop());
    }

    public void mute(boolean muted) {
        wishes.add(() -> voice.mute(muted));
    }

    /** When the last packet of the other side came, by {@link System#nanoTime}. */
    public long lastPacketNs() {
        return lastPacketNs;
    }

    /** Packets from elsewhere, which were dropped. */
    public long foreign() {
        return foreign;
    }

    public long packetsIn() {
        return packetsIn;
    }

    /** Packets of the other side that did not come. */
    public long lost() {
        return lost;
    }

    /** How irregularly the other side's packets come, in milliseconds (RFC 3550 section 6.4.1). */
    public long jitterMs() {
        return jitterMs;
    }

    void move(Bridge to, LocalPeer peer) {
        wishes.add(() -> {
            bridge.remove(this);
            voice.peer(peer);
            to.clock().adopt(to, this);
        });
    }

    void close() {
        wishes.add(() -> {
            closed = true;
            bridge.remove(this);
            try {
                if (parameters != null) {
                    report(System.nanoTime(), true);
                }
            } finally {
                port.close();
            }
        });
    }

    // ---- on the media clock

    void at(Bridge where) {
        bridge = where;
    }

    Voice voice() {
        return voice;
    }

    /** Wishes, then everything that came since the last tick, then the frame that is heard now. @return false: it is gone or has moved */
    boolean listen(long nowNs) {
        Bridge before = bridge;
        for (Runnable wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            wish.run();
            if (closed || bridge != before) {
                return false;
            }
        }
        if (source == null) {
            voice.silent();
            return true;
        }
        receive(nowNs);
        boolean heard = source.frame(voice.frame(), voice.speaks(), nowNs);
        if (nowNs - keyUntilNs < 0 || !heard) {
            voice.silent();
        } else {
            if (parameters.toneKeys()) {
                tell(tones.onFrame(voice.frame(), Pcm.FRAME));
            }
            voice.heard();
        }
        return true;
    }

    private void begin(LegParameters negotiated, SrtpContext context) {
        srtp = context;
        boolean sameCodec = parameters != null
                && parameters.codec() == negotiated.codec()
                && parameters.payloadType() == negotiated.payloadType();
        if (!sameCodec) {
            codec = negotiated.codec().make();
            source = new Source(codec);
        }
        if (parameters == null || !parameters.remote().equals(negotiated.remote())) {
            remote = negotiated.remote();
            latched = false;
            openedNs = System.nanoTime();
        }
        parameters = negotiated;
        lastPacketNs = System.nanoTime();
    }

    private void receive(long nowNs) {
        for (int i = 0; i < MOST_A_TICK; i++) {
            InetSocketAddress from = port.receive(inbound);
            if (from == null) {
                break;
            }
            if (Reports.isReport(inbound.array(), inbound.position())) {
                hearReport(nowNs);
            } else if (header.read(inbound.array(), inbound.position()) && mayCome(from, nowNs) && open()) {
                latched |= !from.equals(remote);
                remote = from;
                take(nowNs);
            }
        }
        for (int i = 0; i < MOST_REPORTS_A_TICK && port.receiveReport(inbound) != null; i++) {
            hearReport(nowNs);
        }
    }

    /** A stranger who guesses the port gets neither in, nor the other side's sound. */
    private boolean mayCome(InetSocketAddress from, long nowNs) {
        if (from.equals(remote)) {
            return true;
        }
        boolean known =
                header.payloadType() == parameters.payloadType() || header.payloadType() == parameters.keyType();
        if (!latched
                && known
                && nowNs - openedNs < LATCH_NS
                && parameters.latching().test(from.getAddress())) {
            return true;
        }
        foreign++;
        return false;
    }

    private void hearReport(long nowNs) {
        int length = inbound.position();
        length = srtp == null ? length : srtp.unprotectRtcp(inbound.array(), 0, length);
        if (length > 0) {
            reports.read(inbound, length, nowNs);
        }
    }

    /** Takes the protection off. Only then anything but the header may be believed. */
    private boolean open() {
        if (srtp == null) {
            return true;
        }
        int plain = srtp.unprotectRtp(inbound.array(), 0, inbound.position());
        return plain > 0 && header.read(inbound.array(), plain);
    }

    private void take(long nowNs) {
        lastPacketNs = nowNs;
        packetsIn++;
        boolean sound = header.payloadType() == parameters.payloadType();
        reports.heard(header, codec.clockRate(), sound, nowNs);
        lost = reports.lost();
        jitterMs = reports.jitterMs();
        byte[] packet = inbound.array();
        if (header.payloadType() == parameters.keyType()) {
            keyUntilNs = nowNs + KEY_SILENCE_NS;
            tell(keys.onPacket(header.ssrc(), header.timestamp(), packet, header.payloadAt(), header.payloadLength()));
        } else if (sound) {
            source.put(
                    header.ssrc(),
                    header.sequence(),
                    header.timestamp(),
                    packet,
                    header.payloadAt(),
                    header.payloadLength(),
                    nowNs);
        }
    }

    private void tell(char key) {
        if (key != TelephoneEvents.NONE) {
            listener.key(key);
        }
    }

    /** One packet, whatever there is to say: carriers cut calls without media. @param mix of the others, null when they are silent */
    void speak(short[] mix, long nowNs) {
        if (codec == null) {
            return;
        }
        boolean wasPlaying = voice.prompts().isPlaying();
        short[] frame = voice.towardsPhone(mix);
        if (wasPlaying && !voice.prompts().isPlaying()) {
            listener.promptsOver();
        }
        timestamp += codec.clockRate() / 50;
        reportInTime(nowNs);
        if (!parameters.sending()) {
            talking = false;
            return;
        }
        byte[] packet = outbound.array();
        RtpHeader.write(packet, !talking, parameters.payloadType(), sequence, timestamp, ssrc);
        talking = true;
        int length = codec.encode(frame, packet, RtpHeader.LENGTH);
        sequence = sequence + 1 & 0xFFFF;
        int size = RtpHeader.LENGTH + length;
        size = srtp == null ? size : srtp.protectRtp(packet, 0, size);
        if (size > 0) { // not so at the end of the keys only
            port.send(outbound.clear().limit(size), remote);
        }
        packetsOut++;
        octetsOut += length;
    }

    private void reportInTime(long nowNs) {
        if (nextReportNs == Long.MIN_VALUE || nextReportNs - nowNs <= 0) {
            nextReportNs = nowNs + REPORT_NS;
            report(nowNs, false);
        }
    }

    private void report(long nowNs, boolean last) {
        Reports.Sent sent = new Reports.Sent(timestamp, packetsOut, octetsOut);
        outbound.clear(); // the packet before may have been shorter
        int length = reports.write(outbound, sent, System.currentTimeMillis(), nowNs, last);
        length = srtp == null ? length : srtp.protectRtcp(outbound.array(), 0, length);
        if (length < 0) {
            return;
        }
        outbound.clear().limit(length);
        if (parameters.reportsBeside()) {
            port.send(outbound, remote);
        } else {
            port.sendReport(outbound, new InetSocketAddress(remote.getAddress(), remote.getPort() + 1));
        }
    }
}
