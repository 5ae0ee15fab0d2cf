/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.sip.audio.Codecs;
import org.plenum.sip.call.Negotiation.Agreement;
import org.plenum.sip.call.Offer.Direction;

class NegotiationTest {
    private static Offer.Section audio(Direction direction, Map<Integer, String> encodings, Integer... formats) {
        return new Offer.Section(
                "audio",
                4000,
                "RTP/AVP",
                List.of(formats),
                encodings,
                Optional.of("192.0.2.1"),
                direction,
                false,
                List.of());
    }

    private static Offer offer(Offer.Section... sections) {
        return new Offer("1", List.of(sections));
    }

    private static Agreement agree(Map<Integer, String> encodings, Integer... formats) {
        return agreed(offer(audio(Direction.SENDRECV, encodings, formats))).orElseThrow();
    }

    private static Optional<Agreement> agreed(Offer offer) {
        return Negotiation.of(offer, new Protection(Protection.Policy.OFF, false, new Random(1)));
    }

    @Test
    void theBestCodecIsTakenWhateverTheirOrder() {
        Map<Integer, String> all = Map.of(
                0, "PCMU/8000", 8, "PCMA/8000", 9, "G722/8000", 107, "opus/48000/2", 101, "telephone-event/8000");
        assertEquals(Codecs.OPUS, agree(all, 0, 8, 9, 107, 101).codec());
        assertEquals(107, agree(all, 0, 8, 9, 107, 101).payloadType());
        assertEquals(Codecs.G722, agree(all, 0, 8, 9, 101).codec());
        assertEquals(Codecs.PCMA, agree(all, 0, 8, 101).codec());
        assertEquals(Codecs.PCMU, agree(all, 0, 101).codec());
    }

    @Test
    void staticTypesNeedNoRtpmap() {
        assertEquals(Codecs.G722, agree(Map.of(), 0, 9).codec());
        assertEquals(-1, agree(Map.of(), 0).keyType());
    }

    @Test
    void namesAreComparedWithoutCaseAndClocksExactly() {
        assertEquals(Codecs.OPUS, agree(Map.of(96, "OPUS/48000/2"), 96).codec());
        assertTrue(agreed(offer(audio(Direction.SENDRECV, Map.of(96, "opus/8000"), 96)))
                .isEmpty());
        assertTrue(agreed(offer(audio(Direction.SENDRECV, Map.of(96, "opus/x"), 96)))
                .isEmpty());
        assertTrue(agreed(offer(audio(Direction.SENDRECV, Map.of(18, "G729/8000"), 18, 3)))
                .isEmpty());
    }

    @Test
    void keysHaveTheClockOfTheCodecWhenThereIsOne() {
        Map<Integer, String> three = Map.of(
                96,
                "opus/48000/2",
                8,
                "PCMA/8000",
                97,
                "telephone-event/16000",
                98,
                "telephone-event/8000",
                99,
                "telephone-event/48000");
        assertEquals(99, agree(three, 97, 98, 99, 96).keyType());
        assertEquals(48_000, agree(three, 97, 98, 99, 96).keyClock());
        assertEquals(98, agree(three, 97, 98, 99, 8).keyType());
        assertEquals(
                98,
                agree(Map.of(96, "opus/48000/2", 98, "telephone-event/8000"), 96, 98)
                        .keyType(),
                "the one there is");
    }

    @ParameterizedTest
    @CsvSource({"SENDRECV, true, true", "SENDONLY, false, true", "RECVONLY, true, false", "INACTIVE, false, false"})
    void directionsAreTurnedRound(Direction theirs, boolean sending, boolean receiving) {
        Agreement agreement = agreed(offer(audio(theirs, Map.of(), 8))).orElseThrow();
        assertEquals(sending, agreement.sending());
        assertEquals(receiving, agreement.receiving());
    }

    @Test
    void theOldWayOfHoldingStopsSendingToo() {
        Offer.Section held = new Offer.Section(
                "audio",
                4000,
                "RTP/AVP",
                List.of(8),
                Map.of(),
                Optional.of("0.0.0.0"),
                Direction.SENDRECV,
                false,
                List.of());
        assertFalse(agreed(offer(held)).orElseThrow().sending());
    }

