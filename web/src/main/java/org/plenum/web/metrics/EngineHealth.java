/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.plenum.conference.live.LiveRooms;
import org.plenum.web.rtc.MediaAccess;

/** Ready as soon as the media engine answers; with the numbers an administrator looks at first. */
@Readiness
@ApplicationScoped
public class EngineHealth implements HealthCheck {
    @Inject
    private MediaAccess media;

    @Inject
    private LiveRooms rooms;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("plenum")
                .withData("media_rooms", media.media().statistics().gauges().getOrDefault("rooms", 0L))
                .withData("meetings", rooms.statistics().rooms())
                .withData("participants", rooms.statistics().participants())
                .up()
                .build();
    }
}
