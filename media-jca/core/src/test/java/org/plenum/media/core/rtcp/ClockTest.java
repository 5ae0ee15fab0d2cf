/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class ClockTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    @Test
    void convertsDurations() {
        assertEquals(0x0000_0001_8000_0000L, NtpTime.ofNanos(1_500 * MS));
        assertEquals(0xFFFF_FFFF_8000_0000L, NtpTime.ofNanos(-500 * MS));
        assertEquals(1_500 * MS, NtpTime.toNanos(0x0000_0001_8000_0000L));
        assertEquals(-500 * MS, NtpTime.toNanos(0xFFFF_FFFF_8000_0000L));
        assertEquals(0x18000, NtpTime.compact(1_500 * MS));
        assertEquals(SECOND - 1, NtpTime.toNanos(NtpTime.ofNanos(SECOND - 1)), 1);
        assertEquals(3_000_000 * SECOND, NtpTime.toNanos(NtpTime.ofNanos(3_000_000 * SECOND)));
    }

    @Test
    void aSourceClockRunsOnFromItsReport() {
        SourceClock clock = new SourceClock(90_000);
        assertFalse(clock.known());
        clock.onSenderReport(0x0000_0064_0000_0000L, 0xFFFF_FFFFL, 5 * SECOND);
        assertTrue(clock.known());
        assertEquals(0x0000_0066_8000_0000L, clock.ntpAt(7_500 * MS));
        assertEquals(225_000 - 1, clock.timestampAt(7_500 * MS));
        assertEquals(0x0000_0065_0000_0000L, clock.ntpOf(89_999));
        assertEquals(0x0000_0063_0000_0000L, clock.ntpOf(0xFFFF_FFFFL - 90_000));
        assertEquals(89_999, clock.timestampOf(0x0000_0065_0000_0000L));
        assertEquals(0xFFFF_FFFFL - 90_000, clock.timestampOf(0x0000_0063_0000_0000L));
    }

    @Test
    void measuresRoundTrips() {
        RoundTrip trip = new RoundTrip();
        assertEquals(-1, trip.rttNs());
        assertFalse(trip.onReport(0, 0, SECOND), "no sender report was received");
        trip.onSent(0x1111_2222_3333_4444L, 0);
        assertFalse(trip.onReport(0x22223334, 0, SECOND), "unknown");
        assertTrue(trip.onReport(0x22223333, 65_536 / 2, 580 * MS));
        assertEquals(80 * MS, trip.rttNs());
        assertTrue(trip.onReport(0x22223333, 0, 160 * MS));
        assertEquals(90 * MS, trip.rttNs(), "smoothed by an eighth");
        assertFalse(trip.onReport(0x22223333, 65_536, 160 * MS), "longer than since it was sent");
        for (int i = 0; i < 8; i++) {
            trip.onSent(0x0000_9999_0000_0000L + ((long) i << 32), i);
        }
        assertFalse(trip.onReport(0x22223333, 0, SECOND), "forgotten after eight");
        assertTrue(trip.onReport(0x99990000 + (3 << 16), 0, 90 * MS + 3));
        assertEquals(90 * MS, trip.rttNs());
    }
}
