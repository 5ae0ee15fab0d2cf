/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.util.Locale;

/** Every way a datagram can end here instead of reaching somebody. */
public enum Drop {
    /** First octets of no protocol we speak (RFC 7983). */
    UNKNOWN_KIND,
    /** Not STUN, from a path that ICE has not validated. */
    UNKNOWN_PATH,
    STUN_MALFORMED,
    /** A check with a user name of nobody here. */
    STUN_UNKNOWN_USER,
    /** Refused by ICE: wrong password, missing attributes, role. */
    STUN_REFUSED,
    /** DTLS before the description of the other side is known. */
    DTLS_TOO_EARLY,
    /** Records that cannot be good, or too many of them. */
    DTLS_REFUSED,
    /** Media before the keys are there. */
    MEDIA_TOO_EARLY,
    SRTP_MALFORMED,
    /** Seen before; Firefox probes so. */
    SRTP_REPLAYED,
    SRTP_TOO_OLD,
    SRTP_NOT_AUTHENTIC,
    /** Media of a connection that neither publishes nor subscribes. */
    NOBODY_LISTENS,
    RTP_MALFORMED,
    /** An SSRC that belongs to no publication of its sender. */
    RTP_UNKNOWN_STREAM,
    /** More new SSRCs than a connection may bring. */
    RTP_TOO_MANY_STREAMS,
    /** A payload type that was not agreed. */
    RTP_UNKNOWN_PAYLOAD,
    /** Padding only: probing. */
    RTP_EMPTY,
    /** A repeated packet, or one so late that nobody waits for it. */
    RTP_USELESS,
    RTCP_MALFORMED,
    /** RTCP about an SSRC that is not the sender's business. */
    RTCP_FOREIGN,
    /** Outgoing: no path, or the keys refused. */
    NOT_SENT;

    /** For statistics: snake_case. */
    public String statistic() {
        return "drop_" + name().toLowerCase(Locale.ROOT);
    }

    /** Counters of one loop. One thread writes; others may read a value that is a little old. */
    public static final class Counters {
        private final long[] counts = new long[values().length];

        public void count(Drop reason) {
            counts[reason.ordinal()]++;
        }

        public long of(Drop reason) {
            return counts[reason.ordinal()];
        }
    }
}
