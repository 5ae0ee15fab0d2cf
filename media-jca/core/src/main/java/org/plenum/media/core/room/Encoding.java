/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.function.IntConsumer;
import org.plenum.media.core.congestion.TemporalRates;
import org.plenum.media.core.loss.LossTracker;
import org.plenum.media.core.loss.PacketHistory;
import org.plenum.media.core.rtcp.ReceiveStatistics;
import org.plenum.media.core.rtcp.SourceClock;

/** One incoming media stream: a simulcast layer of a publication, or all of it. Belongs to the loop of its room. */
final class Encoding {
    private static final long RETRY_NS = 60_000_000L;
    // one second of what browsers send for the layer, so that no repair comes too late (contract livekit.md section
    // 8.1)
    private static final int[] HISTORY_OCTETS = {96 << 10, 256 << 10, 640 << 10};
    private static final int[] HISTORY_PACKETS = {256, 512, 1024};
    private static final int SOUND_OCTETS = 8 << 10;
    private static final int SOUND_PACKETS = 16;

    final Track track;
    final int layer;
    /** Tells this stream from others of the same receiver; never used twice in a publication. */
    final int source;

    final long ssrc;
    final LossTracker loss = new LossTracker(RETRY_NS);
    final ReceiveStatistics statistics;
    final SourceClock clock;
    final PacketHistory history;

    /** What it takes of a line. */
    final TemporalRates rates = new TemporalRates();

    final IntConsumer askAgain = this::askAgain;
    long rtxSsrc = -1;
    long lastPacketNs;
    private boolean asking;

    Encoding(Track track, int layer, int source, long ssrc) {
        this.track = track;
        this.layer = layer;
        this.source = source;
        this.ssrc = ssrc;
        int clockRate = track.spec().clockRate();
        statistics = new ReceiveStatistics(clockRate);
        clock = new SourceClock(clockRate);
        int size = track.layers() == 1 ? HISTORY_OCTETS.length - 1 : Math.min(layer, HISTORY_OCTETS.length - 1);
        history = track.spec().video()
                ? new PacketHistory(HISTORY_OCTETS[size], HISTORY_PACKETS[size])
                : new PacketHistory(SOUND_OCTETS, SOUND_PACKETS);
    }

    /** Asks the publisher for what is missing, in one packet. */
    void poll(long nowNs) {
        if (loss.deadlineNs() - nowNs > 0 || !track.spec().nack()) {
            return;
        }
        asking = false;
        track.member().beginFeedback();
        loss.poll(nowNs, askAgain);
        track.member().endFeedback();
    }

    private void askAgain(int sequenceNumber) {
        if (asking) {
            track.member().writer().alsoLost(sequenceNumber);
        } else {
            asking = track.member().writer().nack(track.member().ssrc(), ssrc, sequenceNumber);
        }
    }
}