    @Test
    void theFirstUsableSectionCounts() {
        Offer.Section video = new Offer.Section(
                "video",
                5000,
                "RTP/AVP",
                List.of(31),
                Map.of(),
                Optional.of("192.0.2.1"),
                Direction.SENDRECV,
                false,
                List.of());
        Offer.Section secure = new Offer.Section(
                "audio",
                4000,
                "RTP/SAVP",
                List.of(8),
                Map.of(),
                Optional.of("192.0.2.1"),
                Direction.SENDRECV,
                false,
                List.of());
        Offer.Section refused = new Offer.Section(
                "audio",
                0,
                "RTP/AVP",
                List.of(8),
                Map.of(),
                Optional.of("192.0.2.1"),
                Direction.SENDRECV,
                false,
                List.of());
        Offer.Section nowhere = new Offer.Section(
                "audio", 4000, "RTP/AVP", List.of(8), Map.of(), Optional.empty(), Direction.SENDRECV, false, List.of());
        Agreement agreement = agreed(offer(video, secure, refused, nowhere, audio(Direction.SENDRECV, Map.of(), 8)))
                .orElseThrow();
        assertEquals(4, agreement.section());
        assertEquals("192.0.2.1", agreement.address());
        assertEquals(4000, agreement.port());
        assertTrue(agreed(offer(video, secure, refused, nowhere)).isEmpty());
    }

    @Test
    void theAnswerHasOneCodecAndRefusesTheRestInItsPlace() {
        Offer.Section video = new Offer.Section(
                "video",
                5000,
                "RTP/AVP",
                List.of(31, 34),
                Map.of(),
                Optional.of("192.0.2.1"),
                Direction.SENDRECV,
                false,
                List.of());
        Offer offer = offer(
                video, audio(Direction.SENDRECV, Map.of(96, "opus/48000/2", 99, "telephone-event/48000"), 8, 96, 99));
        Description description = new Description(7, "198.51.100.3", 20_002);
        assertEquals(
                """
                v=0
                o=plenum 7 0 IN IP4 198.51.100.3
                s=-
                c=IN IP4 198.51.100.3
                t=0 0
                m=video 0 RTP/AVP 31 34
                m=audio 20002 RTP/AVP 96 99
                a=rtpmap:96 opus/48000/2
                a=fmtp:96 maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;useinbandfec=1
                a=rtpmap:99 telephone-event/48000
                a=fmtp:99 0-15
                a=ptime:20
                a=sendrecv
                """,
                description
                        .answer(offer, agreed(offer).orElseThrow(), Optional.empty())
                        .replace("\r\n", "\n"));
        assertTrue(description
                .answer(offer, agreed(offer).orElseThrow(), Optional.empty())
                .contains("o=plenum 7 1 "));
    }

    @Test
    void holdIsAnsweredAndIpv6IsNamed() {
        Description description = new Description(7, "2001:db8::1", 20_002);
        Offer held = offer(audio(Direction.SENDONLY, Map.of(), 8));
        String answer = description.answer(held, agreed(held).orElseThrow(), Optional.empty());
        assertTrue(answer.contains("a=recvonly\r\n"), answer);
        assertTrue(answer.contains("c=IN IP6 2001:db8::1\r\n"), answer);
        Offer inactive = offer(audio(Direction.INACTIVE, Map.of(), 8));
        assertTrue(description
                .answer(inactive, agreed(inactive).orElseThrow(), Optional.empty())
                .contains("a=inactive"));
        Offer deaf = offer(audio(Direction.RECVONLY, Map.of(), 8));
        assertTrue(description
                .answer(deaf, agreed(deaf).orElseThrow(), Optional.empty())
                .contains("a=sendonly"));
    }

    @Test
    void whoOffersNothingIsOfferedEverything() {
        String offer = new Description(7, "192.0.2.9", 20_004).offer(List.of(), true);
        assertTrue(offer.contains("m=audio 20004 RTP/AVP 96 9 8 0 101 102\r\n"), offer);
        assertTrue(offer.contains("a=rtpmap:9 G722/8000\r\n"), offer);
    }
}
