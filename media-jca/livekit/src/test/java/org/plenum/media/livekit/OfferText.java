/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.plenum.media.core.sdp.Direction;
import org.plenum.media.core.sdp.MediaKind;
import org.plenum.media.core.sdp.MediaSection;
import org.plenum.media.core.sdp.SdpWriter;
import org.plenum.media.core.sdp.SessionDescription;
import org.plenum.media.core.sdp.Setup;
import org.plenum.media.core.sdp.TransportDescription;

/** Descriptions the way Chromium writes them: a publisher's offer that grows, and answers to a subscriber offer. */
final class OfferText {
    private static final String FINGERPRINT = "01:".repeat(31) + "01";

    private final List<Section> sections = new ArrayList<>();
    private int version = 1;
    String ufrag = "clientufrag";

    private static final class Section {
        final boolean video;
        String cid;
        String direction = "sendonly";
        boolean simulcast;

        Section(boolean video, String cid) {
            this.video = video;
            this.cid = cid;
        }
    }

    /** One more section that sends a track. @return its mid */
    String sends(boolean video, String cid) {
        sections.add(new Section(video, cid));
        return String.valueOf(sections.size() - 1);
    }

    String sendsLayers(String cid) {
        String mid = sends(true, cid);
        sections.get(sections.size() - 1).simulcast = true;
        return mid;
    }

    /** The track of this section is taken away, its place stays. */
    void stops(String cid) {
        section(cid).direction = "inactive";
    }

    /** The same section carries another track now. */
    void replaces(String cid, String other) {
        section(cid).cid = other;
    }

    /** Unused sections of a client that falls back from a single connection. */
    void receivesUnused(int count, boolean video) {
        for (int i = 0; i < count; i++) {
            sends(video, "");
            sections.get(sections.size() - 1).direction = "recvonly";
        }
    }

    private Section section(String cid) {
        return sections.stream().filter(s -> s.cid.equals(cid)).findFirst().orElseThrow();
    }

    String text() {
        StringBuilder out = new StringBuilder("v=0\r\no=- 4242 " + version++ + " IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        String mids = "";
        for (int i = 0; i <= sections.size(); i++) {
            mids += " " + i;
        }
        out.append("a=group:BUNDLE").append(mids).append("\r\na=extmap-allow-mixed\r\n");
        for (int i = 0; i < sections.size(); i++) {
            media(out, sections.get(i), i);
        }
        out.append("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n");
        transport(out, sections.size());
        return out.append("a=sctp-port:5000\r\na=max-message-size:262144\r\n").toString();
    }

    private void media(StringBuilder out, Section section, int mid) {
        out.append(section.video ? "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 102" : "m=audio 9 UDP/TLS/RTP/SAVPF 111 63");
        out.append("\r\nc=IN IP4 0.0.0.0\r\n");
        transport(out, mid);
        out.append("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n");
        out.append("a=").append(section.direction).append("\r\na=rtcp-mux\r\n");
        if (section.direction.equals("sendonly")) {
            out.append("a=msid:- ").append(section.cid).append("\r\n");
        }
        if (section.video) {
            out.append("a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\n")
                    .append("a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:98 VP9/90000\r\n")
                    .append("a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e01f\r\n");
        } else {
            out.append("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n")
                    .append("a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n")
                    .append("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n");
        }
        if (section.simulcast) {
            out.append("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n")
                    .append("a=rid:q send\r\na=rid:h send\r\na=rid:f send\r\na=simulcast:send q;h;f\r\n");
        } else if (section.direction.equals("sendonly")) {
            out.append("a=ssrc:" + (100 + mid) + " cname:me\r\n");
        }
    }

    private void transport(StringBuilder out, int mid) {
        out.append("a=mid:" + mid + "\r\na=ice-ufrag:" + ufrag + "\r\na=ice-pwd:a-password-of-the-client-side\r\n")
                .append("a=fingerprint:sha-256 " + FINGERPRINT + "\r\na=setup:actpass\r\n");
    }

    /** Takes everything it is offered, except this codec. */
    static String answerTo(SessionDescription offer, String refused) {
        TransportDescription own = new TransportDescription(
                "answerufrag",
                "a-password-of-the-client-side",
                "sha-256 " + FINGERPRINT,
                Setup.ACTIVE,
                List.of(),
                false);
        List<MediaSection> sections = offer.sections().stream()
                .map(s -> answered(s, s.codecs().stream().anyMatch(c -> c.is(refused))))
                .collect(Collectors.toList());
        return SdpWriter.write(
                new SessionDescription(4243, offer.version(), false, true, offer.bundle(), own, sections));
    }

    private static MediaSection answered(MediaSection s, boolean refused) {
        boolean data = s.kind() == MediaKind.APPLICATION;
        Direction direction = s.direction() == Direction.SENDONLY ? Direction.RECVONLY : Direction.INACTIVE;
        return new MediaSection(
                s.kind(),
                s.mid(),
                refused ? 0 : 9,
                false,
                data ? s.direction() : direction,
                s.rtcpMux(),
                s.codecs(),
                s.extensions(),
                java.util.Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                java.util.Optional.empty(),
                s.sctpPort());
    }
}
