/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.util.Map;
import java.util.Optional;

/**
 * The query of the media socket and what else the HTTP request told.
 *
 * @param query first value of each query parameter, without access_token
 * @param userAgent may be empty, never null
 */
public record ConnectParameters(Map<String, String> query, String userAgent) {
    public ConnectParameters {
        query = Map.copyOf(query);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public boolean isOne(String name) {
        return "1".equals(query.get(name)) || "true".equals(query.get(name));
    }
}
