/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.SubscribedCodec;
import livekit.LivekitRtc.SubscribedQuality;
import livekit.LivekitRtc.SubscribedQualityUpdate;
import org.plenum.media.core.room.Forwarding.Layer;

/**
 * Which layers of a video anybody wants, so that its sender encodes no others (contract livekit.md section 11). More is told at
 * once, less after five seconds: people scroll.
 */
final class Demand {
    private static final long LESS_AFTER_NS = 5 * Surroundings.SECOND;
    private static final int NOTHING = -1;
    private static final int EVERYTHING = Layer.HIGH.ordinal();

    private final Map<Object, Integer> wanted = new HashMap<>(); // by subscriber
    private final Deadline lessDue = new Deadline();
    private int told; // at first what senders do unless they are told otherwise

    /** @param first whether it is of a codec that is sent from the beginning, and not of one that is only held ready */
    Demand(boolean first) {
        told = first ? EVERYTHING : NOTHING;
    }

    void want(Object subscriber, Layer highest) {
        wanted.put(subscriber, highest.ordinal());
    }

    /** The subscriber does not look at present. */
    void wantNothing(Object subscriber) {
        wanted.put(subscriber, NOTHING);
    }

    void forget(Object subscriber) {
        wanted.remove(subscriber);
    }

    private int highest() {
        return wanted.values().stream().mapToInt(Integer::intValue).max().orElse(NOTHING);
    }

    /** @return true when the sender is to be told {@link #update} */
    boolean poll(long nowNs) {
        int highest = highest();
        if (highest >= told) {
            lessDue.clear();
        } else if (!lessDue.isSet()) {
            lessDue.at(nowNs + LESS_AFTER_NS);
        }
        if (highest > told || lessDue.take(nowNs)) {
            told = highest;
            return true;
        }
        return false;
    }

    /** When {@link #poll} is due. */
    Deadline deadline() {
        return lessDue;
    }

    /** What the sender of this video was or is told last. */
    static SubscribedQualityUpdate update(Track track) {
        List<SubscribedQuality> qualities = track.demand().qualities();
        SubscribedQualityUpdate.Builder update = SubscribedQualityUpdate.newBuilder()
                .setTrackSid(track.sid())
                .addSubscribedCodecs(
                        SubscribedCodec.newBuilder().setCodec(track.codec()).addAllQualities(qualities));
        track.secondCodec()
                .ifPresent(second -> update.addSubscribedCodecs(SubscribedCodec.newBuilder()
                        .setCodec(second)
                        .addAllQualities(track.secondDemand().qualities())));
        olderFields(update, qualities);
        return update.build();
    }

    private List<SubscribedQuality> qualities() {
        return Stream.of(VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH)
                .map(q -> SubscribedQuality.newBuilder()
                        .setQuality(q)
                        .setEnabled(q.getNumber() <= told)
                        .build())
                .toList();
    }

    @SuppressWarnings("deprecation") // clients that know one codec only read this one
    private static void olderFields(SubscribedQualityUpdate.Builder update, List<SubscribedQuality> qualities) {
        update.addAllSubscribedQualities(qualities);
    }
}
