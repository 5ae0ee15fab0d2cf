/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One task of the container's timer for the heartbeats of all sockets: a task of its own for each costs more than what it does. */
@ApplicationScoped
public class SocketTimer {
    private static final System.Logger LOG = System.getLogger("org.plenum.web");

    @Resource
    private ManagedScheduledExecutorService executor;

    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet(); // one a socket
    private Future<?> ticks;

    @PostConstruct
    void start() {
        ticks = executor.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        ticks.cancel(false);
    }

    void add(Heartbeat heartbeat) {
        beating.add(heartbeat);
    }

    void remove(Heartbeat heartbeat) {
        beating.remove(heartbeat);
    }

    /** A mistake about one socket is not the end of the heartbeats of all: a task that fails is never run again. */
    void tick() {
        for (Heartbeat heartbeat : beating) {
            try {
                heartbeat.tick();
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "a fault in the heartbeat of a socket", fault);
            }
        }
    }
}
