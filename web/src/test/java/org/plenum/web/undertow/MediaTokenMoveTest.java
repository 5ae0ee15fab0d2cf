/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import org.junit.jupiter.api.Test;
import org.plenum.web.rtc.RtcRequest;

class MediaTokenMoveTest {
    private final HttpServerExchange exchange = new HttpServerExchange(null);

    @Test
    void theTokenOfTheQueryGoesIntoTheHeader() {
        exchange.setQueryString("sdk=js&access_token=abc&protocol=17");
        exchange.addQueryParam("access_token", "abc");
        exchange.addQueryParam("sdk", "js");
        MediaTokenMove.apply(exchange);
        assertEquals("abc", header(RtcRequest.TOKEN_HEADER));
        assertEquals("sdk=js&protocol=17", exchange.getQueryString());
        assertFalse(exchange.getQueryParameters().containsKey("access_token"));
    }

    @Test
    void theBearerTokenGoesIntoTheHeader() {
        exchange.getRequestHeaders().put(new HttpString("Authorization"), "bearer abc");
        MediaTokenMove.apply(exchange);
        assertEquals("abc", header(RtcRequest.TOKEN_HEADER));
        assertNull(header("Authorization"));
    }

    @Test
    void nobodyElseCanSetTheHeader() {
        exchange.getRequestHeaders().put(new HttpString(RtcRequest.TOKEN_HEADER), "smuggled");
        MediaTokenMove.apply(exchange);
        assertNull(header(RtcRequest.TOKEN_HEADER));
    }

    private String header(String name) {
        return exchange.getRequestHeaders().getFirst(new HttpString(name));
    }
}
