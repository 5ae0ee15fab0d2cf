/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.plenum.conference.user.Refused;

/**
 * Slows down guessing of guest links and room passwords (rest.md section 1.7): by address, which may be a whole office
 * behind one router, and by room. Who is over a limit gets the answer of a wrong guess, whatever was sent. Only wrong
 * guesses count, so nobody is kept out by the number of those who enter.
 */
@ApplicationScoped
public class GuessLimits {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int KEYS = 10_000;

    private final Guesses byAddress = new Guesses(60, WINDOW, KEYS);
    private final Guesses byRoom = new Guesses(200, WINDOW, KEYS);

    /** @throws Refused as {@code attempt} does; not found when this address has guessed too often */
    public <T> T link(String address, Supplier<T> attempt) {
        if (byAddress.tooMany(address, System.nanoTime())) {
            throw Refused.notFound();
        }
        return counted(address, attempt);
    }

    /** @throws Refused as {@code attempt} does; bad request when the address or the room has seen too many guesses */
    public <T> T entrance(String address, UUID room, Supplier<T> attempt) {
        long now = System.nanoTime();
        if (byAddress.tooMany(address, now) || byRoom.tooMany(room, now)) {
            throw Refused.badRequest("Too many attempts, try again later");
        }
        try {
            return counted(address, attempt);
        } catch (Refused refused) {
            if (isGuess(refused)) {
                byRoom.wrong(room, System.nanoTime());
            }
            throw refused;
        }
    }

    private <T> T counted(String address, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (Refused refused) {
            if (isGuess(refused)) {
                byAddress.wrong(address, System.nanoTime());
            }
            throw refused;
        }
    }

    private static boolean isGuess(Refused refused) {
        return refused.reason() == Refused.Reason.NOT_FOUND || refused.reason() == Refused.Reason.WRONG_ROOM_PASSWORD;
    }
}
