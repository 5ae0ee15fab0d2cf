/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void readsAnObject() {
        JsonObject object = read("{\"title\":\"Grüße 👩‍👩‍👧‍👧\",\"n\":[1,2.5,null,true]}");

        assertEquals("Grüße 👩‍👩‍👧‍👧", object.getString("title"));
        assertEquals(4, object.getJsonArray("n").size());
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() {
        assertTrue(read("").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"text\"",
                "1",
                "{\"a\":1}{",
                "{\"a\":1} x",
                "{\"a\":01}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":\"\\x\"}",
                " ",
                "{\"a\":\"line\nend\"}",
                "<a/>",
                "{\"action\":\"raise_hand\",\"action\":\"kick\"}"
            })
    void whatIsNoObjectIsRefused(String text) {
        assertEquals("invalid_json", refusal(text));
    }

    @Test
    void badUtf8IsRefused() {
        byte[] octets = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        octets[6] = (byte) 0xFF;

        assertEquals(
                "invalid_json",
                assertThrows(ApiError.class, () -> StrictJson.read(new ByteArrayInputStream(octets)))
                        .code());
    }

    @Test
    void depthIsLimited() {
        assertEquals(1, read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").size());
        assertEquals("invalid_json", refusal("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
        assertEquals("invalid_json", refusal("[".repeat(30_000) + "]".repeat(30_000)));
        assertEquals(1, read("{\"a\":\"" + "[".repeat(100) + "\"}").size()); // in a text it is no bracket
        assertEquals("invalid_json", refusal("{\"a\\\"\":" + "[".repeat(32) + "]".repeat(32) + "}"));
    }

    @Test
    void numbersAreLimited() {
        assertEquals("invalid_json", refusal("{\"a\":" + "9".repeat(33) + "}"));
        assertEquals("invalid_json", refusal("{\"a\":0." + "9".repeat(40) + "}"));
        assertEquals(1, read("{\"a\":1e999999999}").size()); // harmless as long as nobody expands it, and nobody does
        assertEquals(1, read("{\"a\":\"" + "9".repeat(100) + "\"}").size());
    }

    @Test
    void sizeIsLimited() {
        String frame = "{\"a\":\"\"}";
        String text = "a".repeat(StrictJson.MOST_OCTETS - frame.length());

        assertEquals(1, read("{\"a\":\"" + text + "\"}").size());
        assertEquals("payload_overflow", refusal("{\"a\":\"" + text + "a\"}"));
        StringBuilder keys = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            keys.append("\"k").append(i).append("\":1,");
        }
        assertEquals("payload_overflow", refusal(keys.append("\"end\":1}").toString()));
    }

    @Test
    void keysOfTheSameHashCostNoMoreThanOthers() {
        JsonObjectBuilder object = Json.createObjectBuilder();
        for (int i = 0; i < 1 << 11; i++) { // 22 characters a key: as many as fit into a body
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            object.add(key.toString(), 1);
        }
        String text = object.build().toString();
        read(text);

        long before = System.nanoTime();
        assertEquals(1 << 11, read(text).size());
        assertTrue(System.nanoTime() - before < 2_000_000_000L);
    }

    private static JsonObject read(String text) {
        try {
            return StrictJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String refusal(String text) {
        return assertThrows(ApiError.class, () -> read(text)).code();
    }
}
