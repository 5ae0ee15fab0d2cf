/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.plenum.conference.user.Refused;

class GuessLimitsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final UUID ROOM = UUID.randomUUID();
    private final Supplier<String> wrong = () -> {
        throw Refused.notFound();
    };

    @Test
    void theWindowEndsAFixedTimeAfterTheFirstWrongGuess() {
        Guesses guesses = new Guesses(2, Duration.ofSeconds(10), 100);
        guesses.wrong("a", Long.MAX_VALUE - SECOND); // clocks may wrap
        assertFalse(guesses.tooMany("a", Long.MAX_VALUE));
        guesses.wrong("a", Long.MAX_VALUE);

        assertTrue(guesses.tooMany("a", Long.MIN_VALUE));
        assertTrue(guesses.tooMany("a", Long.MAX_VALUE + 9 * SECOND - 1));
        assertFalse(guesses.tooMany("a", Long.MAX_VALUE + 9 * SECOND));
        assertFalse(guesses.tooMany("b", Long.MAX_VALUE));
    }

    @Test
    void noMoreKeysAreKeptThanAllowed() {
        Guesses guesses = new Guesses(1, Duration.ofHours(1), 100);
        guesses.wrong("first", 0);
        for (int i = 0; i < 1000; i++) {
            guesses.wrong(i, i);
            assertTrue(guesses.tooMany("first", i)); // looked at, so not forgotten
        }
        assertEquals(100, guesses.size());
    }

    @Test
    void tooManyWrongLinksFromOneAddressCloseItForRightOnesToo() {
        GuessLimits limits = new GuessLimits();
        for (int i = 0; i < 60; i++) {
            assertThrows(Refused.class, () -> limits.link("192.0.2.1", wrong));
        }

        assertEquals(
                Refused.Reason.NOT_FOUND,
                assertThrows(Refused.class, () -> limits.link("192.0.2.1", () -> "right"))
                        .reason());
        assertEquals(
                Refused.Reason.BAD_REQUEST, // nothing that the web app would repeat
                assertThrows(Refused.class, () -> limits.entrance("192.0.2.1", ROOM, () -> "right"))
                        .reason());
        assertEquals("right", limits.link("192.0.2.2", () -> "right"));
    }

    @Test
    void tooManyWrongPasswordsCloseARoomWhateverTheAddress() {
        GuessLimits limits = new GuessLimits();
        for (int i = 0; i < 200; i++) {
            String address = "192.0.2." + i;
            assertThrows(
                    Refused.class,
                    () -> limits.entrance(address, ROOM, () -> {
                        throw Refused.wrongRoomPassword();
                    }));
        }

        assertEquals(
                Refused.Reason.BAD_REQUEST,
                assertThrows(Refused.class, () -> limits.entrance("203.0.113.1", ROOM, () -> "right"))
                        .reason());
        assertEquals("right", limits.entrance("203.0.113.1", UUID.randomUUID(), () -> "right"));
    }

    @Test
    void rightOnesAndOtherRefusalsDoNotCount() {
        GuessLimits limits = new GuessLimits();
        for (int i = 0; i < 300; i++) {
            limits.entrance("192.0.2.1", ROOM, () -> "right");
            assertThrows(
                    Refused.class,
                    () -> limits.entrance("192.0.2.1", ROOM, () -> {
                        throw Refused.forbidden();
                    }));
        }
        assertEquals("right", limits.entrance("192.0.2.1", ROOM, () -> "right"));
    }
}
