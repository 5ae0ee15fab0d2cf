/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private int pings;
    private int losses;
    private final Heartbeat heartbeat = new Heartbeat(() -> pings++, () -> losses++);

    @Test
    void threePingsWithoutAnswerAreALoss() {
        ticks(3);
        assertEquals(0, losses);
        ticks(3);
        assertEquals(1, losses, "told once");
        assertEquals(3, pings);
    }

    @Test
    void anySignOfLifeStartsOver() {
        for (int i = 0; i < 5; i++) {
            ticks(3);
            heartbeat.heard();
        }
        assertEquals(0, losses);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            heartbeat.tick();
        }
    }
}
