/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

public final class ParticipantIds {
    private ParticipantIds() {}

    public static Optional<Set<ParticipantId>> oneOrMany(JsonValue target) throws CommandRejected {
        try {
            if (target == null || target == JsonValue.NULL) {
                return Optional.empty();
            }
            if (target instanceof JsonString one) {
                return Optional.of(Set.of(ParticipantId.of(one.getString())));
            }
            return Optional.of(target.asJsonArray().getValuesAs(JsonString.class).stream()
                    .map(id -> ParticipantId.of(id.getString()))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (ClassCastException | IllegalArgumentException notIds) {
            throw CommandRejected.invalidJson("neither a participant id nor a list of them");
        }
    }

    public static JsonArray toJson(Collection<ParticipantId> ids) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        ids.forEach(id -> array.add(id.toString()));
        return array.build();
    }
}
