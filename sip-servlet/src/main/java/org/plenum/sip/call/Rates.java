/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many calls may begin a second from one address, and from everywhere: token buckets. One thread at a time. */
public final class Rates {
    static final int MOST_SOURCES = 4_096;
    private static final double SECOND = 1e9;

    private final double perSecond;
    private final Map<String, Bucket> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    private static final class Bucket {
        double tokens;
        long lastNs;
    }

    /** @param perSecond also how many may come at once */
    public Rates(double perSecond) {
        this.perSecond = perSecond;
    }

    /** @return false: too many */
    public synchronized boolean take(String source, long nowNs) {
        Bucket bucket = sources.computeIfAbsent(source, unknown -> {
            Bucket fresh = new Bucket();
            fresh.tokens = perSecond;
            fresh.lastNs = nowNs;
            return fresh;
        });
        bucket.tokens = Math.min(perSecond, bucket.tokens + (nowNs - bucket.lastNs) / SECOND * perSecond);
        bucket.lastNs = nowNs;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }
}
