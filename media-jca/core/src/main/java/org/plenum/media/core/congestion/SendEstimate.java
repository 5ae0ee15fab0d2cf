/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/**
 * How much the line to one receiver carries, from what it tells of the arrival of our packets (transport-wide feedback). The structure is
 * that of draft-ietf-rmcat-gcc-02: an estimate by delay (sections 5.1 to 5.5), one by loss (section 6), the lower one counts. Instead of
 * its filter over the gradient of the delay (sections 5.2 to 5.4) a standing queue is looked for: packets that are all late against the
 * quickest of the last half minute. What leaves at once ({@link Pacer}) is not mistaken for congestion then. A queue that fills quickly
 * because the line has become much slower is found earlier, by the rate at which it lets packets out ({@link Surge}).
 *
 * <p>What the receiver does not need is not known to fit. While it wants more than the estimate, the line is tried out: padding brings the
 * rate up for half a second, and when no queue builds up and nothing is lost, the estimate follows. After a failure the next try waits,
 * twice as long each time.
 *
 * <p>Some lines lose packets whatever is sent. When a much lower rate has not cured a loss, it was not our doing: the rate comes back, and
 * so much loss more is borne from then on.
 *
 * <p>Before the first feedback there is no estimate, and no limit. One thread, time is an argument.
 */
public final class SendEstimate {
    private static final long MS = 1_000_000L;
    private static final long START = 2_500_000; // bit/s: three layers of one camera
    private static final long CEILING = 50_000_000;
    private static final long FLOOR = 30_000;
    private static final long LOSS_FLOOR = 400_000; // the lowest layer of a speaker, its sound and repairs
    private static final long STANDING_US = 40_000;
    private static final long STEEP_US = 100_000; // so late within a tenth of a second: no burst does that
    private static final long PROBE_QUEUE_US = 25_000;
    private static final long EMPTY_US = 20_000;
    private static final long UNCHANGED_US = 8_000;
    private static final long LINGERS_NS = 2_000 * MS;
    private static final long RARELY_NS = 15_000 * MS;
    private static final long HOLD_NS = 500 * MS; // until a decrease can have had an effect
    private static final long LONGEST_DRAIN_NS = 3_000 * MS;
    private static final long SURE_NS = 1_000 * MS;
    private static final long DRAINED_US = 20_000;
    private static final long SWELLING_US = 50_000; // within HOLD_NS: we send a tenth more than arrives
    private static final long CALM_NS = 1_000 * MS; // before growth begins again
    private static final long LOSS_NS = 1_000 * MS; // bursts of a WLAN even out
    private static final double LOSS = 0.10; // draft section 6
    private static final double HEAVY_LOSS = 0.25;
    private static final double LITTLE_LOSS = 0.02;
    private static final double FEW = 0.08;
    private static final double MOST_BORNE = 0.10;
    private static final double SURELY_LESS = 0.7; // of what got through: a line that is full would be so no more
    private static final double MUCH_LESS = 0.6; // a line has become slower, if it carries no more than that
    private static final double SMOOTHING = 0.2;
    private static final int LOSS_PACKETS = 20;
    private static final int MOST_SKIPPED = 1000; // packets
    private static final long LEAST_PROBE = 200_000; // fewer packets tell nothing
    private static final long SILENCE_NS = 2_000 * MS;
    private static final double DECREASE = 0.85;
    private static final double NEARLY = 0.9; // the queue of a probe is short, nothing has to drain
    private static final double GROWTH = 0.08; // a second
    private static final long PROBE_NS = 800 * MS;
    private static final long PROBE_RAMP_NS = 500 * MS;
    private static final long PROBE_STEP_NS = 5 * MS;
    private static final long PROBE_LEAST_NS = 150 * MS;
    private static final long PROBE_ECHO_NS = 300 * MS; // until its last packets have been told of
    private static final long FIRST_PAUSE_NS = 1_000 * MS;
    private static final long LONGEST_PAUSE_NS = 3_000 * MS;
    private static final int PADDING_PACKET = 1000;
    private static final double MOST_GROWTH_OF_A_PROBE = 2.0;
    private static final double LEAST_GROWTH_OF_A_PROBE = 1.25;

