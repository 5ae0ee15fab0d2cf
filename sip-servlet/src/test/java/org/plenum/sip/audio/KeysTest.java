/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.sip.Vectors;

class KeysTest {
    private final JsonObject vectors = Vectors.json("dtmf-rfc4733.json");

    /** The vectors are packets with plain headers of 12 octets. */
    private static String keys(TelephoneEvents events, Stream<String> packets) {
        StringBuilder keys = new StringBuilder();
        packets.map(HexFormat.of()::parseHex).forEach(packet -> {
            long timestamp = Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(4));
            long ssrc = Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(8));
            char key = events.onPacket(ssrc, timestamp, packet, 12, packet.length - 12);
            if (key != TelephoneEvents.NONE) {
                keys.append(key);
            }
        });
        return keys.toString();
    }

    @TestFactory
    Stream<DynamicTest> eventsOfRfc4733() {
        return vectors.getJsonArray("scenarios").getValuesAs(JsonObject.class).stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.getString("name"),
                        () -> assertEquals(
                                scenario.getString("digits"),
                                keys(
                                        new TelephoneEvents(),
                                        scenario.getJsonArray("packets").getValuesAs(JsonString.class).stream()
                                                .map(JsonString::getString)))));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoKeyIsIgnored() {
        return vectors.getJsonArray("malformed").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("expect").equals("ignored"))
                .map(one -> DynamicTest.dynamicTest(
                        one.getString("name"),
                        () -> assertEquals("", keys(new TelephoneEvents(), Stream.of(one.getString("hex"))))));
    }

    @Test
    void theReservedBitMeansNothing() {
        assertEquals("1", keys(new TelephoneEvents(), Stream.of("80e50001000000010d7a11ed014a00a0")));
    }

    @Test
    void anotherSenderBeginsAnew() {
        assertEquals(
                "11",
                keys(
                        new TelephoneEvents(),
                        Stream.of("80e50001000000010d7a11ed010a00a0", "80e50001000000010d7a11ee010a00a0")));
    }

    // ---- tones

    private static String tones(String keys, int onMs, int offMs, double peak, double noise) {
        double[] rows = {697, 770, 852, 941};
        double[] columns = {1209, 1336, 1477, 1633};
        Random random = new Random(4);
        int on = onMs * 16;
        int off = offMs * 16;
        short[] sound = new short[(keys.length() * (on + off) / Pcm.FRAME + 2) * Pcm.FRAME];
        for (int i = 0; i < sound.length; i++) {
            double value = noise * random.nextGaussian();
            int number = i / (on + off);
            if (number < keys.length() && i % (on + off) < on) {
                int place = "123A456B789C*0#D".indexOf(keys.charAt(number));
                value += peak * Math.sin(2 * Math.PI * rows[place / 4] * i / Pcm.RATE);
                value += peak * Math.sin(2 * Math.PI * columns[place % 4] * i / Pcm.RATE);
            }
            sound[i] = (short) Math.max(-32_768, Math.min(32_767, value));
        }
        return heard(sound);
    }

    private static String heard(short[] sound) {
        ToneKeys detector = new ToneKeys();
        StringBuilder found = new StringBuilder();
        for (int frame = 0; frame < sound.length / Pcm.FRAME; frame++) {
            char key = detector.onFrame(Tones.frame(sound, frame), Pcm.FRAME);
            if (key != TelephoneEvents.NONE) {
                found.append(key);
            }
        }
        return found.toString();
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 8000, 0", "50, 50, 8000, 0", "80, 80, 1500, 100", "200, 60, 12000, 500"})
    void everyKeyIsHeard(int onMs, int offMs, double peak, double noise) {
        assertEquals("1234567890*#ABCD55", tones("1234567890*#ABCD55", onMs, offMs, peak, noise));
    }

    @Test
    void aLongKeyCountsOnce() {
        assertEquals("7", tones("7", 3000, 100, 8000, 0));
    }

    @Test
    void voicesNoiseAndSingleTonesAreNoKeys() {
        assertEquals("", heard(Tones.voice(120, 9000, Pcm.RATE * 2)));
        assertEquals("", heard(Tones.voice(233, 9000, Pcm.RATE * 2)));
        assertEquals("", heard(Tones.sine(697, 12_000, Pcm.RATE, Pcm.RATE)));
        assertEquals("", heard(Tones.sine(1336, 12_000, Pcm.RATE, Pcm.RATE)));
        assertEquals("", heard(new short[Pcm.RATE]));
        Random random = new Random(9);
        short[] noise = new short[Pcm.RATE * 5];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (3000 * random.nextGaussian());
        }
        assertEquals("", heard(noise));
    }
}
