/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import static org.junit.jupiter.api.Assertions.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.sdp.SubscriberOffer.Format;

class SubscriberOfferTest {
    private static final List<SubscriberOffer.Section> SECTIONS = List.of(
            new SubscriberOffer.Data("0"),
            new SubscriberOffer.Sending("1", Format.OPUS, "PA_bob", "TR_AMx", 1000, -1, "bob", false, false),
            new SubscriberOffer.Sending("2", Format.VP8, "PA_bob", "TR_VCx", 2000, 2001, "bob", false, false));

    @Test
    void writesWhatClientsExpect() {
        assertEquals(
                """
                v=0
                o=- 77 5 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=ice-lite
                a=group:BUNDLE 0 1 2
                a=extmap-allow-mixed
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                c=IN IP4 0.0.0.0
                a=mid:0
                T
                a=candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host
                a=end-of-candidates
                a=sctp-port:5000
                a=max-message-size:65536
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:1
                T
                a=sendonly
                a=rtcp-mux
                a=rtcp-rsize
                a=msid:PA_bob|TR_AMx TR_AMx
                a=rtpmap:111 opus/48000/2
                a=rtcp-fb:111 nack
                a=rtcp-fb:111 transport-cc
                a=fmtp:111 minptime=10;useinbandfec=1
                a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=ssrc:1000 cname:bob
                m=video 9 UDP/TLS/RTP/SAVPF 96 97
                c=IN IP4 0.0.0.0
                a=mid:2
                T
                a=sendonly
                a=rtcp-mux
                a=rtcp-rsize
                a=msid:PA_bob|TR_VCx TR_VCx
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 goog-remb
                a=rtcp-fb:96 transport-cc
                a=rtcp-fb:96 ccm fir
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
                a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
                a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
                a=ssrc-group:FID 2000 2001
                a=ssrc:2000 cname:bob
                a=ssrc:2001 cname:bob
                """.replace("T\n", """
                                a=ice-ufrag:PLnm
                                a=ice-pwd:0123456789abcdefghijkl
                                a=ice-options:trickle
                                a=fingerprint:sha-256 %sCD
                                a=setup:actpass
                                """.formatted("AB:".repeat(31))).replace("\n", "\r\n"),
                SdpWriter.write(offer(SECTIONS)));
    }

    @Test
    void readsAsItWasMeant() throws SdpException {
        SessionDescription offer = offer(List.of(
                new SubscriberOffer.Inactive("a", Format.H264),
                new SubscriberOffer.Sending("b", Format.H264, "PA_x", "TR_y", 1, 2, "c", false, false),
                new SubscriberOffer.Sending("c", Format.OPUS, "PA_x", "TR_z", 3, -1, "c", true, true),
                new SubscriberOffer.Data("d")));
        assertEquals(offer, SdpParser.parse(SdpWriter.write(offer)));
        assertEquals(Direction.INACTIVE, offer.sections().get(0).direction());
        assertEquals(Optional.empty(), offer.sections().get(0).msid());
        assertEquals("1", offer.sections().get(2).codecs().get(0).parameter("sprop-stereo", "0"));
        assertTrue(H264Profile.isAcceptable(offer.sections().get(1).codecs().get(0)));
        assertEquals(
                63,
                offer.sections()
                        .get(2)
                        .redOf(offer.sections().get(2).codecs().get(0))
                        .orElseThrow()
                        .payloadType());
        assertEquals(103, offer.sections().get(1).rtxOf(102).orElseThrow().payloadType());
    }

    @Test
    void agreesWithChromium() throws SdpException {
        SessionDescription answer = SdpParser.parse(Samples.CHROMIUM_ANSWER);
        assertEquals(Setup.ACTIVE, answer.transport().setup());
        assertEquals(
                Map.of(
                        "1",
                        new SubscriberOffer.Agreed("1", 111, -1, -1, Map.of(HeaderExtensions.MID, 1)),
                        "2",
                        new SubscriberOffer.Agreed(
                                "2", 96, 97, -1, Map.of(HeaderExtensions.MID, 1, HeaderExtensions.ABS_SEND_TIME, 2))),
                SubscriberOffer.agreed(offer(SECTIONS), answer));
    }

