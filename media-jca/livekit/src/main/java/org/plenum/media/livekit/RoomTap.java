/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.TrackId;
import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.peer.LocalConnection;
import org.plenum.media.core.room.Forwarding;
import org.plenum.media.core.rtp.AudioLevel;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.rtp.RtpView;
import org.plenum.media.core.speakers.Loudest;

/**
 * Hears the loudest audio tracks of a room, for everybody on the telephone in it. Lives as long as its owner wants, through as
 * many incarnations of the room as there are. On the loop.
 */
public final class RoomTap implements Connection.Listener {
    private static final int SILENT = 127;

    private final Surroundings around;
    private final Consumer<AudioTapEvent> sink;
    private final Loudest<Heard> loudest;
    private final Map<String, Heard> tracks = new LinkedHashMap<>(); // by sid
    private final RtpView view = new RtpView();

    /** One track: a subscription over a connection of its own, so that packets need no look-up. */
    private final class Heard {
        final String identity;
        final TrackId id;
        final LocalConnection connection;
        final Forwarding.Subscription subscription;

        Heard(String identity, Track track, Forwarding forwarding) {
            this.identity = identity;
            id = new TrackId(track.sid());
            connection = around.plane().openLocal(RoomTap.this, this::rtp);
            subscription = forwarding.subscribe(connection, track.publication());
            subscription.start(new Forwarding.SubscriptionSpec(
                    "",
                    LocalSession.PAYLOAD_TYPE,
                    -1,
                    -1,
                    Map.of(HeaderExtensions.AUDIO_LEVEL, LocalSession.LEVEL_ID)));
        }

        private void rtp(ByteBuffer packet, int length) {
            if (!view.wrap(packet, 0, length)
                    || view.payloadLength() == 0
                    || view.payloadLength() > OpusPacket.MOST_OCTETS) {
                return;
            }
            int at = view.extension(LocalSession.LEVEL_ID);
            byte octet = at == RtpView.ABSENT ? SILENT : packet.get(at);
            if (!loudest.onPacket(this, AudioLevel.minusDbov(octet), nowNs())) {
                return;
            }
            if (loudest.dropped() != null) {
                sink.accept(new AudioTapEvent.SpeakerGone(loudest.dropped().id));
            }
            byte[] payload = new byte[view.payloadLength()];
            packet.get(view.payloadOffset(), payload);
            sink.accept(new AudioTapEvent.Audio(
                    identity,
                    id,
                    view.sequenceNumber(),
                    new OpusPacket(
                            payload,
                            (int) view.timestamp(),
                            view.marker(),
                            (byte) AudioLevel.minusDbov(octet),
                            AudioLevel.voice(octet))));
        }

        void close() {
            subscription.close();
            connection.close();
        }
    }

    RoomTap(Surroundings around, int maxSpeakers, Consumer<AudioTapEvent> sink) {
        this.around = around;
        this.sink = sink;
        loudest = new Loudest<>(maxSpeakers);
    }

    /** The forwarding plane hands packets on without the time: the loop's own is near enough. */
    private long nowNs() {
        return around.plane().nowNs();
    }

    void add(Track track, String identity, Forwarding forwarding) {
        Heard heard = new Heard(identity, track, forwarding);
        tracks.put(track.sid(), heard);
        loudest.add(heard);
    }

    boolean has(Track track) {
        return tracks.containsKey(track.sid());
    }

    void remove(String sid) {
        Heard heard = tracks.remove(sid);
        if (heard != null) {
            heard.close();
            if (loudest.remove(heard)) {
                sink.accept(new AudioTapEvent.SpeakerGone(heard.id));
            }
        }
    }

    /** Everything ends: the room has, or nobody listens any more. */
    void clear() {
        List.copyOf(tracks.keySet()).forEach(this::remove);
    }

    @Override
    public void onState(Connection connection, Connection.State state) {
        // closed by us
    }
}
