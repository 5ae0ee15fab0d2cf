/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RtcRequestTest {
    @Test
    void theFirstValueOfEachParameterCounts() {
        RtcRequest request = RtcRequest.of(Map.of("sdk", List.of(), "protocol", List.of("17", "3")), "abc", "Firefox");
        assertEquals("abc", request.token());
        assertEquals(Optional.of("17"), request.parameters().value("protocol"));
        assertEquals(Optional.empty(), request.parameters().value("sdk"));
        assertEquals("Firefox", request.parameters().userAgent());
    }

    @Test
    void aTokenDoesNotGetIntoALog() {
        String text = RtcRequest.of(Map.of(), "abc", null).toString();
        assertTrue(text.indexOf("abc") < 0, text);
    }
}
