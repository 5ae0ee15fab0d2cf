/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import org.plenum.media.api.AccessRequest;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.Verdict;

/** Access tokens and the judgement of requests for the media socket. Immutable, any thread. */
public final class Entrance {
    private final SignalConfig config;

    public Entrance(SignalConfig config) {
        this.config = config;
    }

    /** @return a signed token (JWT, HS256) */
    public String accessToken(AccessRequest request, long wallMs) {
        throw new UnsupportedOperationException(config.apiKey());
    }

    /**
     * @param token null when the request had none
     * @param wallMs milliseconds since 1970
     * @return 200, 400 or 401
     */
    public Verdict validate(String token, ConnectParameters parameters, long wallMs) {
        throw new UnsupportedOperationException(config.apiKey());
    }
}
