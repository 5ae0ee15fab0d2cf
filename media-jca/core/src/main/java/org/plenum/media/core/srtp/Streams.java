/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

/** State by SSRC, at most as many as the limit says. A small hash table of its own: no boxes, no iterators. */
final class Streams {
    /** What is remembered of one SSRC. */
    static final class Stream {
        final int ssrc;
        final ReplayWindow window;
        private long lastUse;
        private Stream next; // in the same bucket

        private Stream(int ssrc, int windowSize) {
            this.ssrc = ssrc;
            window = new ReplayWindow(windowSize);
        }
    }

    private static final int MAX_BUCKETS = 256; // most contexts have few streams; one with many has short chains

    private final Stream[] buckets;
    private final int limit;
    private final int windowSize;
    private int size;
    private long uses;

    Streams(int limit, int windowSize) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is below 1");
        }
        buckets = new Stream[Math.min(MAX_BUCKETS, Integer.highestOneBit(limit) * 2)];
        this.limit = limit;
        this.windowSize = windowSize;
    }

    /** @return null for an SSRC without state. */
    Stream find(int ssrc) {
        Stream stream = buckets[bucket(ssrc)];
        while (stream != null && stream.ssrc != ssrc) {
            stream = stream.next;
        }
        return stream;
    }

    /** Counts as use, which {@link #dropLeastRecentlyUsed} goes by. */
    void touch(Stream stream) {
        stream.lastUse = ++uses;
    }

    boolean isFull() {
        return size == limit;
    }

    int size() {
        return size;
    }

    /** @param ssrc without state so far; room was made before */
    Stream add(int ssrc) {
        Stream stream = new Stream(ssrc, windowSize);
        int bucket = bucket(ssrc);
        stream.next = buckets[bucket];
        buckets[bucket] = stream;
        size++;
        return stream;
    }

    void remove(int ssrc) {
        int bucket = bucket(ssrc);
        Stream before = null;
        for (Stream at = buckets[bucket]; at != null; before = at, at = at.next) {
            if (at.ssrc == ssrc) {
                if (before == null) {
                    buckets[bucket] = at.next;
                } else {
                    before.next = at.next;
                }
                size--;
                return;
            }
        }
    }

    void dropLeastRecentlyUsed() {
        Stream oldest = null;
        for (Stream first : buckets) {
            for (Stream at = first; at != null; at = at.next) {
                if (oldest == null || at.lastUse < oldest.lastUse) {
                    oldest = at;
                }
            }
        }
        if (oldest != null) {
            remove(oldest.ssrc);
        }
    }

    private int bucket(int ssrc) {
        return ssrc * 0x9E3779B9 >>> 16 & buckets.length - 1; // SSRCs are random, but the sender's choice
    }
}
