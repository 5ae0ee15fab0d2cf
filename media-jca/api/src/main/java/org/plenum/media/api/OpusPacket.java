/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/**
 * One Opus packet of a telephone caller, or for one (RFC 7587).
 *
 * @param payload as it stands in RTP; nobody changes it
 * @param rtpTime48k RTP timestamp at 48 kHz
 * @param talkspurtStart whether it is the first after a silence (RFC 3551 section 4.1)
 * @param levelDbov loudness as in RFC 6464: 0 loudest to 127 silent, in -dBov
 * @param voice whether it holds speech, as far as its sender knows
 */
public record OpusPacket(byte[] payload, int rtpTime48k, boolean talkspurtStart, byte levelDbov, boolean voice) {
    /** The most octets of a packet that the engine takes: what fits into one datagram beside all headers. */
    public static final int MOST_OCTETS = 1200;

    public OpusPacket {
        if (payload.length == 0 || payload.length > MOST_OCTETS) {
            throw new IllegalArgumentException("Opus packet of " + payload.length + " octets");
        }
        if (levelDbov < 0) {
            throw new IllegalArgumentException("level outside 0..127");
        }
    }
}
