/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.plenum.media.core.rtp.SequenceNumbers;

/**
 * Decides which missing packets of one stream to ask for again, and when (RFC 4585 section 6.2.1 feedback), and recognises
 * packets that came before. Feed it the packets of the stream and those restored from its retransmissions alike.
 *
 * <p>A gap is asked for after a short wait, as packets overtake each other, then once a round trip, at most five times. A stream
 * that jumps further than the window, or back, has begun anew: nothing of what was missing is wanted any more.
 *
 * <p>No threads, no clock, no I/O: time comes in as an argument, requests go out through a callback.
 */
public final class LossTracker {
    /** What a packet is to the stream. */
    public enum Arrival {
        /** Not seen before: forward it. */
        NEW,
        /** Was missing, came late or was sent again: forward it. */
        RECOVERED,
        /** Seen before: drop it. */
        DUPLICATE,
        /** Too far behind to know: drop it. */
        TOO_OLD
    }

    private static final int WINDOW = 512; // packets; a power of two
    private static final int NEAR = 16; // packets
    private static final int MAX_TRIES = 5;
    private static final long REORDERING_NS = 8_000_000L;
    private static final long MIN_RETRY_NS = 20_000_000L;
    private static final long MAX_RETRY_NS = 500_000_000L;
    private static final byte UNSEEN = 0;
    private static final byte RECEIVED = 1;
    private static final byte GAVE_UP = 2;

    private final byte[] state = new byte[WINDOW];
    private final byte[] tries = new byte[WINDOW];
    private final long[] dueNs = new long[WINDOW];
    private long retryNs;
    private long highest = -1; // extended sequence number
    private long oldest;
    private int restartAt = -1;
    private long deadlineNs = Long.MAX_VALUE;
    private long recovered;
    private long unrecovered;

    /** @param retryNs time between two requests for the same packet until {@link #roundTripNs} is told */
    public LossTracker(long retryNs) {
        this.retryNs = retryNs;
    }

    /** The round trip to the sender was measured: a repair cannot come earlier. */
    public void roundTripNs(long rttNs) {
        retryNs = Math.max(MIN_RETRY_NS, Math.min(MAX_RETRY_NS, rttNs + rttNs / 4));
    }

    /** @param sequenceNumber 0 to 65535 */
    public Arrival onPacket(int sequenceNumber, long nowNs) {
        long seq = highest < 0 ? sequenceNumber : SequenceNumbers.unwrap(highest, sequenceNumber);
        if (highest < 0) {
            return startAt(sequenceNumber);
        }
        if (seq > highest + WINDOW || seq <= highest - WINDOW) {
            if (sequenceNumber != restartAt) { // RFC 3550 A.1: one packet alone may be a stray
                restartAt = sequenceNumber + 1 & 0xFFFF;
                return Arrival.TOO_OLD;
            }
            return startAt(sequenceNumber);
        }
        restartAt = -1;
        if (seq > highest) {
            expect(seq, nowNs);
            state[index(seq)] = RECEIVED;
            return Arrival.NEW;
        }
        if (seq < oldest) {
            return Arrival.TOO_OLD;
        }
        if (state[index(seq)] == RECEIVED) {
            return Arrival.DUPLICATE;
        }
        if (state[index(seq)] == GAVE_UP) {
            unrecovered--;
        }
        state[index(seq)] = RECEIVED;
        recovered++;
        return Arrival.RECOVERED;
    }

    /** Whether a packet has not come yet that lies shortly before what comes next. @param sequenceNumber 0 to 65535 */
    public boolean misses(int sequenceNumber) {
        if (highest < 0) {
            return false;
        }
        long seq = SequenceNumbers.unwrap(highest, sequenceNumber);
        return seq > highest ? seq <= highest + NEAR : seq >= oldest && state[index(seq)] != RECEIVED;
    }

    /** When {@link #poll} has something to do next; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** @param nack gets the sequence numbers to ask for, ascending */
    public void poll(long nowNs, IntConsumer nack) {
        if (deadlineNs - nowNs > 0) {
            return;
        }
        deadlineNs = Long.MAX_VALUE;
        for (long seq = oldest; seq <= highest; seq++) {
            int i = index(seq);
            if (state[i] != UNSEEN) {
                continue;
            }
            if (dueNs[i] - nowNs <= 0) {
                if (tries[i] == MAX_TRIES) {
                    state[i] = GAVE_UP;
                    unrecovered++;
                    continue;
                }
                tries[i]++;
                dueNs[i] = nowNs + retryNs;
                nack.accept((int) seq & 0xFFFF);
            }
            deadlineNs = Math.min(deadlineNs, dueNs[i]);
        }
    }

    /** Nothing that is missing now is wanted any more, as after a mute. */
    public void forget() {
        for (long seq = oldest; seq <= highest; seq++) {
            if (state[index(seq)] == UNSEEN) {
                state[index(seq)] = GAVE_UP;
            }
        }
        deadlineNs = Long.MAX_VALUE;
    }

    /** @return packets that were missing and came */
    public long recovered() {
        return recovered;
    }

    /** @return packets that were asked for in vain */
    public long unrecovered() {
        return unrecovered;
    }

    private Arrival startAt(int sequenceNumber) {
        Arrays.fill(state, GAVE_UP);
        oldest = sequenceNumber;
        highest = sequenceNumber;
        restartAt = -1;
        deadlineNs = Long.MAX_VALUE;
        state[index(highest)] = RECEIVED;
        return Arrival.NEW;
    }

    private void expect(long seq, long nowNs) {
        long first = Math.max(highest + 1, seq - WINDOW + 1);
        for (long lost = oldest; lost <= seq - WINDOW && lost <= highest; lost++) {
            if (state[index(lost)] == UNSEEN) {
                unrecovered++; // leaves the window
            }
        }
        for (long missing = first; missing < seq; missing++) {
            int i = index(missing);
            state[i] = UNSEEN;
            tries[i] = 0;
            dueNs[i] = nowNs + REORDERING_NS;
            deadlineNs = Math.min(deadlineNs, dueNs[i]);
        }
        highest = seq;
        oldest = Math.max(oldest, highest - WINDOW + 1);
    }

    private static int index(long seq) {
        return (int) seq & (WINDOW - 1);
    }
}
