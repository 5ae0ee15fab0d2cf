/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import org.plenum.web.rtc.RtcRequest;

/** From query or Authorization into a header of our own, which nobody else can set. */
final class MediaTokenMove {
    private static final HttpString OWN_HEADER = new HttpString(RtcRequest.TOKEN_HEADER);
    private static final String PARAMETER = "access_token";
    private static final String BEARER = "Bearer ";

    private MediaTokenMove() {}

    static void apply(HttpServerExchange exchange) {
        exchange.getRequestHeaders().remove(OWN_HEADER);
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        Deque<String> inQuery = exchange.getQueryParameters().remove(PARAMETER);
        exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
        exchange.setQueryString(without(exchange.getQueryString()));
        if (inQuery != null && !inQuery.isEmpty()) {
            exchange.getRequestHeaders().put(OWN_HEADER, inQuery.getFirst());
        } else if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            exchange.getRequestHeaders()
                    .put(OWN_HEADER, authorization.substring(BEARER.length()).strip());
        }
    }

    /** @param query as received, without question mark */
    static String without(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(part -> !part.equals(PARAMETER) && !part.startsWith(PARAMETER + "="))
                .collect(Collectors.joining("&"));
    }
}
