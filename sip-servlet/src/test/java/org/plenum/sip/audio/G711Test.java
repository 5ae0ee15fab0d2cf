/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.plenum.sip.Vectors;

class G711Test {
    private final JsonObject vectors = Vectors.json("g711.json");

    @Test
    void everyOctetDecodesAsTheRecommendationSays() {
        JsonArray mu = vectors.getJsonArray("muLawToPcm16");
        JsonArray a = vectors.getJsonArray("aLawToPcm16");
        for (int octet = 0; octet < 256; octet++) {
            assertEquals(mu.getInt(octet), G711.decodeMu((byte) octet), "mu-law " + octet);
            assertEquals(a.getInt(octet), G711.decodeA((byte) octet), "A-law " + octet);
        }
    }

    @Test
    void everyOctetComesBack() {
        for (int octet = 0; octet < 256; octet++) {
            assertEquals((byte) octet, G711.encodeA(G711.decodeA((byte) octet)), "A-law " + octet);
            int expected = octet == 0x7F ? 0xFF : octet; // minus zero
            assertEquals((byte) expected, G711.encodeMu(G711.decodeMu((byte) octet)), "mu-law " + octet);
        }
    }

    @Test
    void checkPointsAndSilence() {
        for (JsonObject point : vectors.getJsonArray("checkPoints").getValuesAs(JsonObject.class)) {
            short pcm = (short) point.getInt("pcm");
            assertEquals((byte) point.getInt("muLaw"), G711.encodeMu(pcm), "mu-law of " + pcm);
            assertEquals((byte) point.getInt("aLaw"), G711.encodeA(pcm), "A-law of " + pcm);
        }
        JsonObject silence = vectors.getJsonObject("silence");
        assertEquals((byte) silence.getInt("muLaw"), G711.encodeMu((short) 0));
        assertEquals((byte) silence.getInt("aLaw"), G711.encodeA((short) 0));
    }

    @Test
    void everySampleIsNearItsCode() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int allowed = Math.max(8, Math.abs(sample) / 16); // half a step of the segment
            int a = Math.max(-32_256, Math.min(32_256, sample));
            assertTrue(Math.abs(G711.decodeA(G711.encodeA((short) sample)) - a) <= allowed, "A-law " + sample);
            int mu = Math.max(-32_124, Math.min(32_124, sample));
            assertTrue(Math.abs(G711.decodeMu(G711.encodeMu((short) sample)) - mu) <= allowed + 4, "mu-law " + sample);
        }
    }
}
