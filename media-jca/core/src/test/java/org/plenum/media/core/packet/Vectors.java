/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Test vectors from {@code src/test/resources/vectors}. */
public final class Vectors {
    private Vectors() {}

    public static JsonObject load(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name);
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    public static List<JsonObject> objects(JsonObject parent, String name) {
        return parent.getJsonArray(name).getValuesAs(JsonValue::asJsonObject);
    }

    /** The object of the list whose field has this value. */
    public static JsonObject named(JsonObject parent, String list, String field, String value) {
        return objects(parent, list).stream()
                .filter(o -> o.getString(field).equals(value))
                .findFirst()
                .orElseThrow();
    }

    public static byte[] hex(JsonObject parent, String name) {
        return HexFormat.of().parseHex(parent.getString(name));
    }

    /** Exactly as large as the packet: a read beyond its end throws. */
    public static ByteBuffer exactly(byte[] packet, int length) {
        return ByteBuffer.wrap(packet, 0, length).slice();
    }

    public static Stream<DynamicTest> each(
            List<JsonObject> cases, Function<JsonObject, String> name, ThrowingConsumer check) {
        return cases.stream().map(o -> DynamicTest.dynamicTest(name.apply(o), () -> check.accept(o)));
    }

    /** A check of one case. */
    public interface ThrowingConsumer {
        void accept(JsonObject one) throws Exception;
    }
}
