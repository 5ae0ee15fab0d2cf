/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.plenum.media.api.AudioTapEvent;
import org.plenum.media.api.OpusPacket;
import org.plenum.media.api.TrackId;

/**
 * The loudest of a room, decoded once for all its callers. Packets come from the engine's loop over a ring, everything else happens on
 * the media clock.
 */
public final class Speakers implements Consumer<AudioTapEvent> {
    private static final int RING = 256; // a second and a half of three speakers
    private static final int FORGOTTEN = 500; // ticks without a packet: its decoder goes

    private final Ring<AudioTapEvent> arrivals = new Ring<>(RING);
    private final List<Speaker> speakers = new ArrayList<>();
    private long nowNs; // of this tick

    private static final class Speaker {
        final TrackId track;
        final Source source = new Source(new OpusCodec(0));
        final short[] frame = new short[Pcm.FRAME];
        int idle;

        Speaker(TrackId track) {
            this.track = track;
        }
    }

    /** From the engine's loop. */
    @Override
    public void accept(AudioTapEvent event) {
        arrivals.offer(event);
    }

    /** Takes what has come. */
    public void listen(long nowNs) {
        for (AudioTapEvent event = arrivals.poll(); event != null; event = arrivals.poll()) {
            if (event instanceof AudioTapEvent.Audio audio) {
                OpusPacket packet = audio.packet();
                Speaker speaker = speaker(audio.track());
                speaker.idle = 0;
                speaker.source.put(
                        0,
                        audio.sequence(),
                        Integer.toUnsignedLong(packet.rtpTime48k()),
                        packet.payload(),
                        0,
                        packet.payload().length,
                        nowNs);
            } else if (event instanceof AudioTapEvent.SpeakerGone gone) {
                speakers.removeIf(speaker -> speaker.track.equals(gone.track()));
            }
        }
        this.nowNs = nowNs;
    }

    private Speaker speaker(TrackId track) {
        for (int i = 0; i < speakers.size(); i++) {
            if (speakers.get(i).track.equals(track)) {
                return speakers.get(i);
            }
        }
        Speaker speaker = new Speaker(track);
        speakers.add(speaker);
        return speaker;
    }

    /** @return how many of them say something in this tick */
    int addTo(int[] sum) {
        int voices = 0;
        for (int i = speakers.size() - 1; i >= 0; i--) {
            Speaker speaker = speakers.get(i);
            if (speaker.source.frame(speaker.frame, true, nowNs)) {
                Pcm.add(sum, speaker.frame);
                voices++;
            } else if (++speaker.idle > FORGOTTEN) {
                speakers.remove(i);
            }
        }
        return voices;
    }

    /** Decoders that are open. */
    int size() {
        return speakers.size();
    }
}
