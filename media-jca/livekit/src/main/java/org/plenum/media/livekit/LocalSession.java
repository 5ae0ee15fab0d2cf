/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.TrackType;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.MuteTrackRequest;
import livekit.LivekitRtc.SignalResponse;
import org.plenum.media.api.LocalPeerEvent;
import org.plenum.media.api.LocalPeerSpec;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.RemovalReason;
import org.plenum.media.api.SignalClient;
import org.plenum.media.api.TrackSource;
import org.plenum.media.core.peer.DatagramSink;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.rtp.RtpWriter;
import org.plenum.media.livekit.SignalCounters.Count;

/**
 * The session of a local peer: to the room an ordinary participant with one microphone track, only that its packets come from
 * within. On the loop.
 */
public final class LocalSession implements SignalClient {
    /** As in descriptions: what Opus is called here. */
    static final int PAYLOAD_TYPE = 111;

    static final int LEVEL_ID = 1;
    static final long SSRC = 1; // means something within its own connection only
    private static final int POLITE_CLOSE = 1000;

    private final Consumer<LocalPeerEvent> events;
    private final Surroundings around;
    private final RtpWriter header = new RtpWriter();
    private final ByteBuffer packet = ByteBuffer.allocate(DatagramSink.SLOT);
    private final byte[] level = new byte[1];
    private Participant participant;
    private LocalConnection connection;
    private boolean mayPublish;
    private boolean muted;
    private boolean leaving;
    private int sequence;

    LocalSession(Consumer<LocalPeerEvent> events, Surroundings around, boolean mayPublish) {
        this.events = events;
        this.around = around;
        this.mayPublish = mayPublish;
    }

    /** The room knows the participant: its track is announced at once, so that everybody sees a microphone. */
    void begin(Participant self) {
        participant = self;
        connection = self.publishing().openLocal();
        announce();
    }

    private void announce() {
        if (!mayPublish) {
            return;
        }
        participant
                .publishing()
                .addLocal(AddTrackRequest.newBuilder()
                        .setCid("phone")
                        .setName("phone")
                        .setType(TrackType.AUDIO)
                        .setSource(livekit.LivekitModels.TrackSource.MICROPHONE)
                        .setMuted(muted)
                        .build());
    }

    /** {@link org.plenum.media.api.LocalPeer#publish}. */
    public void publish(OpusPacket opus, long nowNs) {
        if (isOver() || !mayPublish) {
            around.count(Count.LOCAL_PACKETS_DROPPED);
            return;
        }
        participant.room().at(nowNs);
        header.begin(
                packet,
                0,
                opus.talkspurtStart(),
                PAYLOAD_TYPE,
                sequence,
                Integer.toUnsignedLong(opus.rtpTime48k()),
                SSRC);
        sequence = sequence + 1 & 0xFFFF;
        level[0] = (byte) (opus.voice() ? opus.levelDbov() | 0x80 : opus.levelDbov());
        header.extension(LEVEL_ID, level);
        int at = header.endHeader();
        packet.put(at, opus.payload());
        connection.receive(packet, at + opus.payload().length, nowNs);
    }

    /** {@link org.plenum.media.api.LocalPeer#mute}. */
    public void mute(boolean now, long nowNs) {
        muted = now;
        if (!isOver()) {
            participant.room().at(nowNs);
            participant
                    .publishing()
                    .tracks()
                    .forEach(track -> participant.muteOwn(MuteTrackRequest.newBuilder()
                            .setSid(track.sid())
                            .setMuted(now)
                            .build()));
        }
    }

    /** {@link org.plenum.media.api.LocalPeer#close}. @return false: it was over before */
    public boolean close(long nowNs) {
        if (isOver()) {
            return false;
        }
        leaving = true;
        participant.room().at(nowNs);
        participant.gone(DisconnectReason.CLIENT_INITIATED);
        return true;
    }

    private boolean isOver() {
        return leaving || participant == null || participant.isGone();
    }

    // ---- what the room says to its participant

    @Override
    public void send(byte[] message) {
        SignalResponse response;
        try {
            response = SignalResponse.parseFrom(message);
        } catch (InvalidProtocolBufferException impossible) { // it was built a moment ago
            throw new IllegalStateException(impossible);
        }
        switch (response.getMessageCase()) {
            case MUTE -> {
                muted = response.getMute().getMuted();
                events.accept(new LocalPeerEvent.MutedByServer(muted));
            }
            case REFRESH_TOKEN -> permissionsMayHaveChanged(); // comes with every change of rights
            case LEAVE -> removed(response.getLeave().getReason());
            default -> {} // news about others: whoever is on the telephone hears them from the meeting
        }
    }

    private void permissionsMayHaveChanged() {
        if (participant == null) {
            return;
        }
        boolean allowed = participant.grants().sources().contains(TrackSource.MICROPHONE);
        if (allowed != mayPublish) {
            mayPublish = allowed;
            announce();
            events.accept(new LocalPeerEvent.MayPublish(allowed));
        }
    }

    @Override
    public void close(int code, String reason) {
        if (code != POLITE_CLOSE) { // without a leave before: full, or refused
            removed(DisconnectReason.JOIN_FAILURE);
        }
    }

    private void removed(DisconnectReason reason) {
        if (!leaving) {
            leaving = true;
            events.accept(new LocalPeerEvent.Removed(
                    switch (reason) {
                        case PARTICIPANT_REMOVED -> RemovalReason.REMOVED;
                        case ROOM_DELETED, ROOM_CLOSED -> RemovalReason.ROOM_CLOSED;
                        case DUPLICATE_IDENTITY -> RemovalReason.REPLACED;
                        case JOIN_FAILURE -> RemovalReason.FULL;
                        default -> RemovalReason.STOPPED;
                    }));
        }
    }

    /** For a move: the same peer with the rights of now. */
    public LocalPeerSpec spec(LocalPeerSpec before) {
        return new LocalPeerSpec(
                before.identity(),
                before.name(),
                before.kind(),
                participant.grants().sources());
    }
}
