/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RtcRequestTest {
    @Test
    void browsersPutTheTokenIntoTheQuery() {
        RtcRequest request =
                RtcRequest.of(Map.of("access_token", List.of("abc"), "protocol", List.of("17", "3")), null, "Firefox");
        assertEquals("abc", request.token());
        assertEquals(Optional.of("17"), request.parameters().value("protocol"));
        assertFalse(request.parameters().query().containsKey("access_token"));
        assertEquals("Firefox", request.parameters().userAgent());
    }

    @Test
    void nativeClientsPutItIntoAHeader() {
        assertEquals("abc", RtcRequest.of(Map.of(), "bearer  abc", null).token());
        assertNull(RtcRequest.of(Map.of(), "InviteCode abc", null).token());
        assertNull(RtcRequest.of(Map.of(), null, null).token());
    }

    @Test
    void aTokenDoesNotGetIntoALog() {
        String text = RtcRequest.of(Map.of("access_token", List.of("abc")), null, null)
                .toString();
        assertTrue(text.indexOf("abc") < 0, text);
    }
}
