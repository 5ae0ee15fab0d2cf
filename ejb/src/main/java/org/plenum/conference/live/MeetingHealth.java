/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.Map;
import org.plenum.health.HealthBoard;
import org.plenum.health.HealthBoard.Report;
import org.plenum.media.api.Media;

/** Well as long as the media engine answers; with the numbers an administrator looks at first. */
@Singleton
@Startup
public class MeetingHealth {
    private static final String PART = "meetings";

    @Resource(lookup = Media.JNDI)
    private Media media;

    @Inject
    private LiveRooms rooms;

    @Inject
    private HealthBoard board;

    @PostConstruct
    void start() {
        Media engine = media; // asked outside of this bean: its lock is nobody else's business
        LiveRooms live = rooms;
        board.put(PART, () -> new Report(true, figures(engine, live)));
    }

    private static Map<String, Long> figures(Media engine, LiveRooms live) {
        LiveStatistics meetings = live.statistics();
        return Map.of(
                "media_rooms", engine.statistics().gauges().getOrDefault("rooms", 0L),
                "rooms", (long) meetings.rooms(),
                "participants", (long) meetings.participants());
    }

    @PreDestroy
    void stop() {
        board.remove(PART);
    }
}
