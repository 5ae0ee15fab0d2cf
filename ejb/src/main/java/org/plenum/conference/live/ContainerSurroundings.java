/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Time, threads and place of the meetings in the container. */
@ApplicationScoped
class ContainerSurroundings {
    private static final NodeId SELF = new NodeId(System.getProperty("jboss.node.name", "localhost"));

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    private ManagedScheduledExecutorService scheduler;

    @Produces
    Surroundings surroundings() {
        return new Surroundings(InstantSource.system(), scheduler, (time, action) -> {
            Future<?> future = scheduler.schedule(action, Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        });
    }

    @Produces
    NodeId self() {
        return SELF;
    }

    @Produces
    MeetingPlacement placement() {
        return new SingleNodePlacement(SELF);
    }
}
