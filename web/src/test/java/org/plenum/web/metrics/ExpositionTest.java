/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plenum.conference.live.LiveStatistics;
import org.plenum.conference.phone.PhoneFigures;
import org.plenum.media.api.MediaStatistics;

class ExpositionTest {
    @Test
    void everyCounterAndGaugeHasItsTypeAndLine() {
        String text = Exposition.of(
                new MediaStatistics(new TreeMap<>(Map.of("packets_in", 7L)), new TreeMap<>(Map.of("rooms", 2L))),
                new LiveStatistics(1, 2, 3, 4, 5, 6, 7, 8),
                new PhoneFigures.Figures(
                        new TreeMap<>(Map.of("ended_hung_up", 9L)), new TreeMap<>(Map.of("calls", 3L))));
        assertTrue(
                text.contains("# TYPE plenum_media_packets_in_total counter\nplenum_media_packets_in_total 7\n"), text);
        assertTrue(text.contains("# TYPE plenum_media_rooms gauge\nplenum_media_rooms 2\n"), text);
        assertTrue(text.contains("plenum_signaling_connections 4\n"), text);
        assertTrue(text.contains("plenum_signaling_connections_admitted_total 8\n"), text);
        assertTrue(text.contains("plenum_phone_ended_hung_up_total 9\n"), text);
        assertTrue(text.contains("plenum_phone_calls 3\n"), text);
        for (String line : text.split("\n")) {
            assertTrue(line.matches("# TYPE plenum_[a-z_]+ (counter|gauge)|plenum_[a-z_]+ -?\\d+"), line);
        }
    }
}
