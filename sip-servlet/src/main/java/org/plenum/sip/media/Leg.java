/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.plenum.media.api.LocalPeer;
import org.plenum.sip.audio.Pcm;
import org.plenum.sip.audio.PhoneCodec;
import org.plenum.sip.audio.Source;
import org.plenum.sip.audio.TelephoneEvents;
import org.plenum.sip.audio.ToneKeys;
import org.plenum.sip.audio.Voice;

/**
 * The sound of one call: RTP in and out, keys, announcements. Other threads post what they want by the methods of the second part; all
 * else belongs to the media clock that has the leg at the moment.
 */
public final class Leg {
    private static final int MOST_A_TICK = 16; // packets: more than that is no conversation
    private static final long KEY_SILENCE_NS = 80_000_000L;
    private static final long REPORT_NS = 5_000_000_000L;
    private static final long LATCH_NS = 5_000_000_000L;
    private static final int MTU = 1_500;

    private final RtpPort port;
    private final LegListener listener;
    private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final ByteBuffer inbound = ByteBuffer.allocate(MTU + 1);
    private final ByteBuffer outbound = ByteBuffer.allocate(MTU);
    private final RtpHeader header = new RtpHeader();
    private final TelephoneEvents keys = new TelephoneEvents();
    private final ToneKeys tones = new ToneKeys();
    private final Voice voice = new Voice();
    private final long ssrc;
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

    Leg(RtpPort port, LegListener listener, long ssrc, int firstSequence, long nowNs) {
        this.port = port;
        this.listener = listener;
        this.ssrc = ssrc;
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
        wishes.add(() -> begin(negotiated));
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
            port.close();
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

    private void begin(LegParameters negotiated) {
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
            if (header.read(inbound.array(), inbound.position()) && isExpected(from, nowNs)) {
                take(nowNs);
            }
        }
        for (int i = 0; i < 4 && port.receiveReport(inbound) != null; i++) {
            // reports are read away: there is nobody here who would act upon them
        }
    }

    /** A stranger who guesses the port gets neither in, nor the other side's sound. */
    private boolean isExpected(InetSocketAddress from, long nowNs) {
        if (from.equals(remote)) {
            return true;
        }
        boolean known =
                header.payloadType() == parameters.payloadType() || header.payloadType() == parameters.keyType();
        if (!latched
                && known
                && nowNs - openedNs < LATCH_NS
                && parameters.latching().test(from.getAddress())) {
            latched = true;
            remote = from;
            return true;
        }
        foreign++;
        return false;
    }

    private void take(long nowNs) {
        lastPacketNs = nowNs;
        packetsIn++;
        byte[] packet = inbound.array();
        if (header.payloadType() == parameters.keyType()) {
            keyUntilNs = nowNs + KEY_SILENCE_NS;
            tell(keys.onPacket(header.ssrc(), header.timestamp(), packet, header.payloadAt(), header.payloadLength()));
        } else if (header.payloadType() == parameters.payloadType()) {
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
        if (!parameters.sending()) {
            talking = false;
            return;
        }
        byte[] packet = outbound.array();
        RtpHeader.write(packet, !talking, parameters.payloadType(), sequence, timestamp, ssrc);
        talking = true;
        int length = codec.encode(frame, packet, RtpHeader.LENGTH);
        sequence = sequence + 1 & 0xFFFF;
        outbound.clear().limit(RtpHeader.LENGTH + length);
        port.send(outbound, remote);
        packetsOut++;
        octetsOut += length;
        report(nowNs);
    }

    private void report(long nowNs) {
        if (nextReportNs != Long.MIN_VALUE && nextReportNs - nowNs > 0) {
            return;
        }
        nextReportNs = nowNs + REPORT_NS;
        int length = RtpHeader.writeSenderReport(
                outbound.array(), ssrc, System.currentTimeMillis(), timestamp, packetsOut, octetsOut);
        outbound.clear().limit(length);
        if (parameters.reportsBeside()) {
            port.send(outbound, remote);
        } else {
            port.sendReport(outbound, new InetSocketAddress(remote.getAddress(), remote.getPort() + 1));
        }
    }
}
