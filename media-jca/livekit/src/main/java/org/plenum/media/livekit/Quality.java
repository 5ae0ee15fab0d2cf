/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import livekit.LivekitModels.ConnectionQuality;
import livekit.LivekitRtc.ConnectionQualityInfo;
import org.plenum.media.core.room.Forwarding.Condition;

/**
 * How well one participant is connected, from what was lost on its way and on its way back, and the time of a round trip
 * (contract livekit.md section 12). LOST is never said: newer clients take it as a reason to come again.
 */
final class Quality {
    private static final float BEST = 4.5f;
    private static final float PER_PERCENT = 0.15f; // 3 % are hardly heard, 10 % are
    private static final float PER_SECOND = 1f;
    private static final float EXCELLENT = 4f;
    private static final float GOOD = 2.8f;
    private static final int FEWEST = 20; // packets, that say something

    private long expected;
    private long lost;
    private ConnectionQuality quality; // null before the first look
    private float score;

    /** @return whether the others see a difference */
    boolean look(Condition sending, Condition receiving) {
        long sentNow = sending.expected() - expected;
        long lostNow = sending.lost() - lost;
        expected = sending.expected();
        lost = sending.lost();
        float up = sentNow < FEWEST ? 0 : 100f * Math.max(0, lostNow) / sentNow;
        float down = 100f * receiving.fractionLost() / 256;
        float seconds = Math.max(0, receiving.roundTripNs()) / 1e9f;
        score = Math.max(1, BEST - PER_PERCENT * Math.max(up, down) - PER_SECOND * seconds);
        ConnectionQuality before = quality;
        quality = score >= EXCELLENT
                ? ConnectionQuality.EXCELLENT
                : score >= GOOD ? ConnectionQuality.GOOD : ConnectionQuality.POOR;
        return quality != before;
    }

    ConnectionQualityInfo info(String participantSid) {
        return ConnectionQualityInfo.newBuilder()
                .setParticipantSid(participantSid)
                .setQuality(quality)
                .setScore(score)
                .build();
    }
}
