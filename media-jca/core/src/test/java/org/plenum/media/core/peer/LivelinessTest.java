/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LivelinessTest {
    private static final long MS = 1_000_000L;

    private final Liveliness life = new Liveliness();
    private long nowNs = 500 * MS;

    private void packets(int count, int everyMs) {
        for (int i = 0; i < count; i++) {
            nowNs += everyMs * MS;
            assertFalse(life.takeSilence(nowNs));
            life.onPacket(nowNs);
        }
    }

    @Test
    void whoSentAllTheTimeAndStopsIsSilentAfterSomeSecondsAndOnce() {
        packets(300, 20);
        assertEquals(nowNs + Liveliness.SILENT_NS, life.deadlineNs());
        assertFalse(life.takeSilence(nowNs + Liveliness.SILENT_NS - 1));
        assertTrue(life.takeSilence(nowNs + Liveliness.SILENT_NS));
        assertFalse(life.takeSilence(nowNs + 2 * Liveliness.SILENT_NS));
        assertEquals(Long.MAX_VALUE, life.deadlineNs());
        nowNs += 3 * Liveliness.SILENT_NS;
        packets(300, 20);
        assertTrue(life.takeSilence(nowNs + Liveliness.SILENT_NS), "and again");
    }

    @Test
    void aCheckIsASignOfLife() {
        packets(300, 20);
        life.onCheck(nowNs + 2000 * MS);
        assertFalse(life.takeSilence(nowNs + Liveliness.SILENT_NS));
        assertTrue(life.takeSilence(nowNs + 2000 * MS + Liveliness.SILENT_NS));
    }

    @Test
    void whoSendsLittleIsNeverMissed() {
        packets(100, 1000);
        assertEquals(Long.MAX_VALUE, life.deadlineNs());
        assertFalse(life.takeSilence(nowNs + 100 * Liveliness.SILENT_NS));
    }

    @Test
    void whatWasLongAgoDoesNotCount() {
        packets(300, 20);
        nowNs += 1000 * Liveliness.SILENT_NS;
        assertTrue(life.takeSilence(nowNs));
        packets(3, 10);
        assertEquals(Long.MAX_VALUE, life.deadlineNs());
    }
}
