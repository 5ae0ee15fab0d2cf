/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import static org.junit.jupiter.api.Assertions.*;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plenum.media.core.rtp.HeaderExtensions;
import org.plenum.media.core.sdp.SdpException.Reason;

class SdpParserTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
            + "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 " + "0a:".repeat(31)
            + "0B\r\n";
    private static final String VIDEO = HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:0\r\n";

    @Test
    void readsWhatChromiumPublishes() throws SdpException {
        SessionDescription offer = SdpParser.parse(Samples.CHROMIUM);

        assertEquals(4611731400430051336L, offer.sessionId());
        assertEquals(3, offer.version());
        assertFalse(offer.iceLite());
        assertTrue(offer.extmapAllowMixed());
        assertEquals(List.of("0", "1", "2"), offer.bundle());
        assertEquals("Wf6c", offer.transport().ufrag());
        assertEquals("8qd0YzBq2pkR0BqLrv7mRzB5", offer.transport().password());
        assertTrue(offer.transport().fingerprint().startsWith("sha-256 6B:8A:3C"));
        assertEquals(Setup.ACTPASS, offer.transport().setup());
        assertEquals(3, offer.transport().candidates().size());
        assertEquals(
                "1567023201 1 udp 2122194687 fd00:db8::17 49171 typ host generation 0 network-id 2 network-cost 10",
                offer.transport().candidates().get(1));
        assertFalse(offer.transport().complete());

        MediaSection data = offer.sections().get(0);
        assertEquals(MediaKind.APPLICATION, data.kind());
        assertEquals(5000, data.sctpPort());
        assertEquals(List.of(), data.codecs());

        MediaSection audio = offer.section("1").orElseThrow();
        assertEquals(MediaKind.AUDIO, audio.kind());
        assertEquals(Direction.SENDONLY, audio.direction());
        assertTrue(audio.rtcpMux());
        assertEquals(8, audio.codecs().size());
        Codec opus = audio.codecs().get(0);
        assertEquals(
                new Codec(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1;stereo=1", List.of("transport-cc")),
                opus);
        assertEquals("1", opus.parameter("STEREO", "0"));
        assertEquals("0", opus.parameter("usedtx", "0"));
        assertEquals(
                List.of(new Source(2863311530L, "V6f9gN2hKq1pWc0d", "- 1f3c6c1e-8f4e-4f0f-b2a5-2a1a5e1f7c11")),
                audio.sources());
        assertEquals(Optional.of(new Msid("-", "1f3c6c1e-8f4e-4f0f-b2a5-2a1a5e1f7c11")), audio.msid());
    }

    @Test
    void readsEncodingsOfChromium() throws SdpException {
        MediaSection video = SdpParser.parse(Samples.CHROMIUM).section("2").orElseThrow();
        assertEquals(List.of(new Rid("q", true), new Rid("h", true), new Rid("f", true)), video.rids());
        assertEquals(
                Optional.of(new Simulcast(List.of(List.of("q"), List.of("h"), List.of("f")), List.of())),
                video.simulcast());
        assertEquals(97, video.rtxOf(96).orElseThrow().payloadType());
        assertEquals(Optional.empty(), video.rtxOf(97));
        assertTrue(video.extensions().contains(new Extmap(10, HeaderExtensions.RID)));
        assertEquals(
                List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"),
                video.codecs().get(0).feedback());
    }

    @Test
    void readsDirectionsAndBracesOfFirefox() throws SdpException {
        SessionDescription offer = SdpParser.parse(Samples.FIREFOX);
        assertTrue(offer.transport().fingerprint().startsWith("sha-256 0B:30:55"), "written for the session");
        MediaSection video = offer.section("1").orElseThrow();
        assertTrue(video.extensions().contains(new Extmap(9, Direction.SENDONLY, HeaderExtensions.REPAIRED_RID)));
        assertEquals(
                "{f0b1c2d3-2222-4a5b-8c7d-000000000002}",
                video.msid().orElseThrow().track());
        assertEquals(3, video.groups().size());
        assertEquals(
                new SourceGroup("FID", List.of(11111111L, 44444444L)),
                video.groups().get(0));
        assertEquals(124, video.rtxOf(120).orElseThrow().payloadType());
    }

    @Test
    void readsAlternativesAndPausedEncodings() throws SdpException {
        MediaSection video = SdpParser.parse(VIDEO + "a=simulcast:send 1,~4;2;~3 recv 5,6\r\n")
                .section("0")
                .orElseThrow();
        assertEquals(
                new Simulcast(List.of(List.of("1", "4"), List.of("2"), List.of("3")), List.of(List.of("5", "6"))),
                video.simulcast().orElseThrow());
    }

    @Test
    void feedbackForAllReachesEveryPayloadType() throws SdpException {
        MediaSection video = SdpParser.parse(VIDEO + "a=rtcp-fb:* nack\na=rtcp-fb:97 ccm fir\n")
                .section("0")
                .orElseThrow();
        assertEquals(List.of("nack"), video.codecs().get(0).feedback());
        assertEquals(List.of("ccm fir", "nack"), video.codecs().get(1).feedback());
    }

    @Test
    void theSectionSpeaksBeforeTheSession() throws SdpException {
        TransportDescription transport = SdpParser.parse(
                        VIDEO + "a=ice-ufrag:other\na=setup:passive\na=end-of-candidates\n")
                .transport();
        assertEquals("other", transport.ufrag());
        assertEquals("0123456789012345678901", transport.password());
        assertEquals(Setup.PASSIVE, transport.setup());
        assertTrue(transport.complete());
        assertEquals("sha-256 " + "0A:".repeat(31) + "0B", transport.fingerprint());
    }

    @Test
    void theTransportIsThatOfTheBundleTag() throws SdpException {
        String second = "m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:1\na=ice-ufrag:tagged\n";
        assertEquals(
                "tagged",
                SdpParser.parse(VIDEO.replace("BUNDLE 0", "BUNDLE 1 0") + second)
                        .transport()
                        .ufrag());
        assertEquals(
                "tagged",
                SdpParser.parse(VIDEO.replace("a=group:BUNDLE 0\r\n", "").replace("video 9", "video 0") + second)
                        .transport()
                        .ufrag(),
                "without a group the first section in use");
    }

    @Test
    void prefersTheHashWeCompute() throws SdpException {
        String sha1 = "a=fingerprint:sha-1 " + "11:".repeat(19) + "22\n";
        String sha256 = "a=fingerprint:SHA-256 " + "33:".repeat(31) + "44\n";
        for (String both : List.of(sha1 + sha256, sha256 + sha1)) {
            assertTrue(SdpParser.parse(VIDEO + both).transport().fingerprint().startsWith("sha-256 33:"), both);
        }
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws SdpException {
        SessionDescription offer = SdpParser.parse(VIDEO
                + "b=AS:300\na=rtcp-xr:rcvr-rtt=all\na=extmap:4100 urn:later\na=extmap:15 urn:reserved\n"
                + "a=rtpmap:50 nobody/1\na=ssrc:1 label:x\na=x-mystery\nz=0\n");
        MediaSection video = offer.section("0").orElseThrow();
        assertEquals(List.of(), video.extensions());
        assertEquals(2, video.codecs().size());
        assertEquals(List.of(new Source(1, "", "")), video.sources());
    }

    @Test
    void knowsStoppedFromBundleOnly() throws SdpException {
        assertTrue(SdpParser.parse(VIDEO.replace("video 9", "video 0"))
                .section("0")
                .orElseThrow()
                .stopped());
        assertFalse(SdpParser.parse(VIDEO.replace("video 9", "video 0") + "a=bundle-only\n")
                .section("0")
                .orElseThrow()
                .stopped());
    }

    @Test
    void keepsCredentialsOutOfLogs() throws SdpException {
        String text = SdpParser.parse(Samples.CHROMIUM).toString();
        assertFalse(text.contains("Wf6c") || text.contains("8qd0YzBq") || text.contains("192.0.2.17"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=mid: x | INVALID_TOKEN",
                "a=mid:0123456789abcdefg | INVALID_TOKEN",
                "a=rid:q up | INVALID_LINE",
                "a=rid:q | INVALID_LINE",
                "a=rid:q.1 send | INVALID_TOKEN",
                "a=simulcast:send | INVALID_LINE",
                "a=simulcast:both q | INVALID_LINE",
                "a=simulcast:send q send h | DUPLICATE",
                "a=simulcast:send q;;h | INVALID_TOKEN",
                "a=extmap:0a urn:x | INVALID_NUMBER",
                "a=extmap:1 | INVALID_LINE",
                "a=extmap:1/up urn:x | INVALID_TOKEN",
                "a=extmap:99999 urn:x | INVALID_NUMBER",
                "a=rtpmap:96 VP8 | INVALID_LINE",
                "a=rtpmap:96 VP8/9/9/9 | INVALID_LINE",
                "a=rtpmap:96 VP8/-1 | INVALID_NUMBER",
                "a=rtpmap:128 VP8/90000 | INVALID_NUMBER",
                "a=rtpmap: | INVALID_NUMBER",
                "a=ssrc:4294967296 cname:x | INVALID_NUMBER",
                "a=ssrc:x cname:x | INVALID_NUMBER",
                "a=ssrc-group:FID 1 x | INVALID_NUMBER",
                "a=sctp-port:65536 | INVALID_NUMBER",
                "a=ice-ufrag:abc | INVALID_TOKEN",
                "a=ice-pwd:short | INVALID_TOKEN",
                "a=ice-pwd:01234567890123456789 1 | INVALID_TOKEN",
                "a=fingerprint:sha-256 00:11 | INVALID_TOKEN",
                "a=fingerprint:sha-256 | INVALID_TOKEN",
                "a=setup:holdconn | INVALID_TOKEN",
                "m=image 9 UDP/TLS/RTP/SAVPF 1 | UNSUPPORTED_MEDIA",
                "m=audio 9 RTP/AVP 0 | UNSUPPORTED_PROTOCOL",
                "m=audio 9 UDP/DTLS/SCTP 0 | UNSUPPORTED_PROTOCOL",
                "m=audio 9 UDP/TLS/RTP/SAVPF | INVALID_LINE",
                "m=audio 65536 UDP/TLS/RTP/SAVPF 0 | INVALID_NUMBER",
                "m=audio 9 UDP/TLS/RTP/SAVPF 0 0 | DUPLICATE",
                "m=audio 9 UDP/TLS/RTP/SAVPF 0 | MISSING_MID",
                "m=audio 9 UDP/TLS/RTP/SAVPF 0~a=mid:0 | DUPLICATE",
                "hello | INVALID_LINE",
                "a | INVALID_LINE",
                "v=0 | INVALID_LINE",
                "o=- x y IN IP4 z | INVALID_NUMBER",
                "o=- 1 2 | INVALID_LINE",
            })
    void refusesWithAReason(String lines, Reason reason) {
        assertRefused(reason, VIDEO + lines.replace("~", "\n") + "\n");
    }

    @Test
    void refusesIncompleteSessions() {
        assertRefused(Reason.NO_SECTION, "");
        assertRefused(Reason.NO_SECTION, HEAD);
        assertRefused(Reason.INVALID_LINE, "s=-\n" + VIDEO);
        assertRefused(Reason.MISSING_ICE, VIDEO.replace("a=ice-ufrag:abcd\r\n", ""));
        assertRefused(Reason.MISSING_ICE, VIDEO.replace("a=ice-pwd:0123456789012345678901\r\n", ""));
        assertRefused(Reason.MISSING_FINGERPRINT, VIDEO.replace("a=fingerprint", "a=finger"));
        assertRefused(Reason.MISMATCH, VIDEO.replace("BUNDLE 0", "BUNDLE 0 7"));
        assertRefused(Reason.DUPLICATE, VIDEO.replace("BUNDLE 0", "BUNDLE 0 0"));
        assertRefused(Reason.INVALID_CHARACTER, VIDEO + "a=x:\u0000\n");
        assertRefused(Reason.INVALID_CHARACTER, VIDEO + "a=x:1\ra=y\n");
    }

    @Test
    void stopsAtEveryLimit() throws SdpException {
        assertLimit(Reason.TOO_MANY_RIDS, SdpLimits.RIDS, i -> "a=rid:r" + i + " send\n");
        assertLimit(Reason.TOO_MANY_SOURCES, SdpLimits.SOURCES, i -> "a=ssrc:" + i + " cname:x\n");
        assertLimit(Reason.TOO_MANY_SOURCES, SdpLimits.SOURCES, i -> "a=ssrc-group:FID 1 2\n");
        assertLimit(Reason.TOO_MANY_FEEDBACKS, SdpLimits.FEEDBACKS, i -> "a=rtcp-fb:96 nack\n");
        assertLimit(Reason.TOO_MANY_FEEDBACKS, SdpLimits.FEEDBACKS, i -> "a=rtcp-fb:* nack\n");
        assertLimit(Reason.TOO_MANY_CANDIDATES, SdpLimits.CANDIDATES, i -> "a=candidate:1\n");
        assertLimit(Reason.TOO_MANY_EXTENSIONS, SdpLimits.EXTENSIONS, i -> "a=extmap:" + (i + 20) + " urn:x\n");
        assertLimit(
                Reason.TOO_MANY_SECTIONS,
                SdpLimits.SECTIONS - 1,
                i -> "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:m" + i + "\n");
        assertLimit(Reason.TOO_MANY_LINES, SdpLimits.LINES - (int) VIDEO.lines().count(), i -> "a=x\n");
        assertRefused(Reason.TOO_MANY_RIDS, VIDEO + "a=simulcast:send " + "q;".repeat(SdpLimits.RIDS) + "q\n");
        assertRefused(Reason.TOO_MANY_SOURCES, VIDEO + "a=ssrc-group:SIM" + " 1".repeat(SdpLimits.SOURCES + 1) + "\n");
        assertRefused(
                Reason.TOO_MANY_PAYLOAD_TYPES,
                VIDEO + "m=audio 9 UDP/TLS/RTP/SAVPF" + " 0".repeat(SdpLimits.PAYLOAD_TYPES + 1) + "\n");
        assertRefused(
                Reason.TOO_MANY_SECTIONS, VIDEO.replace("BUNDLE 0", "BUNDLE 0" + " 0".repeat(SdpLimits.SECTIONS)));
        assertRefused(Reason.LINE_TOO_LONG, VIDEO + "a=" + "x".repeat(SdpLimits.LINE_LENGTH - 1) + "\n");
        assertNotNull(SdpParser.parse(VIDEO + "a=" + "x".repeat(SdpLimits.LINE_LENGTH - 2) + "\n"));
        assertRefused(Reason.TOO_LARGE, " ".repeat(SdpLimits.CHARACTERS + 1));
    }

    @Test
    void takesEightyFullSections() throws SdpException {
        String video = Samples.CHROMIUM.substring(Samples.CHROMIUM.indexOf("m=video"));
        StringBuilder many = new StringBuilder(Samples.CHROMIUM);
        for (int i = 3; i < 80; i++) {
            many.append(video.replace("a=mid:2", "a=mid:" + i));
        }
        assertEquals(80, SdpParser.parse(many.toString()).sections().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void everyPrefixIsReadOrRefused(int sample) {
        String text = Samples.ALL.get(sample - 1);
        for (int end = 0; end < text.length(); end += 1 + end % 7) {
            parseOrRefuse(text.substring(0, end));
        }
    }

    /** Mutations of whole lines and of single characters, so that the outer shape stays valid most of the time. */
    @Test
    void threeHundredMutationsAreReadOrRefused() throws SdpException {
        Random random = new Random(7);
        int read = 0;
        for (int round = 0; round < 300; round++) {
            String[] lines = Samples.ALL.get(round % Samples.ALL.size()).split("\r\n");
            for (int i = 0; i < 1 + round % 4; i++) {
                int at = random.nextInt(lines.length);
                lines[at] = mutated(lines[at], lines[random.nextInt(lines.length)], random);
            }
            SessionDescription description = parseOrRefuse(String.join("\r\n", lines) + "\r\n");
            if (description != null) {
                read++;
                answerAndReadAgain(description);
            }
        }
        assertTrue(read > 60 && read < 280, read + " of 300 were read: the mutations say nothing");
    }

    private static void answerAndReadAgain(SessionDescription description) throws SdpException {
        PublisherAnswer answer = PublisherAnswer.to(
                description, Samples.transport(Setup.PASSIVE), 1, true, s -> PublisherAnswer.Wish.standard(s.kind()));
        assertEquals(answer.description(), SdpParser.parse(SdpWriter.write(answer.description())));
    }

    private static String mutated(String line, String other, Random random) {
        int at = random.nextInt(line.length());
        return switch (random.nextInt(6)) {
            case 0 -> line.substring(0, at) + (char) (' ' + random.nextInt(95)) + line.substring(at + 1);
            case 1 -> line.substring(0, at) + line.substring(Math.min(line.length(), at + 1 + random.nextInt(4)));
            case 2 -> line + "\r\n" + other;
            case 3 -> line.replaceFirst("\\d+", String.valueOf(random.nextLong()));
            case 4 -> other;
            default -> line.substring(0, at) + line.charAt(at) + line.substring(at);
        };
    }

    private static SessionDescription parseOrRefuse(String text) {
        try {
            return SdpParser.parse(text);
        } catch (SdpException refused) {
            assertNotNull(refused.reason());
            assertEquals(0, refused.getStackTrace().length);
            return null;
        }
    }

    private static void assertLimit(Reason reason, int allowed, java.util.function.IntFunction<String> line)
            throws SdpException {
        StringBuilder text = new StringBuilder(VIDEO);
        for (int i = 0; i < allowed; i++) {
            text.append(line.apply(i));
        }
        assertNotNull(SdpParser.parse(text.toString()));
        assertRefused(reason, text.append(line.apply(allowed)).toString());
    }

    private static void assertRefused(Reason reason, String text) {
        assertEquals(
                reason,
                assertThrows(SdpException.class, () -> SdpParser.parse(text)).reason());
    }
}