    @Test
    void sendsNothingWhereTheClientTakesNothing() throws SdpException {
        String answer = Samples.CHROMIUM_ANSWER;
        assertEquals(
                List.of("2"), agreed(answer.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 0")));
        assertEquals(List.of("1"), agreed(answer.replace("VP8/90000", "VP9/90000")));
        assertEquals(List.of(), agreed(answer.replace("a=recvonly", "a=inactive")));
        assertEquals(List.of("1", "2"), agreed(answer.replace("a=recvonly", "a=sendrecv")));
    }

    @Test
    void redundantSoundIsSentToWhoTakesIt() throws SdpException {
        SessionDescription offer = offer(List.of(
                new SubscriberOffer.Data("0"),
                new SubscriberOffer.Sending("1", Format.OPUS, "PA_bob", "TR_AMx", 1000, -1, "bob", false, true),
                SECTIONS.get(2)));
        String without = Samples.CHROMIUM_ANSWER;
        String taken =
                without.replace("a=rtpmap:111 ", "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=rtpmap:111 ");
        assertTrue(taken.length() > without.length());
        assertEquals(
                63,
                SubscriberOffer.agreed(offer, SdpParser.parse(taken.replace("SAVPF 111", "SAVPF 111 63")))
                        .get("1")
                        .redPayloadType());
        assertEquals(
                -1,
                SubscriberOffer.agreed(offer, SdpParser.parse(without)).get("1").redPayloadType());
    }

    @Test
    void aClientMayLeaveOutRtxAndExtensions() throws SdpException {
        String answer = Samples.CHROMIUM_ANSWER.replace("apt=96", "apt=95").replace("extmap:2 ", "extmap:5 ");
        SubscriberOffer.Agreed video =
                SubscriberOffer.agreed(offer(SECTIONS), SdpParser.parse(answer)).get("2");
        assertEquals(-1, video.rtxPayloadType());
        assertEquals(Map.of(HeaderExtensions.MID, 1), video.extensions());
    }

    @Test
    void refusesAnAnswerToSomethingElse() {
        String answer = Samples.CHROMIUM_ANSWER;
        for (String wrong : List.of(
                answer.substring(0, answer.indexOf("m=video")).replace("BUNDLE 0 1 2", "BUNDLE 0 1"),
                answer.replace("a=mid:2", "a=mid:3").replace("BUNDLE 0 1 2", "BUNDLE 0 1 3"),
                answer.replace("m=video", "m=audio"))) {
            SdpException refused = assertThrows(SdpException.class, () -> agreed(wrong));
            assertEquals(SdpException.Reason.MISMATCH, refused.reason());
        }
    }

    @Test
    void findsTheFormatOfAMimeType() {
        assertEquals(Optional.of(Format.OPUS), Format.of("audio/OPUS"));
        assertEquals(Optional.of(Format.VP8), Format.of("video/vp8"));
        assertEquals(Optional.empty(), Format.of("video/AV1"));
        assertEquals(MediaKind.VIDEO, Format.H264.kind());
        assertEquals(96, Format.VP8.payloadType());
        assertEquals(97, Format.VP8.rtxPayloadType());
        assertEquals(-1, Format.OPUS.rtxPayloadType());
    }

    private static List<String> agreed(String answer) throws SdpException {
        return List.copyOf(
                SubscriberOffer.agreed(offer(SECTIONS), SdpParser.parse(answer)).keySet());
    }

    private static SessionDescription offer(List<SubscriberOffer.Section> sections) {
        return SubscriberOffer.of(Samples.transport(Setup.ACTPASS), 77, 5, true, sections);
    }
}
