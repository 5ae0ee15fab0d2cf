/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plenum.media.api.ConnectParameters;

/**
 * What a client says when it asks for the media socket.
 *
 * @param token null when there is none
 */
public record RtcRequest(String token, ConnectParameters parameters) {
    /** Where the token stands when a request gets here, whether it came in the query or as a bearer token. */
    public static final String TOKEN_HEADER = "X-Plenum-Media-Token";

    @Override
    public String toString() {
        return "(media request)";
    }

    static RtcRequest of(HttpServletRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
        return of(query, request.getHeader(TOKEN_HEADER), request.getHeader("User-Agent"));
    }

    /** @param token and userAgent: header values, null when absent */
    static RtcRequest of(Map<String, List<String>> query, String token, String userAgent) {
        Map<String, String> first = new HashMap<>();
        query.forEach((name, values) -> {
            if (!values.isEmpty()) {
                first.put(name, values.get(0));
            }
        });
        return new RtcRequest(token, new ConnectParameters(first, userAgent == null ? "" : userAgent));
    }
}
