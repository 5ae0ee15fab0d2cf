/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

import static org.junit.jupiter.api.Assertions.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.media.core.rtp.HeaderExtensions;

class PublisherAnswerTest {
    private static final PublisherAnswer.Wish STEREO = new PublisherAnswer.Wish(List.of("opus"), false, true, false);

    @Test
    void receivesMicrophoneAndCameraOfChromium() throws SdpException {
        PublisherAnswer answer = answer(Samples.CHROMIUM);
        SessionDescription description = answer.description();

        assertEquals(List.of("0", "1", "2"), description.bundle());
        assertTrue(description.iceLite());
        assertTrue(description.extmapAllowMixed());
        assertEquals(Samples.transport(Setup.PASSIVE), description.transport());
        assertEquals(3, description.version());
        assertEquals(
                List.of(MediaKind.APPLICATION, MediaKind.AUDIO, MediaKind.VIDEO),
                description.sections().stream().map(MediaSection::kind).toList());
        assertTrue(description.sections().stream().allMatch(s -> s.port() == 9));
        assertEquals(5000, description.sections().get(0).sctpPort());

        MediaSection audio = description.section("1").orElseThrow();
        assertEquals(Direction.RECVONLY, audio.direction());
        assertEquals(
                List.of(new Codec(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1;usedtx=1", List.of())),
                audio.codecs());
        assertEquals(
                List.of(new Extmap(14, HeaderExtensions.AUDIO_LEVEL), new Extmap(4, HeaderExtensions.MID)),
                audio.extensions());

        MediaSection video = description.section("2").orElseThrow();
        assertEquals(Direction.RECVONLY, video.direction());
        assertEquals(
                List.of(
                        new Codec(96, "VP8", 90_000, 1, "", List.of("nack", "nack pli", "ccm fir", "transport-cc")),
                        new Codec(97, "rtx", 90_000, 1, "apt=96", List.of())),
                video.codecs());
        assertEquals(
                List.of(
                        new Extmap(3, HeaderExtensions.TRANSPORT_WIDE_CC),
                        new Extmap(4, HeaderExtensions.MID),
                        new Extmap(10, HeaderExtensions.RID),
                        new Extmap(11, HeaderExtensions.REPAIRED_RID)),
                video.extensions());
        assertEquals(List.of(new Rid("q", false), new Rid("h", false), new Rid("f", false)), video.rids());
        assertEquals(
                Optional.of(new Simulcast(List.of(), List.of(List.of("q"), List.of("h"), List.of("f")))),
                video.simulcast());
        assertEquals(Optional.empty(), video.msid());
    }

    @Test
    void tellsForwardingWhatWillBeSent() throws SdpException {
        List<PublishedTrack> tracks = answer(Samples.CHROMIUM).tracks();
        assertEquals(
                List.of(
                        new PublishedTrack(
                                "1",
                                MediaKind.AUDIO,
                                "audio/opus",
                                48_000,
                                111,
                                -1,
                                -1,
                                false,
                                false,
                                Map.of(HeaderExtensions.AUDIO_LEVEL, 14, HeaderExtensions.MID, 4),
                                List.of(new PublishedTrack.Stream(2863311530L, -1)),
                                List.of(),
                                Optional.of(new Msid("-", "1f3c6c1e-8f4e-4f0f-b2a5-2a1a5e1f7c11"))),
                        new PublishedTrack(
                                "2",
                                MediaKind.VIDEO,
                                "video/VP8",
                                90_000,
                                96,
                                97,
                                -1,
                                true,
                                true,
                                Map.of(
                                        HeaderExtensions.TRANSPORT_WIDE_CC,
                                        3,
                                        HeaderExtensions.MID,
                                        4,
                                        HeaderExtensions.RID,
                                        10,
                                        HeaderExtensions.REPAIRED_RID,
                                        11),
                                List.of(),
                                List.of("q", "h", "f"),
                                Optional.of(new Msid("-", "9d8e7f60-1111-4222-8333-444455556666")))),
                tracks);
    }

    @Test
    void findsTheStreamsOfAScreenWithoutRids() throws SdpException {
        PublishedTrack screen = answer(Samples.CHROMIUM_SCREEN).tracks().get(0);
        assertEquals(List.of(new PublishedTrack.Stream(1234567890L, 987654321L)), screen.streams());
        assertEquals(List.of(), screen.rids());
        String simulcast = Samples.CHROMIUM_SCREEN + "a=ssrc-group:SIM 5 6\r\na=ssrc-group:FID 6 7\r\n";
        assertEquals(
                List.of(new PublishedTrack.Stream(5, -1), new PublishedTrack.Stream(6, 7)),
                answer(simulcast).tracks().get(0).streams());
    }

    @Test
    void receivesFirefox() throws SdpException {
        PublisherAnswer answer = answer(Samples.FIREFOX);
        MediaSection video = answer.description().section("1").orElseThrow();
        assertEquals(
                List.of(120, 124),
                video.codecs().stream().map(Codec::payloadType).toList());
        assertEquals(
                List.of(
                        new Extmap(3, HeaderExtensions.MID),
                        new Extmap(7, HeaderExtensions.TRANSPORT_WIDE_CC),
                        new Extmap(8, HeaderExtensions.RID),
                        new Extmap(9, HeaderExtensions.REPAIRED_RID)),
                video.extensions());
        assertEquals(List.of("q", "h", "f"), answer.tracks().get(1).rids());
        assertEquals(List.of(), answer.tracks().get(1).streams(), "rids name the encodings");
    }

    @Test
    void answersUnusedSectionsOfRtcNodeInactiveAndBundled() throws SdpException {
        PublisherAnswer answer = answer(Samples.RTC_NODE);
        assertEquals(9, answer.description().bundle().size());
        for (int i = 0; i < 6; i++) {
            MediaSection unused = answer.description().sections().get(i);
            assertEquals(Direction.INACTIVE, unused.direction());
            assertEquals(9, unused.port());
            assertEquals(1, unused.codecs().size());
        }
        assertEquals(
                List.of("7", "8"),
                answer.tracks().stream().map(PublishedTrack::mid).toList());
        assertEquals(List.of("q", "h", "f"), answer.tracks().get(1).rids(), "low to high");
        assertEquals(
                List.of(List.of("f"), List.of("h"), List.of("q")),
                answer.description()
                        .section("8")
                        .orElseThrow()
                        .simulcast()
                        .orElseThrow()
                        .receive(),
                "in the order of the offer");
    }

    @Test
    void anUnpublishedTrackIsAnsweredInactive() throws SdpException {
        PublisherAnswer answer = answer(Samples.CHROMIUM_UNPUBLISH);
        assertEquals(List.of(), answer.tracks());
        assertEquals(
                Direction.INACTIVE,
                answer.description().section("1").orElseThrow().direction());
        assertEquals(
                Direction.INACTIVE,
                answer.description().section("2").orElseThrow().direction());
    }

    @Test
    void whatWasAgreedStaysAgreedWhileASectionRests() throws SdpException {
        String resting = Samples.CHROMIUM.replace("a=sendonly", "a=inactive");
        MediaSection sending = answer(Samples.CHROMIUM).description().sections().stream()
                .filter(s -> s.simulcast().isPresent())
                .findFirst()
                .orElseThrow();
        MediaSection rests =
                answer(resting).description().section(sending.mid()).orElseThrow();
        assertEquals(Direction.INACTIVE, rests.direction());
        assertEquals(sending.extensions(), rests.extensions());
        assertEquals(sending.rids(), rests.rids());
        assertEquals(sending.simulcast(), rests.simulcast());
        assertEquals(sending.codecs(), rests.codecs());
    }

    @Test
    void stereoWithoutPausesForMusic() throws SdpException {
        PublisherAnswer answer = PublisherAnswer.to(
                SdpParser.parse(Samples.CHROMIUM), Samples.transport(Setup.ACTIVE), 9, false, s -> STEREO);
        assertEquals(
                "minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=510000",
                answer.description().section("1").orElseThrow().codecs().get(0).format());
        assertEquals(
                Direction.INACTIVE,
                answer.description().section("2").orElseThrow().direction(),
                "a video without a codec we take");
        assertEquals(1, answer.tracks().size());
    }

    @Test
    void takesConstrainedBaselineWhenH264IsWanted() throws SdpException {
        PublisherAnswer answer = PublisherAnswer.to(
                SdpParser.parse(Samples.CHROMIUM),
                Samples.transport(Setup.PASSIVE),
                9,
                true,
                s -> new PublisherAnswer.Wish(List.of("h264", "opus"), true, false, false));
        PublishedTrack video = answer.tracks().get(1);
        assertEquals("video/H264", video.mimeType());
        assertEquals(109, video.payloadType());
        assertEquals(114, video.rtxPayloadType());
        assertEquals(
                "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                answer.description().section("2").orElseThrow().codecs().get(0).format());
    }

    @Test
    void redundantSoundIsTakenWhereItIsWanted() throws SdpException {
        PublisherAnswer answer = PublisherAnswer.to(
                SdpParser.parse(Samples.CHROMIUM),
                Samples.transport(Setup.PASSIVE),
                9,
                true,
                s -> new PublisherAnswer.Wish(List.of("opus"), true, false, true));
        assertEquals(
                List.of("red", "opus"),
                answer.description().section("1").orElseThrow().codecs().stream()
                        .map(Codec::name)
                        .toList());
        assertEquals(111, answer.tracks().get(0).payloadType());
        assertEquals(63, answer.tracks().get(0).redPayloadType());
        assertEquals("audio/opus", answer.tracks().get(0).mimeType());
    }

    @ParameterizedTest
    @CsvSource({
        "packetization-mode=1;profile-level-id=42e01f, true",
        "packetization-mode=1;profile-level-id=42C016, true",
        "packetization-mode=1;profile-level-id=42001f, false",
        "packetization-mode=1;profile-level-id=4d401f, false",
        "packetization-mode=0;profile-level-id=42e01f, false",
        "profile-level-id=42e01f, false",
        "packetization-mode=1;profile-level-id=42zz1f, false",
        "packetization-mode=1, false"
    })
    void knowsWhichH264EverybodyDecodes(String format, boolean acceptable) {
        assertEquals(acceptable, H264Profile.isAcceptable(new Codec(1, "H264", 90_000, 1, format, List.of())), format);
    }

    @Test
    void fallsBackToRembWithoutTransportWideFeedback() throws SdpException {
        PublisherAnswer answer = answer(Samples.CHROMIUM.replaceAll("a=rtcp-fb:96 transport-cc\r\n", ""));
        PublishedTrack video = answer.tracks().get(1);
        assertFalse(video.transportCc());
        assertEquals(2, video.extensions().get(HeaderExtensions.ABS_SEND_TIME));
        assertTrue(answer.description()
                .section("2")
                .orElseThrow()
                .codecs()
                .get(0)
                .feedback()
                .contains("goog-remb"));
        assertFalse(answer(Samples.CHROMIUM.replace(HeaderExtensions.TRANSPORT_WIDE_CC, "urn:other"))
                .tracks()
                .get(1)
                .transportCc());
    }

    @Test
    void stoppedSectionsStayStoppedAndOutsideOfTheBundle() throws SdpException {
        PublisherAnswer answer =
                answer(Samples.CHROMIUM.replace("m=video 9", "m=video 0").replace("BUNDLE 0 1 2", "BUNDLE 0 1"));
        assertEquals(0, answer.description().section("2").orElseThrow().port());
        assertEquals(List.of("0", "1"), answer.description().bundle());
        assertEquals(1, answer.tracks().size());
    }

    @Test
    void withoutBundleOnlyTheFirstSectionIsServed() throws SdpException {
        PublisherAnswer answer = answer(Samples.CHROMIUM.replace("a=group:BUNDLE 0 1 2\r\n", ""));
        assertEquals(
                List.of(9, 0, 0),
                answer.description().sections().stream().map(MediaSection::port).toList());
        assertEquals(List.of(), answer.description().bundle());
        assertEquals(0, answer.description().sections().get(1).sctpPort());
    }

    @Test
    void everyAnswerReadsAsItWasMeant() throws SdpException {
        for (String offer : Samples.ALL) {
            SessionDescription description = answer(offer).description();
            assertEquals(description, SdpParser.parse(SdpWriter.write(description)));
        }
    }

    private static PublisherAnswer answer(String offer) throws SdpException {
        return PublisherAnswer.to(
                SdpParser.parse(offer),
                Samples.transport(Setup.PASSIVE),
                9,
                true,
                s -> PublisherAnswer.Wish.standard(s.kind()));
    }
}
