/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.room;

import java.util.ArrayList;
import java.util.List;
import org.plenum.media.core.congestion.Allocator;
import org.plenum.media.core.congestion.Pacer;
import org.plenum.media.core.congestion.ReceiveRate;
import org.plenum.media.core.congestion.RepairBudget;
import org.plenum.media.core.congestion.SendEstimate;
import org.plenum.media.core.rtcp.RtcpView;
import org.plenum.media.core.rtcp.TwccFeedbackView;

/**
 * What the line to one receiver carries, and who of its videos gets what of it. Sound is never held back: what it takes is left to it
 * before the videos share the rest. Belongs to the loop of its room.
 */
final class Line {
    private static final long SHARE_NS = 100_000_000L;
    private static final int DROWNING_PERCENT = 150;
    private static final long SHORTEST_INTERVAL_NS = 20_000_000L;
    private static final long LONGEST_INTERVAL_NS = 500_000_000L;
    private static final int MOST_UNTOLD = 256; // packets
    private static final int MUCH_LESS_PERCENT = 80;
    private static final int MOST_PERCENT = 95; // of the estimate; reports and headers below ours need some too

    private final RoomMember member;
    private final SendEstimate estimate = new SendEstimate();
    private final RepairBudget repairs = new RepairBudget();
    private final Pacer pacer = new Pacer();
    private final SsrcMap<Delivery> deliveries;
    private final Unconfirmed unconfirmed;
    private final Allocator allocator = new Allocator();
    private final ReceiveRate others = new ReceiveRate(); // sound and repairs
    private final ReceiveRate redundant = new ReceiveRate(); // sound that goes once more; others has it too
    private final List<Delivery> videos = new ArrayList<>();
    private long shareNs = Long.MAX_VALUE; // nothing is shared before the receiver tells of arrivals
    private long nowNs;
    private long feedbackNs = Long.MIN_VALUE / 2;
    private long feedbackIntervalNs; // smoothed, 0 for unknown
    private boolean missed; // the one that was due behind the last, and was acted upon
    private int nextTold = -1; // number that a feedback should begin with, -1 before the first
    private boolean drowning;
    private boolean redundancy = true;
    private long redundancyCosts; // bit/s while it was there

    /** @param deliveries what is sent over it, by SSRC */
    Line(RoomMember member, SsrcMap<Delivery> deliveries) {
        this.member = member;
        this.deliveries = deliveries;
        unconfirmed = new Unconfirmed(deliveries);
    }

    /** @param number transport-wide, or -1 when it has none */
    void onSent(int number, int length, boolean video, long nowNs) {
        if (number >= 0) {
            estimate.onSent(number, length, nowNs);
        }
        if (!video) {
            others.onPacket(length, nowNs);
        }
    }

    /** So many of the octets sent were sound that goes once more (RFC 2198). */
    void onRedundant(int length, long nowNs) {
        redundant.onPacket(length, nowNs);
    }

    /** It was a packet of a video. @param number transport-wide @param sequenceNumber of its stream */
    void onSent(int number, Delivery video, int sequenceNumber, long nowNs) {
        unconfirmed.onSent(number, video.ssrc(), sequenceNumber, nowNs);
    }

    /** Numbers mean something within this connection only, so nobody can speak of another's packets. */
    void onFeedback(RtcpView report, long nowNs) {
        TwccFeedbackView feedback = member.bench().feedback;
        if (!feedback.wrap(report.buffer(), report.packetOffset(), report.packetLength())) {
            return;
        }
        while (feedback.next()) {
            passOver(feedback.sequenceNumber(), nowNs);
            estimate.onFeedback(feedback.sequenceNumber(), feedback.received(), feedback.arrivalUs(), nowNs);
            boolean fine = feedback.received()
                    || estimate.isQueueing(); // what a full queue dropped, more packets do not bring back
            unconfirmed.onFeedback(feedback.sequenceNumber(), fine, nowNs);
        }
        noteInterval(nowNs);
        long before = estimate.bitrate();
        estimate.onFeedbackEnd(nowNs);
        if (shareNs == Long.MAX_VALUE || estimate.bitrate() < before * MUCH_LESS_PERCENT / 100) {
            shareNs = nowNs; // at once: every packet too many delays the sound
        }
    }

    private void noteInterval(long now) {
        long intervalNs = now - feedbackNs;
        feedbackNs = now;
        missed = false;
        if (intervalNs > SHORTEST_INTERVAL_NS
                && intervalNs < LONGEST_INTERVAL_NS) { // else two parts of one, or a pause
            feedbackIntervalNs = feedbackIntervalNs == 0 ? intervalNs : (7 * feedbackIntervalNs + intervalNs) / 8;
        }
    }

    /** When feedback that has not come must be lost: browsers send it at even times. */
    private long missedNs() {
        boolean matters = !missed && feedbackIntervalNs != 0 && losesLittle();
        return matters ? feedbackNs + feedbackIntervalNs * 3 / 2 : Long.MAX_VALUE;
    }

