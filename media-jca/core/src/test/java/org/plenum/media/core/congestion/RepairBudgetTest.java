/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RepairBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final RepairBudget budget = new RepairBudget();

    /** Asks for 1000 packets of 1200 octets within a second. @return how many were sent */
    private int storm(long bitrate, boolean queueing, long fromNs) {
        int sent = 0;
        for (int i = 0; i < 1000; i++) {
            sent += budget.take(1200, bitrate, queueing, false, fromNs + i * SECOND / 1000) ? 1 : 0;
        }
        return sent;
    }

    @Test
    void halfOfTheLineAtMost() {
        assertEquals(62, storm(1_000_000, false, 0), 1, "500 kbit/s and ten at once");
    }

    @Test
    void muchLessBehindAQueue() {
        assertEquals(25, storm(1_000_000, true, 0), 1);
    }

    @Test
    void whatIsNotUsedIsNotKeptForLong() {
        storm(4_000_000, false, 0);
        int sent = 0;
        while (budget.take(1200, 4_000_000, false, false, 100 * SECOND)) {
            sent++;
        }
        assertEquals(62, sent, 1, "three tenths of a second");
    }

    @Test
    void aSingleRepairIsNeverTooMuch() {
        assertTrue(budget.take(1500, 30_000, true, false, 0));
    }

    @Test
    void cautionLeavesHalfOfItToWhatIsMissed() {
        budget.take(1200, 1_000_000, false, false, 0);
        int cautious = 0;
        while (budget.take(1200, 1_000_000, false, true, SECOND)) {
            cautious++;
        }
        int missed = 0;
        while (budget.take(1200, 1_000_000, false, false, SECOND)) {
            missed++;
        }
        assertTrue(cautious >= 6 && missed >= 6, cautious + " and " + missed);
    }
}
