/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtcp;

/** Durations in the fixed point formats of RTCP (RFC 3550 section 4). */
public final class NtpTime {
    private static final long SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** @return 32.32 fixed point; negative for negative durations */
    public static long ofNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, SECOND);
        return (seconds << 32) + ((Math.floorMod(nanos, SECOND) << 32) / SECOND);
    }

    /** @return nanoseconds of a 32.32 fixed point duration with sign */
    public static long toNanos(long fixed) {
        return (fixed >> 32) * SECOND + ((fixed & 0xFFFF_FFFFL) * SECOND >>> 32);
    }

    /** @return 16.16 fixed point, cut to 32 bits */
    public static long compact(long nanos) {
        return ofNanos(nanos) >>> 16 & 0xFFFF_FFFFL;
    }
}
