/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.Locale;
import java.util.SortedMap;

/** What happened since the start; a count for each way something of a client is refused. One thread. */
final class SignalCounters {
    enum Count {
        MESSAGES_RECEIVED,
        MESSAGES_SENT,
        MESSAGES_TOO_LARGE,
        MESSAGES_UNREADABLE,
        MESSAGES_IGNORED,
        JOINS,
        JOINS_REFUSED,
        RESUMES,
        RESUMES_REFUSED,
        RESUMES_ASKED_FOR,
        NEVER_RESUMED,
        DESCRIPTIONS_REFUSED,
        ANSWERS_OUTDATED,
        ANSWERS_MISSING,
        CANDIDATES_IGNORED,
        TRACKS_REFUSED,
        TRACKS_PUBLISHED,
        SUBSCRIPTIONS_REFUSED,
        SUBSCRIPTIONS_UNSUPPORTED,
        REQUESTS_REFUSED,
        NEVER_CONNECTED,
        CONNECTIONS_LOST,
        LOCAL_PACKETS_DROPPED
    }

    private final long[] counts = new long[Count.values().length];

    void add(Count count) {
        counts[count.ordinal()]++;
    }

    long get(Count count) {
        return counts[count.ordinal()];
    }

    void writeTo(SortedMap<String, Long> counters) {
        for (Count count : Count.values()) {
            counters.merge("signal_" + count.name().toLowerCase(Locale.ROOT), get(count), Long::sum);
        }
    }
}
