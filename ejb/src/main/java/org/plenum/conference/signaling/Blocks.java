/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What a namespace adds to join_success, switched_room and participant_connected.
 *
 * @param own for the arriving connection
 * @param aboutArrival what the others are told of the one who arrives
 * @param aboutOthers what the arriving one is told of others
 */
public record Blocks(
        Optional<JsonObject> own, Optional<JsonObject> aboutArrival, Map<ParticipantId, JsonObject> aboutOthers) {
    public static final Blocks NONE = new Blocks(Optional.empty(), Optional.empty(), Map.of());
}
