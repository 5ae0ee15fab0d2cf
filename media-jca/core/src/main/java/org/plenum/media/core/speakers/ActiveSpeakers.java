/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.speakers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who speaks in a room. Tracks come and go by a key of the owner's choice; the room limits how many. All on the loop of the room.
 *
 * @param <K> names a track, for example the publication
 */
public final class ActiveSpeakers<K> {
    private final Map<K, SpeakerLevel> tracks = new LinkedHashMap<>();
    private long deadlineNs = Long.MAX_VALUE;

    /** @return takes the packets of the track; look it up once and keep it beside the track */
    public SpeakerLevel add(K track, long nowNs) {
        if (tracks.isEmpty()) {
            deadlineNs = nowNs + SpeakerLevel.WINDOW_NS;
        }
        return tracks.computeIfAbsent(track, k -> new SpeakerLevel());
    }

    /** @return true when the track was speaking: its silence has to be told */
    public boolean remove(K track) {
        SpeakerLevel level = tracks.remove(track);
        if (tracks.isEmpty()) {
            deadlineNs = Long.MAX_VALUE;
        }
        return level != null && level.level() > 0;
    }

    /** @return when {@link #poll} has something to do; Long.MAX_VALUE without tracks */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** @return tracks whose level changed, the loudest first, 0 for those who stopped; empty most of the time */
    public Map<K, Float> poll(long nowNs) {
        if (deadlineNs - nowNs > 0 || tracks.isEmpty()) {
            return Map.of();
        }
        deadlineNs = nowNs + SpeakerLevel.WINDOW_NS;
        List<Map.Entry<K, SpeakerLevel>> changed = new ArrayList<>(0);
        for (Map.Entry<K, SpeakerLevel> track : tracks.entrySet()) {
            if (track.getValue().endWindow()) {
                changed.add(track);
            }
        }
        if (changed.isEmpty()) {
            return Map.of();
        }
        changed.sort(Comparator.comparing(
                        (Map.Entry<K, SpeakerLevel> e) -> e.getValue().level())
                .reversed());
        Map<K, Float> changes = new LinkedHashMap<>();
        changed.forEach(e -> changes.put(e.getKey(), e.getValue().level()));
        return changes;
    }
}
