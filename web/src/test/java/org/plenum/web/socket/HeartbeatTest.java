/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final int PERIOD = 10;

    private int pings;
    private int losses;
    private final Heartbeat heartbeat = new Heartbeat(PERIOD, () -> pings++, () -> losses++);

    @Test
    void pingsWithoutAnswerAreALoss() {
        seconds(3 * PERIOD - 1);
        assertEquals(2, pings);
        assertEquals(0, losses);
        seconds(3 * PERIOD);
        assertEquals(1, losses, "told once");
        assertEquals(2, pings);
    }

    @Test
    void whoOnlyAnswersIsPingedEveryPeriod() {
        for (int i = 0; i < 5; i++) {
            seconds(PERIOD);
            heartbeat.answered();
        }
        assertEquals(5, pings);
        assertEquals(0, losses);
    }

    @Test
    void whoTalksIsNotPinged() {
        for (int i = 0; i < 20; i++) {
            heartbeat.heard();
            heartbeat.answered();
            seconds(PERIOD / 2);
        }
        assertEquals(0, pings);
        assertEquals(0, losses);
        seconds(3 * PERIOD + PERIOD / 2);
        assertEquals(1, losses, "but noticed when it falls silent");
    }

    @Test
    void nothingComesAfterTheEnd() {
        heartbeat.stop();
        seconds(10 * PERIOD);
        assertEquals(0, pings);
        assertEquals(0, losses);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            heartbeat.tick();
        }
    }
}
