/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SocketTimerTest {
    private final SocketTimer timer = new SocketTimer();
    private int pings;

    @Test
    void aFaultOfOneSocketStopsNoOther() {
        for (int i = 0; i < 3; i++) {
            timer.add(new Heartbeat(
                    1,
                    () -> {
                        throw new IllegalStateException("of a test");
                    },
                    () -> {}));
        }
        timer.add(new Heartbeat(1, () -> pings++, () -> {}));
        timer.tick();
        timer.tick();
        assertEquals(2, pings);
    }

    @Test
    void whatWasRemovedIsNotAsked() {
        Heartbeat heartbeat = new Heartbeat(1, () -> pings++, () -> {});
        timer.add(heartbeat);
        timer.tick();
        timer.remove(heartbeat);
        timer.tick();
        assertEquals(1, pings);
    }
}
