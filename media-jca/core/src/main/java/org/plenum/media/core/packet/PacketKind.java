/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import java.nio.ByteBuffer;

/**
 * Whom a datagram on the media port is for, told by its first octet, and RTP from RTCP by the second (RFC 7983 section 7
 * as updated by RFC 9443, RFC 5761 section 4):
 *
 * <pre>
 *   0..3     STUN
 *   20..63   DTLS
 *   64..79   TURN channel data
 *   128..191 RTP; RTCP when the second octet is 192..223
 *   others   nobody: dropped (16..19 would be ZRTP, 80..127 QUIC)
 * </pre>
 */
public enum PacketKind {
    STUN,
    DTLS,
    TURN_CHANNEL,
    RTP,
    RTCP,
    /** For nobody here: count and drop. */
    UNKNOWN;

    /** Looks at two octets at most; whether the rest is well formed is for the parser of that kind to say. */
    public static PacketKind of(ByteBuffer buffer, int offset, int length) {
        if (length < 2) { // nothing of ours is shorter than a STUN header
            return UNKNOWN;
        }
        return of(buffer.get(offset) & 0xFF, buffer.get(offset + 1) & 0xFF);
    }

    /** @param first and @param second octet of the datagram, 0 to 255 */
    public static PacketKind of(int first, int second) {
        if (first >= 128) {
            if (first > 191) {
                return UNKNOWN;
            }
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first >= 64 && first <= 79 ? TURN_CHANNEL : UNKNOWN;
    }
}
