/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher will send in one section, as agreed by our answer: all that forwarding needs to know.
 *
 * @param mimeType for example {@code audio/opus} or {@code video/VP8}
 * @param payloadType of the media, as the publisher numbers it
 * @param rtxPayloadType of its retransmissions (RFC 4588), or -1
 * @param redPayloadType under which it may come with what was sent before (RFC 2198), or -1
 * @param nack true when we may ask for lost packets
 * @param transportCc true when transport-wide feedback was agreed, false for REMB
 * @param extensions agreed header extension ids by URI ({@link org.plenum.media.core.rtp.HeaderExtensions})
 * @param streams SSRCs known from the description, from low to high; empty when the section names encodings by rid
 * @param rids encodings from low to high; empty without rids
 * @param msid the client's stream and track ids; the track is LiveKit's cid (contract section 8.2)
 */
public record PublishedTrack(
        String mid,
        MediaKind kind,
        String mimeType,
        int clockRate,
        int payloadType,
        int rtxPayloadType,
        int redPayloadType,
        boolean nack,
        boolean transportCc,
        Map<String, Integer> extensions,
        List<Stream> streams,
        List<String> rids,
        Optional<Msid> msid) {
    public PublishedTrack {
        extensions = Map.copyOf(extensions);
        streams = List.copyOf(streams);
        rids = List.copyOf(rids);
    }

    /** @param rtxSsrc SSRC of the retransmissions, or -1 */
    public record Stream(long ssrc, long rtxSsrc) {}
}
