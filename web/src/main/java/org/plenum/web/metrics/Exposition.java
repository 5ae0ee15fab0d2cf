/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.plenum.conference.live.LiveStatistics;
import org.plenum.conference.phone.PhoneFigures;
import org.plenum.media.api.MediaStatistics;

/** Prometheus' text format, version 0.0.4: one family a line pair, names stable. */
final class Exposition {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private final StringBuilder text = new StringBuilder(4096);

    static String of(MediaStatistics media, LiveStatistics live, PhoneFigures.Figures phone) {
        Exposition exposition = new Exposition();
        media.counters().forEach((name, value) -> exposition.family("media_" + name + "_total", "counter", value));
        media.gauges().forEach((name, value) -> exposition.family("media_" + name, "gauge", value));
        Map<String, Long> gauges = new TreeMap<>();
        gauges.put("rooms", (long) live.rooms());
        gauges.put("participants", (long) live.participants());
        gauges.put("waiting", (long) live.waiting());
        gauges.put("connections", (long) live.connections());
        gauges.put("timers", (long) live.timers());
        gauges.put("open_tickets", (long) live.openTickets());
        gauges.forEach((name, value) -> exposition.family("signaling_" + name, "gauge", value));
        exposition.family("signaling_rooms_opened_total", "counter", live.roomsOpened());
        exposition.family("signaling_connections_admitted_total", "counter", live.connectionsAdmitted());
        phone.counters().forEach((name, value) -> exposition.family("phone_" + name + "_total", "counter", value));
        phone.gauges().forEach((name, value) -> exposition.family("phone_" + name, "gauge", value));
        return exposition.text.toString();
    }

    private void family(String name, String type, long value) {
        String full = "plenum_" + name.toLowerCase(Locale.ROOT);
        text.append("# TYPE ").append(full).append(' ').append(type).append('\n');
        text.append(full).append(' ').append(value).append('\n');
    }
}
