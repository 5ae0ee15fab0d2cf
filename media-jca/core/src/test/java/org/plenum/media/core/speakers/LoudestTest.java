/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.speakers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoudestTest {
    private static final long PACKET = 20_000_000L;

    private final Loudest<String> loudest = new Loudest<>(2);
    private long nowNs = -5 * PACKET; // System.nanoTime may be negative

    @BeforeEach
    void threePeople() {
        loudest.add("a");
        loudest.add("b");
        loudest.add("c");
    }

    private boolean speaks(String who, int minusDbov, int packets) {
        boolean chosen = false;
        for (int i = 0; i < packets; i++) {
            nowNs += PACKET;
            chosen = loudest.onPacket(who, minusDbov, nowNs);
        }
        return chosen;
    }

    @Test
    void whoSpeaksIsChosenAsLongAsThereIsRoom() {
        assertTrue(speaks("a", 30, 1));
        assertTrue(speaks("b", 30, 1));
        assertFalse(speaks("c", 30, 1), "two are chosen");
        assertNull(loudest.dropped());
    }

    @Test
    void silenceIsNotChosen() {
        assertFalse(speaks("a", 127, 50));
        assertFalse(speaks("a", 70, 50));
        assertTrue(speaks("a", 69, 1));
    }

    @Test
    void whoIsClearlyLouderPushesTheQuietestOut() {
        speaks("a", 30, 50);
        speaks("b", 50, 50);
        assertTrue(speaks("c", 30, 50));
        assertTrue(speaks("a", 30, 1));
        assertFalse(speaks("b", 50, 1));
    }

    @Test
    void whoIsALittleLouderDoesNot() {
        speaks("a", 30, 50);
        speaks("b", 34, 20);
        assertFalse(speaks("c", 30, 20));
        assertTrue(speaks("b", 34, 1));
    }

    @Test
    void theOneThatHadToGoIsNamedOnce() {
        speaks("a", 30, 50);
        speaks("b", 60, 50);
        String dropped = null;
        for (int i = 0; i < 50 && dropped == null; i++) {
            speaks("c", 30, 1);
            dropped = loudest.dropped();
        }
        assertEquals("b", dropped);
        speaks("c", 30, 1);
        assertNull(loudest.dropped());
    }

    @Test
    void whoHasBeenSilentForTwoSecondsGivesItsPlace() {
        speaks("b", 20, 50); // and then sends nothing at all, as DTX does
        speaks("a", 30, 50);
        nowNs += 48 * PACKET;
        assertFalse(speaks("c", 60, 1), "a pause is no end");
        assertTrue(speaks("c", 60, 1));
        assertEquals("b", loudest.dropped());
        assertTrue(speaks("a", 127, 1));
    }

    @Test
    void removingFreesThePlace() {
        speaks("a", 30, 1);
        speaks("b", 30, 1);
        assertTrue(loudest.remove("a"));
        assertFalse(loudest.remove("a"));
        assertTrue(speaks("c", 30, 1));
        assertFalse(speaks("a", 30, 1), "it is not known any more");
    }
}