    private final SentPackets sent = new SentPackets();
    private final ReceiveRate sending = new ReceiveRate();
    private final ArrivalWindow window = new ArrivalWindow();
    private final Surge surge = new Surge();
    private final QuickestDelay base = new QuickestDelay();
    private boolean known;
    private long estimate = START;
    private long updatedNs;
    private long decreasedNs = Long.MIN_VALUE / 2;
    private long standingUs; // at the last evaluation
    private long judgedNs = Long.MIN_VALUE / 2;
    private long episodeNs; // since when a queue that was acted upon stays the same, 0 for none
    private long episodeQueueUs; // then
    private long episodeRate; // bit/s that were sent then
    private long episodeEstimate;
    private long queueBeforeUs; // when congestion was judged last
    private int queueTold; // since then, or since there was no queue
    private int queueLost;

    private long carriedBefore; // bit/s that arrived at the last decrease, 0 when the way was measured anew since
    private long lingersNs; // since when
    private long lingersUs; // so long
    private long lengthenedNs = Long.MIN_VALUE / 2;

    private int nextTold = -1; // number that a feedback should begin with, -1 before the first
    private int untoldOctets;
    private int told; // since the last look at losses
    private int lost;
    private long lossSinceNs;
    private double lossFraction;
    private boolean lossBefore; // much of it, at the last look
    private double usualLoss; // smoothed, up to MOST_BORNE
    private double borne; // what lower rates have not cured
    private long trialRate; // bit/s that got through when the rate was lowered for a loss, 0 for none
    private long trialEstimate; // before
    private double trialLoss;

    private long probeTarget; // 0 for none
    private long probeEndNs;
    private long probeStepNs;
    private long probeBest;
    private long owed; // octets of padding
    private long arrivedBefore; // what is sent anyway: padding arrives too
    private int probeTold;
    private int probeLost;
    private long failedAt; // bit/s that arrived when a probe made a queue, 0 for none
    private long nextProbeNs;
    private long probePauseNs = FIRST_PAUSE_NS;

    /** A packet leaves. @param number transport-wide, 0 to 65535. @param length octets with protection */
    public void onSent(int number, int length, long nowNs) {
        sent.put(number, length, nowNs);
        sending.onPacket(length, nowNs);
    }

    /**
     * One packet of a feedback, in their order; {@link #onFeedbackEnd} follows the last.
     *
     * @param arrivalUs on the receiver's clock, when received
     */
    public void onFeedback(int number, boolean received, long arrivalUs, long nowNs) {
        passOver(number);
        int index = sent.take(number);
        if (index < 0) {
            return;
        }
        told++;
        queueTold++;
        probeTold++;
        if (received) {
            long delayUs = arrivalUs - sent.sentNs(index) / 1000;
            window.onArrival(arrivalUs, delayUs, sent.octets(index) + untoldOctets);
            surge.onArrival(arrivalUs, delayUs, sent.octets(index) + untoldOctets);
            untoldOctets = 0;
            base.onDelay(delayUs, nowNs);
        } else {
            lost++;
            queueLost++;
            probeLost++;
        }
    }

    /** Packets that no feedback speaks of, because feedback is lost too: they count as arrived, else the line would look slower. */
    private void passOver(int number) {
        int skipped = number - nextTold & 0xFFFF;
        if (nextTold >= 0 && skipped < MOST_SKIPPED) {
            for (int each = nextTold; each != number; each = each + 1 & 0xFFFF) {
                int index = sent.take(each);
                untoldOctets += index < 0 ? 0 : sent.octets(index);
            }
        }
        if (nextTold < 0 || skipped < 0x8000) {
            nextTold = number + 1 & 0xFFFF;
        }
    }

