/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

/** URIs of the RTP header extensions we know by name (RFC 8285 section 5: a session binds each to an id of its own). */
public final class HeaderExtensions {
    /** RFC 9143 section 15: which m-section a packet belongs to. */
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    /** RFC 8852 section 3.1: which simulcast encoding a packet belongs to. */
    public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

    /** RFC 8852 section 3.2: the encoding a retransmission repairs. */
    public static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";

    /** RFC 6464: how loud the packet is. */
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    /** 24 bits of 6.18 fixed point seconds: when the packet left its sender. */
    public static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

    /** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2. */
    public static final String TRANSPORT_WIDE_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    private HeaderExtensions() {}
}
