/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.time.Duration;
import java.util.Set;

/**
 * What an access token shall say.
 *
 * @param identity unique in the room, 1 to 256 characters
 * @param name shown to others, may be the identity
 * @param sources what may be published; empty means nothing (the token then says canPublish false)
 * @param life how long the token may be used to connect
 */
public record AccessRequest(
        MediaRoomId room,
        String identity,
        String name,
        Set<TrackSource> sources,
        boolean maySubscribe,
        boolean mayCreateRoom,
        boolean hidden,
        Duration life) {
    public AccessRequest {
        sources = Set.copyOf(sources);
    }
}
