/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import livekit.LivekitModels.SpeakerInfo;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SpeakersChanged;
import org.plenum.media.core.room.Forwarding;
import org.plenum.media.core.room.Forwarding.Publication;

/**
 * Who speaks (contract livekit.md section 12): collects what the media plane says about audio publications, tells each client
 * what changed about people it receives, and about itself.
 */
final class Speakers implements Forwarding.Listener {
    private final SignalRoom room;
    private final Map<Publication, Voice> voices = new HashMap<>(); // audio publications of the room
    private final Map<Voice, Float> changes = new LinkedHashMap<>();

    Speakers(SignalRoom room) {
        this.room = room;
    }

    /** Whose track a publication is, and how loud it is. */
    private static final class Voice {
        final Participant speaker;
        final Track track;
        float level;
        boolean ended;

        Voice(Participant speaker, Track track) {
            this.speaker = speaker;
            this.track = track;
        }
    }

    void add(Track track, Participant speaker) {
        if (!track.isVideo()) {
            voices.put(track.publication(), new Voice(speaker, track));
        }
    }

    /** The track ends: who was heard on it is silent now. */
    void remove(Track track) {
        Voice voice = voices.remove(track.publication());
        if (voice != null) {
            changes.remove(voice);
            voice.ended = true;
            if (voice.level > 0 && !voice.speaker.isGone()) {
                changes.put(voice, 0f);
                room.wakeSoon();
            }
        }
    }

    @Override
    public void onSpeakers(Map<Publication, Float> heard) {
        heard.forEach((publication, level) -> {
            Voice voice = voices.get(publication);
            if (voice != null) {
                changes.put(voice, level);
                room.wakeSoon();
            }
        });
    }

    void flush() {
        if (changes.isEmpty()) {
            return;
        }
        Map<Voice, Float> telling = new LinkedHashMap<>(changes);
        changes.clear();
        telling.forEach((voice, level) -> voice.level = level);
        for (Participant to : room.participants()) {
            List<SpeakerInfo> infos = telling.keySet().stream()
                    .filter(voice -> hears(to, voice))
                    .sorted((a, b) -> Float.compare(b.level, a.level))
                    .map(Speakers::info)
                    .toList();
            if (!infos.isEmpty()) {
                to.outlet()
                        .send(SignalResponse.newBuilder()
                                .setSpeakersChanged(SpeakersChanged.newBuilder().addAllSpeakers(infos)));
            }
        }
    }

    /** The end of a voice is for everybody: those who heard it have no subscription any more. */
    private static boolean hears(Participant to, Voice voice) {
        return to == voice.speaker
                || (!voice.speaker.isHidden()
                        && (voice.ended
                                || to.subscribing()
                                        .filter(s -> s.has(voice.track))
                                        .isPresent()));
    }

    private static SpeakerInfo info(Voice voice) {
        return SpeakerInfo.newBuilder()
                .setSid(voice.speaker.sid())
                .setLevel(voice.level)
                .setActive(voice.level > 0)
                .build();
    }
}
