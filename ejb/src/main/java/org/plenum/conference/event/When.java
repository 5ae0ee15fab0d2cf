/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** A moment and the time zone in whose clock people think of it. */
public record When(Instant moment, ZoneId zone) {
    boolean isMidnight() {
        return moment.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT);
    }
}
