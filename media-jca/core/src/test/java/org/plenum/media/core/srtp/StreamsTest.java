/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamsTest {
    @Test
    void agreesWithAHashMap() {
        Random random = new Random(5);
        Streams streams = new Streams(64, 64);
        Map<Integer, Streams.Stream> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int ssrc = random.nextInt(200) - 100;
            assertSame(expected.get(ssrc), streams.find(ssrc));
            if (expected.containsKey(ssrc) && random.nextBoolean()) {
                streams.remove(ssrc);
                expected.remove(ssrc);
            } else if (!expected.containsKey(ssrc) && !streams.isFull()) {
                expected.put(ssrc, streams.add(ssrc));
            }
            assertEquals(expected.size(), streams.size());
        }
        assertTrue(expected.size() > 10);
    }

    @Test
    void isFullAtItsLimit() {
        Streams streams = new Streams(3, 64);
        for (int ssrc = 1; ssrc <= 3; ssrc++) {
            assertFalse(streams.isFull());
            streams.add(ssrc);
        }
        assertTrue(streams.isFull());
        streams.remove(99);
        assertTrue(streams.isFull());
        streams.remove(2);
        assertFalse(streams.isFull());
        assertNull(streams.find(2));
        assertNotNull(streams.find(1));
        assertNotNull(streams.find(3));
        assertThrows(IllegalArgumentException.class, () -> new Streams(0, 64));
    }

    @Test
    void dropsTheLeastRecentlyUsed() {
        Streams streams = new Streams(100, 64);
        for (int ssrc = 0; ssrc < 100; ssrc++) {
            streams.touch(streams.add(ssrc));
        }
        streams.touch(streams.find(0));
        streams.dropLeastRecentlyUsed();
        assertNull(streams.find(1));
        assertEquals(99, streams.size());
        streams.dropLeastRecentlyUsed();
        assertNull(streams.find(2));
        assertNotNull(streams.find(0));
        Streams empty = new Streams(1, 64);
        empty.dropLeastRecentlyUsed();
        assertEquals(0, empty.size());
    }
}