    /** A feedback was read to its end. */
    public void onFeedbackEnd(long nowNs) {
        if (!known) {
            known = true;
            updatedNs = nowNs;
            lossSinceNs = nowNs;
            nextProbeNs = nowNs + FIRST_PAUSE_NS;
        }
        long quickest = window.quickestUs();
        standingUs = quickest == Long.MAX_VALUE ? 0 : Math.max(0, quickest - base.quickestUs());
        judgeLoss(nowNs);
        long recent = window.recentUs();
        long recentQueueUs = recent == Long.MAX_VALUE ? 0 : recent - base.quickestUs();
        surge.look();
        if (isSurging()) {
            if (probeTarget != 0) {
                failProbe(nowNs);
            }
            congested(recentQueueUs, surge.bitrate(), nowNs);
        } else if (probeTarget != 0) {
            judgeProbe(recentQueueUs, nowNs);
        } else if (recentQueueUs > STEEP_US) {
            congested(recentQueueUs, Math.min(window.bitrate(), window.recentBitrate()), nowNs);
        } else if (standingUs > STANDING_US) {
            congested(standingUs, window.bitrate(), nowNs);
        } else {
            queueTold = 0;
            queueLost = 0;
            grow(nowNs);
        }
        linger(nowNs);
        updatedNs = nowNs;
    }

    /** The line was used, and a queue that fills lets out much less than that. */
    private boolean isSurging() {
        return surge.isFound() && surge.bitrate() < MUCH_LESS * estimate && surge.sentBitrate() > estimate / 2;
    }

    private void congested(long queueUs, long arriving, long nowNs) {
        if (nowNs - judgedNs < HOLD_NS) {
            return;
        }
        if (nowNs - judgedNs > LONGEST_DRAIN_NS) { // not the same queue any more
            episodeEstimate = estimate;
            episodeNs = 0;
        } else if (episodeNs == 0) { // what arrives now is what the line carries
            episodeNs = nowNs;
            episodeQueueUs = queueUs;
            episodeRate = window.bitrate();
        } else if (Math.abs(queueUs - episodeQueueUs) > DRAINED_US) { // it grows or shrinks, so it is one
            episodeNs = nowNs;
            episodeQueueUs = queueUs;
        }
        judgedNs = nowNs;
        if (isAnotherPath(queueUs, nowNs)) {
            base.restart(queueUs + base.quickestUs(), nowNs);
            estimate = Math.max(estimate, episodeEstimate);
            episodeNs = 0;
            return;
        }
        boolean again = nowNs - decreasedNs < LONGEST_DRAIN_NS;
        boolean drains = again && queueUs < queueBeforeUs - DRAINED_US;
        boolean swells = again && queueUs > queueBeforeUs + SWELLING_US;
        boolean overflows = queueLost > (LITTLE_LOSS + 2 * usualLoss) * queueTold + 1;
        queueBeforeUs = queueUs;
        queueTold = 0;
        queueLost = 0;
        if (drains) {
            return;
        }
        decreasedNs = nowNs;
        // else somebody else's, and what arrives tells nothing of the line
        boolean ours = sending.bitrate(nowNs) > estimate / 2 || overflows || swells || isSurging();
        long carried = ours ? Math.min(estimate, arriving) : estimate;
        estimate = Math.max(FLOOR, (long) (DECREASE * carried));
        carriedBefore = arriving;
        nextProbeNs = Math.max(nextProbeNs, nowNs + 2 * CALM_NS);
    }

    /**
     * Much less is sent than the line has carried, for so long that a queue would be shorter: the way itself is longer than it
     * was, over another network for instance.
     */
    private boolean isAnotherPath(long queueUs, long nowNs) {
        return episodeNs != 0
                && nowNs - episodeNs >= SURE_NS + 1000 * queueUs // what is told now is as old as the queue is long
                && sending.bitrate(nowNs) < SURELY_LESS * episodeRate;
    }

