/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plenum.media.api.ConnectParameters;

/**
 * What a client says when it asks for the media socket: browsers put the token into the query, native clients into a header.
 *
 * @param token null when there is none
 */
record RtcRequest(String token, ConnectParameters parameters) {
    private static final String TOKEN = "access_token";
    private static final String BEARER = "Bearer ";

    @Override
    public String toString() {
        return "(media request)";
    }

    static RtcRequest of(HttpServletRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        return of(query, request.getHeader("Authorization"), request.getHeader("User-Agent"));
    }

    /** @param authorization and userAgent: header values, null when absent */
    static RtcRequest of(Map<String, List<String>> query, String authorization, String userAgent) {
        Map<String, String> first = new HashMap<>();
        query.forEach((name, values) -> {
            if (!values.isEmpty() && !name.equals(TOKEN)) {
                first.put(name, values.get(0));
            }
        });
        String token = Optional.ofNullable(query.get(TOKEN))
                .filter(values -> !values.isEmpty())
                .map(values -> values.get(0))
                .orElseGet(() -> bearer(authorization));
        return new RtcRequest(token, new ConnectParameters(first, userAgent == null ? "" : userAgent));
    }

    private static String bearer(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
