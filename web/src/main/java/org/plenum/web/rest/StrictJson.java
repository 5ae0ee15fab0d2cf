/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads the body of a request as one JSON object (RFC 8259), within limits: 64 KiB, 32 levels, numbers of at most 32
 * characters, no key twice. What is larger or deeper is refused before anything is built of it.
 */
final class StrictJson {
    static final int MOST_OCTETS = 64 * 1024;
    static final int MOST_LEVELS = 32;
    private static final int LONGEST_NUMBER = 32;
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictJson() {}

    /**
     * @return the object; an empty one for an empty body
     * @throws ApiError payload overflow, invalid JSON
     * @throws IOException the connection broke
     */
    static JsonObject read(InputStream body) throws IOException {
        byte[] octets = body.readNBytes(MOST_OCTETS + 1);
        if (octets.length > MOST_OCTETS) {
            throw ApiError.payloadOverflow();
        }
        if (octets.length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        requireLimits(octets);
        try (JsonReader reader = READERS.createReader(new StringReader(decoded(octets)))) {
            if (reader.readValue() instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException | CharacterCodingException malformed) {
            throw ApiError.invalidJson("The body is not JSON");
        }
        throw ApiError.invalidJson("The body must be a JSON object");
    }

    private static String decoded(byte[] octets) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }

    /** Looks at brackets and numbers only, and for what follows the value, which the parser does not: the rest is its. */
    private static void requireLimits(byte[] octets) {
        int levels = 0;
        int digits = 0;
        boolean inText = false;
        boolean ended = false;
        for (int at = 0; at < octets.length; at++) {
            int c = octets[at];
            if (inText) {
                at += c == '\\' ? 1 : 0;
                inText = c != '"';
                continue;
            }
            if (ended && !isBlank(c)) {
                throw ApiError.invalidJson("There is something behind the body's object");
            }
            digits = c >= '0' && c <= '9' ? digits + 1 : isOfNumber(c) ? digits : 0;
            inText = c == '"';
            if (c == '{' || c == '[') {
                levels++;
            } else if (c == '}' || c == ']') {
                levels--;
                ended = levels <= 0;
            }
            if (levels > MOST_LEVELS || digits > LONGEST_NUMBER) {
                throw ApiError.invalidJson("The body is too deep, or a number too long");
            }
        }
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r'; // RFC 8259 section 2
    }

    private static boolean isOfNumber(int c) {
        return c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }
}
