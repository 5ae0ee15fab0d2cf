/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON as signaling writes and reads it. The static methods of {@code Json} look for a provider at every call. */
public final class Wire {
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private Wire() {}

    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    public static JsonObjectBuilder object(JsonObject fields) {
        return PROVIDER.createObjectBuilder(fields);
    }

    public static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    /** The payload of an event, to be completed. */
    public static JsonObjectBuilder event(String message) {
        return object().add("message", message);
    }

    /** An error of a module that goes out beside something else; the usual refusal is {@link CommandRejected}. */
    public static JsonObjectBuilder error(String error) {
        return event("error").add("error", error);
    }

    public static JsonString text(String value) {
        return PROVIDER.createValue(value);
    }

    public static JsonString time(Instant time) {
        return text(time.toString());
    }

    /** @throws JsonException this is no JSON object */
    public static JsonObject read(String text) {
        try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    public static JsonObject map(Map<String, ? extends JsonValue> fields) {
        JsonObjectBuilder object = object();
        fields.forEach(object::add);
        return object.build();
    }

    public static String requiredText(JsonObject payload, String field) throws CommandRejected {
        if (payload.get(field) instanceof JsonString text) {
            return text.getString();
        }
        throw CommandRejected.invalidJson("field " + field + " must be a text");
    }

    /** @return empty when the field is absent or null */
    public static OptionalLong number(JsonObject payload, String field, long min, long max) throws CommandRejected {
        JsonValue value = payload.get(field);
        if (value == null || value == JsonValue.NULL) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonNumber number) {
            BigDecimal exact = number.bigDecimalValue();
            if (exact.compareTo(BigDecimal.valueOf(min)) >= 0
                    && exact.compareTo(BigDecimal.valueOf(max)) <= 0
                    && exact.stripTrailingZeros().scale() <= 0) {
                return OptionalLong.of(exact.longValue());
            }
        }
        throw CommandRejected.invalidJson("field " + field + " must be a whole number from " + min + " to " + max);
    }

    public static long requiredNumber(JsonObject payload, String field, long min, long max) throws CommandRejected {
        OptionalLong value = number(payload, field, min, max);
        if (value.isPresent()) {
            return value.getAsLong();
        }
        throw CommandRejected.invalidJson("field " + field + " is missing");
    }

    public static Instant requiredTime(JsonObject payload, String field) throws CommandRejected {
        String text = requiredText(payload, field);
        try {
            return java.time.OffsetDateTime.parse(text).toInstant();
        } catch (java.time.DateTimeException notATime) {
            throw CommandRejected.invalidJson("field " + field + " must be a time");
        }
    }

    public static ParticipantId requiredParticipant(JsonObject payload, String field) throws CommandRejected {
        return participant(payload, field)
                .orElseThrow(() -> CommandRejected.invalidJson("field " + field + " is missing"));
    }

    /** @return empty when the field is absent or null */
    public static Optional<ParticipantId> participant(JsonObject payload, String field) throws CommandRejected {
        JsonValue value = payload.get(field);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        try {
            return Optional.of(ParticipantId.of(requiredText(payload, field)));
        } catch (IllegalArgumentException notAnId) {
            throw CommandRejected.invalidJson("field " + field + " must be a participant id");
        }
    }
}
