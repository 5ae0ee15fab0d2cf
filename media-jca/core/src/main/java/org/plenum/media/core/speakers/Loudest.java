/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.speakers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chooses the few loudest of many audio tracks by the levels in their packets (RFC 6464), so that nothing has to be decoded to
 * choose. Who is chosen stays until somebody is clearly louder for a moment, or until it has been silent for a while. On the
 * loop of the room.
 *
 * @param <K> names a track
 */
public final class Loudest<K> {
    private static final int CLEARLY_DB = 6;
    private static final int SILENT = 70; // -dBov; comfort noise of browsers lies below
    private static final long KEPT_NS = 2_000_000_000L;
    private static final double SMOOTHING = 0.2; // of one packet of 20 ms: follows within 100 ms

    private final int most;
    private final Map<K, Level> tracks = new LinkedHashMap<>();
    private int chosen;
    private K dropped;

    private static final class Level {
        double minusDbov = 127;
        long lastHeardNs;
        boolean chosen;
    }

    /** @param most how many are chosen, at least 1 */
    public Loudest(int most) {
        this.most = most;
    }

    public void add(K track) {
        tracks.putIfAbsent(track, new Level());
    }

    /** @return whether it was chosen */
    public boolean remove(K track) {
        Level level = tracks.remove(track);
        if (level == null || !level.chosen) {
            return false;
        }
        chosen--;
        return true;
    }

    /**
     * A packet of a known track.
     *
     * @param minusDbov 0 loudest to 127 silent; packets that say nothing count as silent
     * @return whether the track is chosen now; then {@link #dropped} names the one that had to go for it
     */
    public boolean onPacket(K track, int minusDbov, long nowNs) {
        dropped = null;
        Level level = tracks.get(track);
        if (level == null) {
            return false;
        }
        level.minusDbov += (minusDbov - level.minusDbov) * SMOOTHING;
        if (minusDbov < SILENT) {
            level.lastHeardNs = nowNs;
            if (!level.chosen) {
                compete(level, nowNs);
            }
        }
        return level.chosen;
    }

    /** @return whether it was chosen when its last packet came */
    public boolean isChosen(K track) {
        Level level = tracks.get(track);
        return level != null && level.chosen;
    }

    /** @return the track that the last packet pushed out; null when none */
    public K dropped() {
        return dropped;
    }

    private void compete(Level candidate, long nowNs) {
        if (chosen == most) {
            Map.Entry<K, Level> weakest = weakest(nowNs);
            Level level = weakest.getValue();
            if (isAlive(level, nowNs) && level.minusDbov - candidate.minusDbov < CLEARLY_DB) {
                return;
            }
            level.chosen = false;
            chosen--;
            dropped = weakest.getKey();
        }
        candidate.chosen = true;
        chosen++;
    }

    private Map.Entry<K, Level> weakest(long nowNs) {
        Map.Entry<K, Level> weakest = null;
        for (Map.Entry<K, Level> track : tracks.entrySet()) {
            if (track.getValue().chosen
                    && (weakest == null || strength(track.getValue(), nowNs) < strength(weakest.getValue(), nowNs))) {
                weakest = track;
            }
        }
        return weakest;
    }

    private static double strength(Level level, long nowNs) {
        return isAlive(level, nowNs) ? -level.minusDbov : -1000;
    }

    private static boolean isAlive(Level level, long nowNs) {
        return nowNs - level.lastHeardNs < KEPT_NS;
    }
}