    /** Waiting for the next feedback to leave something out would take as long again. */
    private void missFeedback(long now) {
        missed = true;
        long roundTripNs = member.roundTripNs();
        if (roundTripNs >= 0) { // else nobody knows how much of what was sent it would have told
            unconfirmed.onSilence(nextTold, feedbackNs + feedbackIntervalNs - roundTripNs, now);
        }
    }

    /** Feedback that is lost leaves out numbers. */
    private void passOver(int number, long now) {
        int untold = number - nextTold & 0xFFFF;
        if (nextTold >= 0 && untold < MOST_UNTOLD && losesLittle()) {
            for (int i = 0; i < untold; i++) {
                unconfirmed.onSilence(nextTold + i & 0xFFFF, now);
            }
        }
        if (nextTold < 0 || untold < 0x8000) { // else it is older and has only come late
            nextTold = number + 1 & 0xFFFF;
        }
    }

    /** A subscription began or ended. */
    void changed() {
        if (estimate.isKnown()) {
            shareNs = Long.MIN_VALUE;
        }
    }

    long deadlineNs() {
        long soonest = Math.min(Math.min(Math.max(0, shareNs), estimate.deadlineNs()), missedNs());
        return Math.min(soonest, pacer.deadlineNs());
    }

    void poll(long now) {
        nowNs = now;
        release(now);
        if (shareNs == Long.MIN_VALUE || shareNs - now <= 0) {
            shareNs = now + SHARE_NS;
            share();
        }
        if (missedNs() - now <= 0) {
            missFeedback(now);
        }
        int padding = estimate.padding(now);
        for (int i = 0; i < videos.size() && padding > 0; i++) {
            int sent = videos.get(i).pad(padding, now);
            estimate.padded(sent);
            padding -= sent;
        }
    }

    /** Reads what the next packet will need. @return something that depends on all of it */
    long fetch() {
        return pacer.deadlineNs() + (estimate.isKnown() ? 1 : 0);
    }

    /** @return whether a packet of a video waits now, and leaves later by {@link Delivery#release} */
    boolean holds(Delivery video, int sequenceNumber, long now) {
        if (!pacer.mustWait(now) || !pacer.hold(video.ssrc(), sequenceNumber, now)) {
            return false;
        }
        member.bench().hurry();
        return true;
    }

    /** A packet of the media itself has left; what is sent for repair or to fill the line has limits of its own. */
    void spend(int length, long now) {
        if (estimate.isKnown()) { // else nobody knows what is fast for this line
            pacer.onSent(length, estimate.bitrate(), now);
        }
    }

    private void release(long now) {
        while (pacer.isDue(now)) {
            Delivery video = deliveries.get(pacer.ssrc());
            int sequenceNumber = pacer.sequenceNumber();
            pacer.remove();
            if (video != null) { // else its subscription has ended
                video.release(sequenceNumber, now);
            }
        }
    }

    private void share() {
        videos.clear();
        List<Delivery> all = member.deliveries();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).competes()) {
                videos.add(all.get(i));
            }
        }
        boolean lossy = estimate.isLossy();
        long extra = redundant.bitrate(nowNs);
        redundancyCosts = redundancy ? extra : redundancyCosts;
        long sound = Math.min(others.bitrate(nowNs) - (lossy ? 0 : extra), estimate.bitrate() / 2);
        long budget = estimate.bitrate() * MOST_PERCENT / 100 - sound;
        drowning = given() * 100 > budget * DROWNING_PERCENT;
        long wanted = allocator.share(videos, budget);
        redundancy = lossy || budget - given() >= redundancyCosts;
        estimate.wants(wanted * 100 / MOST_PERCENT + sound + (lossy ? 0 : redundancyCosts), nowNs);
    }

    /** What the videos take as they were shared the last time. */
    private long given() {
        long given = 0;
        for (int i = 0; i < videos.size(); i++) {
            Delivery video = videos.get(i);
            int step = Math.min(video.allowed(), video.wanted());
            given += step >= 0 && video.sent(step) ? video.bitrate(step) : 0;
        }
        return given;
    }

    /** Whether so much more is sent than the line carries that there is no time to wait for anything. */
    boolean isDrowning() {
        return drowning;
    }

    /** Whether sound may go once more: always on a line that loses packets, else only when no picture is smaller for it. */
    boolean isRedundancyAffordable() {
        return redundancy;
    }

    /** Whether a packet may be sent again now, which is noted. @param length octets @param optional whether nobody has missed it yet */
    boolean mayRepair(int length, boolean optional, long nowNs) {
        return !estimate.isKnown() || repairs.take(length, estimate.bitrate(), estimate.isQueueing(), optional, nowNs);
    }

    /** How long packets wait before they leave for the receiver. */
    long queueNs() {
        return estimate.queueNs();
    }

    /** Whether the line loses packets though it is not full. */
    boolean isLossy() {
        return estimate.isLossy();
    }

    /** Whether it loses some packets, but so few that every repair may go three times. */
    boolean losesLittle() {
        return estimate.isLossy() && estimate.losesLittle();
    }

    /** Of the last poll: what is asked about while it goes on. */
    long nowNs() {
        return nowNs;
    }
}
