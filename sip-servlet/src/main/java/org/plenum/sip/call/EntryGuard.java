/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Counts wrong numbers: ten of a caller or a hundred of a source address in an hour, and nothing is judged from there for an hour. The control thread
 * only.
 */
public final class EntryGuard {
    static final int MOST_FAILURES = 10;
    /** A source is a carrier with all its callers: one of them must not close it for the others at once. */
    static final int MOST_FAILURES_OF_SOURCE = 100;

    static final int MOST_REMEMBERED = 10_000;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final Map<String, Record> records = new HashMap<>();

    private static final class Record {
        int failures;
        long sinceNs;
        long blockedUntilNs = Long.MIN_VALUE;
    }

    public boolean isBlocked(long nowNs, Caller caller) {
        return isBlocked(nowNs, caller.guardKey()) || isBlocked(nowNs, caller.source());
    }

    private boolean isBlocked(long nowNs, String key) {
        Record record = records.get(key);
        return record != null && record.blockedUntilNs != Long.MIN_VALUE && record.blockedUntilNs - nowNs > 0;
    }

    /** The numbers were wrong. */
    public void failed(long nowNs, Caller caller) {
        count(nowNs, caller.guardKey(), MOST_FAILURES);
        count(nowNs, caller.source(), MOST_FAILURES_OF_SOURCE);
    }

    private void count(long nowNs, String key, int most) {
        Record record = records.get(key);
        if (record == null) {
            makeRoom(nowNs);
            record = new Record();
            record.sinceNs = nowNs;
            records.put(key, record);
        }
        if (nowNs - record.sinceNs > HOUR_NS) {
            record.failures = 0;
            record.sinceNs = nowNs;
        }
        if (++record.failures >= most) {
            record.blockedUntilNs = nowNs + HOUR_NS;
            record.failures = 0;
            record.sinceNs = nowNs;
        }
    }

    /** Forgets what is over; when that is not enough, somebody who is not blocked. */
    private void makeRoom(long nowNs) {
        if (records.size() < MOST_REMEMBERED) {
            return;
        }
        records.values()
                .removeIf(record -> nowNs - record.sinceNs > HOUR_NS
                        && (record.blockedUntilNs == Long.MIN_VALUE || record.blockedUntilNs - nowNs <= 0));
        Iterator<Record> any = records.values().iterator();
        while (records.size() >= MOST_REMEMBERED && any.hasNext()) {
            any.next();
            any.remove();
        }
    }

    int remembered() {
        return records.size();
    }
}
