/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import java.util.function.IntConsumer;

/**
 * Decides which missing packets of one stream to ask for again, and when (RFC 4585 section 6.2.1 feedback).
 *
 * <p>No threads, no clock, no I/O: time comes in as an argument, requests go out through a callback.
 */
public final class LossTracker {
    private static final int WINDOW = 512; // packets; a power of two
    private static final int MAX_TRIES = 5;
    private static final byte UNSEEN = 0;
    private static final byte RECEIVED = 1;
    private static final byte GAVE_UP = 2;

    private final byte[] state = new byte[WINDOW];
    private final byte[] tries = new byte[WINDOW];
    private final long[] dueNs = new long[WINDOW];
    private final long retryNs;
    private long highest = -1; // extended sequence number
    private long oldest;
    private long deadlineNs = Long.MAX_VALUE;

    public LossTracker(long retryNs) {
        this.retryNs = retryNs;
    }

    public void onPacket(int sequenceNumber, long nowNs) {
        long seq = highest < 0 ? sequenceNumber : highest + (short) (sequenceNumber - highest); // RFC 3550 A.1
        if (highest < 0) {
            oldest = seq;
            highest = seq - 1;
        }
        for (long missing = Math.max(highest + 1, seq - WINDOW + 1); missing <= seq; missing++) {
            int i = index(missing);
            state[i] = UNSEEN;
            tries[i] = 0;
            dueNs[i] = nowNs;
            deadlineNs = Math.min(deadlineNs, nowNs);
        }
        highest = Math.max(highest, seq);
        oldest = Math.max(oldest, highest - WINDOW + 1);
        if (seq >= oldest) {
            state[index(seq)] = RECEIVED;
        }
    }

    /** When {@link #poll} has something to do next; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        return deadlineNs;
    }

    public void poll(long nowNs, IntConsumer nack) {
        if (deadlineNs > nowNs) {
            return;
        }
        deadlineNs = Long.MAX_VALUE;
        for (long seq = oldest; seq <= highest; seq++) {
            int i = index(seq);
            if (state[i] != UNSEEN) {
                continue;
            }
            if (dueNs[i] <= nowNs) {
                if (tries[i] == MAX_TRIES) {
                    state[i] = GAVE_UP;
                    continue;
                }
                tries[i]++;
                dueNs[i] = nowNs + retryNs;
                nack.accept((int) seq & 0xFFFF);
            }
            deadlineNs = Math.min(deadlineNs, dueNs[i]);
        }
    }

    private static int index(long seq) {
        return (int) seq & (WINDOW - 1);
    }
}
