/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Test vectors from {@code src/test/resources/vectors}. */
public final class Vectors {
    private Vectors() {}

    public static JsonObject json(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name);
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public static byte[] octets(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Samples of 16 bit, little-endian. */
    public static short[] samples(String name) {
        byte[] octets = octets(name);
        short[] samples = new short[octets.length / 2];
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
