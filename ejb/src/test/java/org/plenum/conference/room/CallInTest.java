/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallInTest {
    @Test
    void tenDigitsWithoutEqualNeighbours() {
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            String digits = CallIn.digits(random);
            assertTrue(digits.matches("[0-9]{10}"), digits);
            assertTrue(IntStream.range(1, 10).allMatch(at -> digits.charAt(at) != digits.charAt(at - 1)), digits);
        }
    }

    @Test
    void everyDigitComesAtEveryPlace() {
        Random random = new Random(6);
        boolean[][] seen = new boolean[10][10];
        for (int i = 0; i < 1000; i++) {
            String digits = CallIn.digits(random);
            for (int at = 0; at < 10; at++) {
                seen[at][digits.charAt(at) - '0'] = true;
            }
        }
        for (boolean[] place : seen) {
            for (boolean digit : place) {
                assertTrue(digit);
            }
        }
    }

    @Test
    void twoAreDifferent() {
        assertNotEquals(CallIn.randomDigits(), CallIn.randomDigits());
    }

    @Test
    void nothingOfItIsPrinted() {
        CallIn callIn = new CallIn("+49 30 5550100", Optional.empty(), "1234567890", "0987654321");
        assertEquals("(call-in)", callIn.toString());
    }
}
