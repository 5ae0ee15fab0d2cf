/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may how often, and from where. */
class LimitsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;

    private long nowNs = -5 * SECOND;

    private static Caller caller(String number, String source) {
        return new Caller(Optional.ofNullable(number), "100", source);
    }

    @Test
    void tenWrongNumbersBlockTheCallerForAnHour() {
        EntryGuard guard = new EntryGuard();
        Caller bad = caller("+491", "192.0.2.1");
        for (int i = 0; i < EntryGuard.MOST_FAILURES; i++) {
            assertFalse(guard.isBlocked(nowNs, bad), "after " + i);
            guard.failed(nowNs, bad);
        }
        assertTrue(guard.isBlocked(nowNs, bad));
        assertFalse(guard.isBlocked(nowNs, caller("+492", "192.0.2.1")), "another caller of the same carrier");
        assertTrue(guard.isBlocked(nowNs + HOUR - 1, bad));
        assertFalse(guard.isBlocked(nowNs + HOUR, bad));
    }

    @Test
    void unknownCallersOfOneSourceCountTogether() {
        EntryGuard guard = new EntryGuard();
        for (int i = 0; i < EntryGuard.MOST_FAILURES; i++) {
            guard.failed(nowNs, caller(null, "192.0.2.1"));
        }
        assertTrue(guard.isBlocked(nowNs, caller(null, "192.0.2.1")));
        assertFalse(guard.isBlocked(nowNs, caller(null, "192.0.2.2")));
    }

    @Test
    void oldFailuresAreForgotten() {
        EntryGuard guard = new EntryGuard();
        Caller clumsy = caller("+491", "192.0.2.1");
        for (int i = 0; i < 3 * EntryGuard.MOST_FAILURES; i++) {
            guard.failed(nowNs, clumsy);
            nowNs += HOUR / 9 + SECOND;
        }
        assertFalse(guard.isBlocked(nowNs, clumsy));
    }

    @Test
    void aSourceWithManyGuessersIsBlockedAsAWhole() {
        EntryGuard guard = new EntryGuard();
        for (int i = 0; i < EntryGuard.MOST_FAILURES_OF_SOURCE; i++) {
            guard.failed(nowNs, caller("+49" + i, "192.0.2.1"));
        }
        assertTrue(guard.isBlocked(nowNs, caller("+48", "192.0.2.1")));
        assertFalse(guard.isBlocked(nowNs, caller("+48", "192.0.2.2")));
    }

    @Test
    void whatIsRememberedHasALimit() {
        EntryGuard guard = new EntryGuard();
        for (int i = 0; i < EntryGuard.MOST_REMEMBERED + 500; i++) {
            guard.failed(nowNs, caller("+49" + i, "192.0.2." + i % 250));
        }
        assertTrue(guard.remembered() <= EntryGuard.MOST_REMEMBERED);
    }

    @Test
    void callsASecondHaveALimitForEachSource() {
        Rates rates = new Rates(20);
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            taken += rates.take("192.0.2.1", nowNs + i * 1_000_000L) ? 1 : 0;
        }
        assertEquals(39, taken, "twenty at once and twenty in the second");
        assertTrue(rates.take("192.0.2.2", nowNs));
        assertTrue(rates.take("192.0.2.1", nowNs + 10 * SECOND));
    }

    @Test
    void manySourcesDoNotFillTheMemory() {
        Rates rates = new Rates(1);
        for (int i = 0; i < Rates.MOST_SOURCES + 10; i++) {
            rates.take("s" + i, nowNs);
        }
        assertTrue(rates.take("s0", nowNs), "it was forgotten");
        assertFalse(rates.take("s" + (Rates.MOST_SOURCES + 9), nowNs), "it was not");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.77, true",
        "192.0.2.0/24, 192.0.3.77, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.0/24, 2001:db8::1, false",
    })
    void rangesOfAddresses(String range, String address, boolean inside) throws Exception {
        assertEquals(inside, AddressRange.parse(range).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "192.0.2.1/33", "192.0.2.1/x", "192.0.2.1/-1", "1.2.3.4/5/6", "2001:db8::/129"
            })
    void noRanges(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0301234567, DE, true, +493***567",
        "+49301234567, DE, true, +493***567",
        "004930123456, DE, true, +493***456",
        "0301234567, DE, false, +49 30 1234567",
        "+4312345678, DE, true, +431***678",
        "99999999, DE, true, 99***99",
        "1234567890123456789, DE, true, 123***789",
    })
    void numbersAreMasked(String number, String country, boolean masked, String shown) {
        assertEquals(Optional.of(shown), CallerName.of(Optional.of(number), country, masked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "5001", "110", "", "alice", "unknown-caller"})
    void whatIsNoNumberIsJustATelephone(String user) {
        assertEquals(Optional.empty(), CallerName.of(Optional.of(user), "DE", true));
        assertEquals(Optional.empty(), CallerName.of(Optional.empty(), "DE", true));
    }

    @Test
    void charactersAreNeverCutInTwo() {
        String name = CallerName.of(
                        Optional.of("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00 1234567 \uD83D\uDE00"), "DE", true)
                .orElseThrow();
        assertTrue(name.startsWith("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00***"), name);
    }

    @Test
    void sessionsAreRefreshedByUsAtHalfTime() {
        SessionTimer timer = new SessionTimer(90, true, nowNs);
        assertFalse(timer.refreshIsDue(nowNs + 44 * SECOND));
        assertTrue(timer.refreshIsDue(nowNs + 45 * SECOND));
        assertFalse(timer.refreshIsDue(nowNs + 46 * SECOND), "once");
        assertFalse(timer.isDead(nowNs + 89 * SECOND));
        assertTrue(timer.isDead(nowNs + 90 * SECOND));
        timer.refreshed(nowNs + 50 * SECOND);
        assertFalse(timer.isDead(nowNs + 90 * SECOND));
        assertTrue(timer.refreshIsDue(nowNs + 95 * SECOND));
        assertEquals(90, timer.interval());
        assertTrue(timer.weRefresh());
    }

    @Test
    void sessionsTheyDoNotRefreshAreDeadBeforeTheyExpire() {
        SessionTimer timer = new SessionTimer(90, false, nowNs);
        assertFalse(timer.refreshIsDue(nowNs + 80 * SECOND));
        assertFalse(timer.isDead(nowNs + 59 * SECOND));
        assertTrue(timer.isDead(nowNs + 60 * SECOND));
        SessionTimer longer = new SessionTimer(1800, false, nowNs);
        assertFalse(longer.isDead(nowNs + 1767 * SECOND));
        assertTrue(longer.isDead(nowNs + 1768 * SECOND));
    }
}