    /**
     * A queue too short to be acted upon that does not change: the way is that much longer now. After a decrease this is certain; without
     * one it is believed as rarely as the quickest packet is forgotten anyway, so that a queue that grows slowly is found all the same.
     */
    private void linger(long nowNs) {
        boolean little = standingUs > EMPTY_US && standingUs <= STANDING_US && probeTarget == 0;
        if (!little || Math.abs(standingUs - lingersUs) > UNCHANGED_US) {
            lingersNs = nowNs;
            lingersUs = standingUs;
        } else if (nowNs - lingersNs > LINGERS_NS
                && (sending.bitrate(nowNs) < SURELY_LESS * carriedBefore || nowNs - lengthenedNs > RARELY_NS)) {
            base.restart(standingUs + base.quickestUs(), nowNs);
            carriedBefore = 0; // once a decrease
            lengthenedNs = nowNs;
        }
    }

    /** Draft section 6, on what was told since the last time. */
    private void judgeLoss(long nowNs) {
        if (nowNs - judgedNs < 2 * HOLD_NS) { // what a full queue dropped has been acted upon
            told = 0;
            lost = 0;
            lossFraction = 0;
            lossSinceNs = nowNs;
            return;
        }
        if (told < LOSS_PACKETS || nowNs - lossSinceNs < LOSS_NS) {
            return;
        }
        lossFraction = (double) lost / told;
        told = 0;
        lost = 0;
        lossSinceNs = nowNs;
        usualLoss += (Math.min(MOST_BORNE, lossFraction) - usualLoss) * SMOOTHING;
        borne = Math.min(borne, Math.max(usualLoss, lossFraction));
        if (trialRate != 0 && sending.bitrate(nowNs) < SURELY_LESS * trialRate) {
            concludeTrial();
        }
        long floor = lossFraction > 0.5 ? FLOOR : LOSS_FLOOR;
        boolean much = lossFraction > LOSS + borne;
        boolean lasting = much && (lossBefore || lossFraction > HEAVY_LOSS); // else it may have been one burst
        lossBefore = much;
        if (lasting && estimate > floor) {
            if (trialRate == 0) {
                trialRate = window.bitrate();
                trialEstimate = estimate;
                trialLoss = lossFraction;
            }
            estimate = Math.max(floor, (long) (estimate * (1 - 0.5 * lossFraction)));
            decreasedNs = nowNs;
        }
    }

    /** Much less is sent than got through before: is as much lost all the same? */
    private void concludeTrial() {
        boolean cured = lossFraction < trialLoss / 2;
        if (!cured && lossFraction <= LOSS + MOST_BORNE) {
            borne = Math.min(MOST_BORNE, lossFraction);
            estimate = Math.max(estimate, trialEstimate);
        }
        trialRate = 0;
    }

    /** No more than always. */
    private boolean isLossUsual() {
        return lossFraction <= LITTLE_LOSS + 2 * usualLoss;
    }

    /** Only what is used nearly: how far a line goes that is not, a probe tells. */
    private void grow(long nowNs) {
        boolean used = window.bitrate() > 0.8 * estimate;
        if (nowNs - decreasedNs < CALM_NS || lossFraction > LITTLE_LOSS || !used || standingUs > EMPTY_US) {
            return;
        }
        double seconds = Math.min(0.2, (nowNs - updatedNs) / 1e9);
        estimate = Math.min(CEILING, (long) (estimate * (1 + GROWTH * seconds)));
    }

    // ---- trying out

    /** What the receiver would be given if the line carried it, bit/s in all. */
    public void wants(long bitrate, long nowNs) {
        if (known && nowNs - updatedNs > SILENCE_NS) { // nothing is sent, or nothing gets through: that was long ago
            standingUs = 0;
            lossFraction = 0;
        }
        if (probeTarget != 0 && nowNs - probeEndNs >= PROBE_ECHO_NS) {
            concludeProbe(nowNs);
        }
        if (known
                && probeTarget == 0
                && bitrate > estimate
                && nextProbeNs - nowNs <= 0
                && standingUs <= EMPTY_US
                && isLossUsual()
                && nowNs - decreasedNs > CALM_NS) {
            double least = LEAST_GROWTH_OF_A_PROBE * Math.max(estimate, failedAt);
            double most = failedAt == 0 ? MOST_GROWTH_OF_A_PROBE * estimate : least;
            double target = Math.max(LEAST_GROWTH_OF_A_PROBE * estimate, Math.min(most, 1.15 * bitrate));
            probeTarget = (long) Math.max(LEAST_PROBE, Math.min(CEILING, target));
            probeEndNs = nowNs + PROBE_NS;
            probeStepNs = nowNs;
            probeBest = 0;
            arrivedBefore = nowNs - updatedNs > SILENCE_NS ? 0 : window.bitrate();
            owed = 0;
            probeTold = 0;
            probeLost = 0;
        }
    }

