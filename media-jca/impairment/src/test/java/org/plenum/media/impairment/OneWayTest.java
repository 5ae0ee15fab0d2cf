/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneWayTest {
    private static final long MS = 1_000_000L;

    private final OneWay<Integer> way = new OneWay<>(new Random(7));

    private static Conditions conditions(String json) {
        return new Step(0, Json.createReader(new StringReader(json)).readObject()).down(Conditions.CLEAN);
    }

    private List<Integer> arrived(long nowNs) {
        List<Integer> arrived = new ArrayList<>();
        for (Integer packet = way.take(nowNs); packet != null; packet = way.take(nowNs)) {
            arrived.add(packet);
        }
        return arrived;
    }

    /** Offers packets of 125 octets, one a millisecond. @return those that have arrived a second after the last */
    private List<Integer> offer(int packets) {
        for (int i = 0; i < packets; i++) {
            way.offer(i, 125, i * MS);
        }
        return arrived((packets + 1000) * MS);
    }

    @Test
    void aCleanLineDoesNothing() {
        way.offer(1, 1500, 5);
        assertEquals(5, way.deadlineNs());
        assertEquals(1, way.take(5));
        assertNull(way.take(5));
        assertEquals(Long.MAX_VALUE, way.deadlineNs());
    }

    @Test
    void packetsWaitForTheirTurnAndTravel() {
        way.conditions(conditions("{'downKbit':1000,'delayMs':20}".replace('\'', '"')), 0);
        way.offer(1, 1250, 0); // 10 ms
        way.offer(2, 1250, 0);
        assertEquals(20 * MS, way.queueNs(0));
        assertEquals(List.of(), arrived(30 * MS - 1));
        assertEquals(List.of(1), arrived(30 * MS));
        assertEquals(40 * MS, way.deadlineNs());
        assertEquals(List.of(2), arrived(40 * MS));
    }

    @Test
    void whatWaitsGoesOnAtTheNewRate() {
        way.conditions(conditions("{\"downKbit\":1000}"), 0);
        way.offer(1, 2500, 0);
        way.conditions(conditions("{\"downKbit\":2000}"), 10 * MS); // half of it is through
        assertEquals(15 * MS, way.deadlineNs());
        way.conditions(conditions("{\"downKbit\":null}"), 12 * MS);
        assertEquals(List.of(1), arrived(12 * MS));
    }

    @Test
    void aFullQueueDropsWhatComesLast() {
        way.conditions(conditions("{\"downKbit\":1000,\"queueMs\":20}"), 0);
        for (int i = 0; i < 5; i++) {
            way.offer(i, 1250, 0);
        }
        assertEquals(List.of(0, 1, 2), arrived(100 * MS), "one that is sent and 20 ms behind it");
        assertEquals(2, way.dropped());
        assertEquals(3 * 1250, way.carried());
        assertEquals(5, way.offered());
    }

    @Test
    void independentLoss() {
        way.conditions(conditions("{\"loss\":0.3}"), 0);
        assertEquals(7000, offer(10_000).size(), 150);
        assertEquals(3000, way.lost(), 150);
    }

    @Test
    void burstsHaveTheirMeanAndLength() {
        way.conditions(conditions("{\"gilbertElliott\":{\"pGoodToBad\":0.02,\"pBadToGood\":0.25,\"lossInBad\":1}}"), 0);
        List<Integer> arrived = offer(50_000);
        assertEquals(0.074, 1 - arrived.size() / 50_000.0, 0.01);
        int bursts = 0;
        for (int i = 1; i < arrived.size(); i++) {
            bursts += arrived.get(i) - arrived.get(i - 1) > 1 ? 1 : 0;
        }
        assertEquals(4, way.lost() / (double) bursts, 0.4);
    }

    @Test
    void jitterKeepsTheOrder() {
        way.conditions(conditions("{\"jitterMs\":30}"), 0);
        for (int i = 0; i < 1000; i++) {
            way.offer(i, 125, i * MS);
            assertTrue(way.deadlineNs() <= (i + 30) * MS || i > 0);
        }
        List<Integer> arrived = arrived(1029 * MS);
        assertEquals(1000, arrived.size(), "never later than 30 ms");
        List<Integer> sorted = new ArrayList<>(arrived);
        Collections.sort(sorted);
        assertEquals(sorted, arrived);
    }

    @Test
    void someAreOvertakenAndSomeComeTwice() {
        way.conditions(conditions("{\"reorderPercent\":1}"), 0);
        List<Integer> arrived = offer(1000);
        assertEquals(1000, arrived.size());
        List<Integer> sorted = new ArrayList<>(arrived);
        Collections.sort(sorted);
        assertNotEquals(sorted, arrived);
        way.conditions(conditions("{\"duplicatePercent\":10}"), 2000 * MS);
        for (int i = 0; i < 1000; i++) {
            way.offer(i, 125, 2000 * MS);
        }
        assertEquals(1100, arrived(3000 * MS).size(), 40);
    }

    @Test
    void blackoutAndSize() {
        way.conditions(conditions("{\"dropLargerThan\":1280}"), 0);
        way.offer(1, 1281, 0);
        way.offer(2, 1280, 0);
        way.conditions(conditions("{\"blackout\":true}"), 0);
        way.offer(3, 100, 0);
        assertEquals(List.of(2), arrived(MS));
        assertEquals(2, way.lost());
    }

    @Test
    void aQueueHasALimitWithoutOneToo() {
        way.conditions(conditions("{\"downKbit\":1,\"queueMs\":0}"), 0);
        for (int i = 0; i < 100_010; i++) {
            way.offer(i, 1, 0);
        }
        assertEquals(10, way.dropped());
    }
}
