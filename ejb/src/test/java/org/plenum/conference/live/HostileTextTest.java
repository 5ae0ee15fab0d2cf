/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plenum.conference.chat.ChatFactory;
import org.plenum.conference.echo.EchoFactory;
import org.plenum.conference.signaling.Wire;

/** Texts that want to break the reader: each gets an answer, and the connection stays. */
class HostileTextTest {
    private TestRooms.Tab bob;
    private TestRooms.Tab alice;

    @BeforeEach
    void meet() {
        TestRooms rooms = new TestRooms(new EchoFactory(), new ChatFactory());
        alice = rooms.owner("alice");
        bob = rooms.user("bob");
        bob.received();
        alice.received();
    }

    static Stream<String> rubbish() {
        String command = "{\"namespace\":\"chat\",\"payload\":{\"action\":\"get_history_chunk\",\"scope\":\"global\","
                + "\"message_index\":%s}}";
        String open = "{\"namespace\":\"chat\",\"payload\":";
        return Stream.of(
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "[".repeat(100_000) + "]".repeat(100_000),
                open + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001),
                String.format(command, "1e999999999"),
                String.format(command, "-0"),
                String.format(command, "9".repeat(100_000)),
                String.format(command, "9223372036854775808"),
                String.format(command, "1.5"),
                String.format(command, "true"),
                String.format(command, "null"),
                String.format(command, "\"\""),
                String.format(command, "{}"),
                "{\"namespace\":null,\"payload\":{}}",
                "{\"namespace\":7,\"payload\":{}}",
                "{\"namespace\":\"Chat\",\"payload\":{}}",
                "{\"namespace\":\"" + "a".repeat(65) + "\",\"payload\":{}}",
                "{\"namespace\":\"chat\"}",
                "{\"namespace\":\"chat\",\"payload\":[]}",
                "{\"namespace\":\"chat\",\"payload\":{\"action\":null}}",
                "{\"namespace\":\"chat\",\"transaction_id\":-1,\"payload\":{\"action\":\"enable_chat\"}}",
                "{\"namespace\":\"chat\",\"transaction_id\":1e3,\"payload\":{\"action\":\"enable_chat\"}}",
                "{\"namespace\":\"chat\",\"transaction_id\":18446744073709551616,\"payload\":{\"action\":\"enable_chat\"}}");
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    void isAnsweredAndTheConnectionStays(String text) {
        bob.sendsText(text);
        String answer = bob.names().get(0);
        // an index of -0 is one of 0: there is nothing in the history, and that is told
        assertTrue(List.of("error.invalid_json", "chat.room_chat_history_chunk").contains(answer), answer);
        assertEquals(text.contains("-0") ? "chat.room_chat_history_chunk" : "error.invalid_json", answer);
        bob.sends("{'namespace':'echo','payload':{'action':'ping'}}");
        bob.one("echo.pong");
        assertEquals(0, bob.closeCode());
    }

    @Test
    void keysThatCollideCostNoTime() {
        String fields = IntStream.range(0, 1 << 14)
                .mapToObj(HostileTextTest::colliding)
                .map(key -> "\"" + key + "\":1")
                .collect(Collectors.joining(","));
        long before = System.nanoTime();
        bob.sendsText("{\"namespace\":\"echo\",\"payload\":{\"action\":\"ping\"," + fields + "}}");
        long milliseconds = (System.nanoTime() - before) / 1_000_000;
        bob.one("echo.pong");
        assertTrue(milliseconds < 2_000, milliseconds + " ms"); // without a tree in each bucket it takes minutes
    }

    /** Strings of equal hash: each bit chooses one of two pairs of letters. */
    private static String colliding(int number) {
        return IntStream.range(0, 14)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    @Test
    void ofTwoKeysOneCountsForAllPurposes() {
        bob.sendsText("{\"namespace\":\"chat\",\"payload\":{\"action\":\"enable_chat\",\"action\":\"disable_chat\"}}");
        assertEquals(List.of("chat.insufficient_permissions"), bob.names());
    }

    static Stream<String> hostileValues() throws IOException {
        try (InputStream file = HostileTextTest.class.getResourceAsStream("/vectors/hostile-text.json")) {
            JsonObject vectors = Wire.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return vectors.getJsonArray("values").getValuesAs(JsonObject.class).stream()
                    .filter(value -> value.get("value") instanceof JsonString)
                    .map(value -> value.getString("value"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileValues")
    void staysTheTextThatItIs(String text) {
        bob.sendsText(Wire.object()
                .add("namespace", "chat")
                .add(
                        "payload",
                        Wire.object()
                                .add("action", "send_message")
                                .add("scope", "global")
                                .add("content", text))
                .build()
                .toString());
        assertEquals(text, alice.payload("chat.message_sent").getString("content"));
    }
}
