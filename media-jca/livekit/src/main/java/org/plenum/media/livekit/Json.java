/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * JSON objects of tokens as maps, lists, strings, booleans, Long and Double (RFC 8259). Strict: a name that stands twice, deep
 * nesting, or anything behind the object is refused, so that nobody can read the same text in another way.
 */
final class Json {
    private static final int DEPTH = 8;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(32)
                    .build())
            .build();

    private Json() {}

    /** @return empty when this is not exactly one JSON object */
    static Optional<Map<String, Object>> object(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> object = members(parser);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException refused) { // the text is not ours to log
            return Optional.empty();
        }
    }

    private static Map<String, Object> members(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> Optional.empty(); // maps of the JDK dislike null
            case VALUE_NUMBER_INT -> parser.getLongValue(); // beyond 64 bits: refused
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getString();
        };
    }

    /** @param object of the types {@link #object} gives */
    static String text(Map<String, ?> object) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(out, object);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator out, Object value) {
        if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            members.forEach((name, member) -> {
                out.writeName((String) name);
                write(out, member);
            });
            out.writeEndObject();
        } else if (value instanceof List<?> items) {
            out.writeStartArray();
            items.forEach(item -> write(out, item));
            out.writeEndArray();
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else {
            out.writeString((String) value);
        }
    }
}
