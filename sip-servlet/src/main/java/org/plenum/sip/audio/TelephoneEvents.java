/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/**
 * Keys as RTP events (RFC 4733). A key is known by the timestamp of its packets: the first packet of a new one counts, whatever
 * was lost, doubled or reordered. Timestamps are compared for equality only, so that a wrap of the clock swallows nothing. One
 * call, one thread.
 */
public final class TelephoneEvents {
    /** No new key. */
    public static final char NONE = 0;

    private static final int LENGTH = 4;
    private static final int LONGEST_SEGMENT = 0xFFFF;
    private static final String KEYS = "0123456789*#ABCD";
    private static final int REMEMBERED = 8;

    private final long[] seenTimestamps = new long[REMEMBERED];
    private long ssrc = -1;
    private int remembered;
    private int next;
    private int segmentOf = -1; // a long key goes on in a segment with this event
    private long segmentTimestamp;

    /**
     * @param timestamp of the RTP packet, 0 to 2^32-1
     * @param payload array with the event at {@code at}
     * @return the key, or {@link #NONE}: a repetition, no event, or one that is no key
     */
    public char onPacket(long packetSsrc, long timestamp, byte[] payload, int at, int length) {
        if (length < LENGTH) {
            return NONE;
        }
        int event = payload[at] & 0xFF;
        boolean end = (payload[at + 1] & 0x80) != 0; // the bit beside it is reserved and ignored
        int duration = (payload[at + 2] & 0xFF) << 8 | payload[at + 3] & 0xFF;
        if (event >= KEYS.length() || end && duration == 0) {
            return NONE;
        }
        if (packetSsrc != ssrc) {
            ssrc = packetSsrc;
            remembered = 0;
            segmentOf = -1;
        }
        if (knows(timestamp)) {
            noteSegment(event, timestamp, duration, end);
            return NONE;
        }
        remember(timestamp);
        boolean goesOn = event == segmentOf && timestamp == (segmentTimestamp + LONGEST_SEGMENT & 0xFFFFFFFFL);
        noteSegment(event, timestamp, duration, end);
        return goesOn ? NONE : KEYS.charAt(event);
    }

    /** RFC 4733 section 2.5.1.3: the duration is full, and the same key goes on under the next timestamp. */
    private void noteSegment(int event, long timestamp, int duration, boolean end) {
        if (duration == LONGEST_SEGMENT && !end) {
            segmentOf = event;
            segmentTimestamp = timestamp;
        }
    }

    private boolean knows(long timestamp) {
        for (int i = 0; i < remembered; i++) {
            if (seenTimestamps[i] == timestamp) {
                return true;
            }
        }
        return false;
    }

    private void remember(long timestamp) {
        seenTimestamps[next] = timestamp;
        next = (next + 1) % REMEMBERED;
        remembered = Math.min(REMEMBERED, remembered + 1);
    }
}
