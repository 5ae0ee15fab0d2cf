/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sdp.SdpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plenum.sip.call.Offer;
import org.plenum.sip.call.Offer.Direction;

class OfferReaderTest {
    private static final String HEAD = """
            v=0
            o=- 1 2 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            """;

    private static Offer read(String text) throws SdpException {
        return OfferReader.read(text.replace("\n", "\r\n"));
    }

    @Test
    void everythingThatMattersIsRead() throws SdpException {
        Offer offer = read(HEAD + """
                a=sendonly
                m=audio 4000 RTP/SAVP 8 101
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                a=rtcp-mux
                a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc
                a=recvonly
                m=video 5000 RTP/AVP 31
                c=IN IP6 2001:db8::1
                """);
        Offer.Section audio = offer.sections().get(0);
        assertEquals("audio", audio.type());
        assertEquals(4000, audio.port());
        assertEquals("RTP/SAVP", audio.protocol());
        assertEquals(List.of(8, 101), audio.formats());
        assertEquals(Map.of(8, "PCMA/8000", 101, "telephone-event/8000"), audio.encodings());
        assertEquals(Optional.of("192.0.2.1"), audio.address());
        assertEquals(Direction.RECVONLY, audio.direction());
        assertTrue(audio.reportsBeside());
        assertEquals(List.of("1 AES_CM_128_HMAC_SHA1_80 inline:abc"), audio.crypto());
        Offer.Section video = offer.sections().get(1);
        assertEquals(Optional.of("2001:db8::1"), video.address());
        assertEquals(Direction.SENDONLY, video.direction(), "of the session");
        assertEquals(List.of(31), video.formats());
    }

    @Test
    void theVersionTellsOffersApart() throws SdpException {
        String audio = "m=audio 4000 RTP/AVP 8\n";
        assertEquals(read(HEAD + audio), read(HEAD + audio));
        assertNotEquals(read(HEAD + audio), read(HEAD.replace("1 2 IN", "1 3 IN") + audio));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "v=0\n", "m=audio x RTP/AVP 8\n", "v=0\nm=\n", "v=0\no=\nc=IN IP4\n"})
    void nonsenseIsAnSdpExceptionOrAnEmptyOffer(String text) {
        try {
            assertTrue(read(text).sections().isEmpty());
        } catch (SdpException refused) {
            assertTrue(refused.getMessage() != null);
        }
    }

    @Test
    void sizeIsLimited() {
        assertThrows(SdpException.class, () -> read(HEAD + "a=x\n".repeat(5000)));
        assertThrows(SdpException.class, () -> read(HEAD + "m=audio 4000 RTP/AVP 8\n".repeat(17)));
    }
}