    /** @return when {@link #padding} is due; Long.MAX_VALUE for never */
    public long deadlineNs() {
        return probeTarget == 0 || probeStepNs - probeEndNs >= 0 ? Long.MAX_VALUE : probeStepNs;
    }

    /** @return octets of padding to send now, in whole packets; what was sent is told by {@link #padded} */
    public int padding(long nowNs) {
        if (deadlineNs() == Long.MAX_VALUE || probeStepNs - nowNs > 0) {
            return 0;
        }
        long elapsedNs = Math.min(nowNs - probeStepNs + PROBE_STEP_NS, 4 * PROBE_STEP_NS);
        probeStepNs = nowNs + PROBE_STEP_NS;
        double share =
                Math.min(1, (nowNs - probeEndNs + PROBE_NS) / (double) PROBE_RAMP_NS); // slowly: a queue is seen early
        owed += (long) (Math.max(0, probeTarget - arrivedBefore) * share * elapsedNs / 8 / 1_000_000_000L);
        return owed >= PADDING_PACKET ? (int) owed : 0;
    }

    public void padded(int octets) {
        owed -= octets;
    }

    private void judgeProbe(long queueUs, long nowNs) {
        // one behind another is no queue yet: a packet takes its time on a slow line
        boolean queues = queueUs > PROBE_QUEUE_US + 8_000_000L * PADDING_PACKET / probeTarget;
        if (queues && nowNs - probeEndNs + PROBE_NS > PROBE_LEAST_NS) { // what arrives now is all that the line carries
            failedAt = Math.max(window.bitrate(), window.recentBitrate());
            estimate = Math.max(estimate, (long) (NEARLY * failedAt));
            judgedNs = nowNs;
            queueBeforeUs = 0;
            failProbe(nowNs);
            return;
        }
        probeBest = Math.max(probeBest, window.bitrate());
    }

    /** Its last packets have been told of, or never will be. */
    private void concludeProbe(long nowNs) {
        boolean clean = probeTold > 0 && probeLost <= (0.05 + 2 * usualLoss) * probeTold;
        if (!clean || probeBest <= estimate) {
            failProbe(nowNs);
            return;
        }
        boolean reached = probeBest > 0.85 * probeTarget; // it went up slowly
        estimate = Math.max(estimate, reached ? probeTarget : probeBest);
        failedAt = 0;
        probePauseNs = FIRST_PAUSE_NS;
        nextProbeNs = reached ? nowNs : nowNs + HOLD_NS;
        probeTarget = 0;
    }

    private void failProbe(long nowNs) {
        probeTarget = 0;
        probePauseNs = Math.min(LONGEST_PAUSE_NS, 2 * probePauseNs);
        nextProbeNs = nowNs + probePauseNs;
    }

    // ---- for the allocator

    /** Whether the receiver has told anything yet. */
    public boolean isKnown() {
        return known;
    }

    /** How long packets wait at the moment, in ns. */
    public long queueNs() {
        return standingUs * 1000;
    }

    /** Whether so many packets wait at the moment that some may be dropped for it. */
    public boolean isQueueing() {
        return standingUs > STANDING_US;
    }

    /** Whether packets are lost all the time, and not for a queue of ours. */
    public boolean isLossy() {
        return Math.max(usualLoss, lossFraction) > LITTLE_LOSS && !isQueueing();
    }

    /** Whether less than one packet in twelve is lost, in the mean. */
    public boolean losesLittle() {
        return usualLoss < FEW;
    }

    /** @return bit/s */
    public long bitrate() {
        return estimate;
    }
}
