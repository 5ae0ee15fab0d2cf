/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pings a socket and notices when nothing comes back. A dead network closes nothing by itself. */
public final class Heartbeat {
    private static final System.Logger LOG = System.getLogger("org.plenum.web");
    /** Pings without any sign of life after which a client counts as lost. */
    static final int MOST_SILENT = 3;

    private static final Runnable NOTHING = () -> {};

    private final AtomicInteger silent = new AtomicInteger();
    private volatile Runnable ping;
    private volatile Runnable lost;
    private volatile Future<?> timer;

    Heartbeat(Runnable ping, Runnable lost) {
        this.ping = ping;
        this.lost = lost;
    }

    /** @param lost called once, on a thread of the timer, when the client has been silent for three periods */
    public static Heartbeat start(Session session, ScheduledExecutorService timer, Duration period, Runnable lost) {
        Heartbeat heartbeat = new Heartbeat(() -> ping(session), lost);
        heartbeat.timer =
                timer.scheduleAtFixedRate(heartbeat::tick, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return heartbeat;
    }

    /** A sign of life: a message or a pong. */
    public void heard() {
        silent.set(0);
    }

    public void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
        // the timer keeps a cancelled task until its time comes: the socket and all behind it must not wait with it
        ping = NOTHING;
        lost = NOTHING;
    }

    void tick() {
        int missed = silent.incrementAndGet();
        if (missed == MOST_SILENT + 1) {
            Runnable end = lost;
            stop();
            end.run();
        } else if (missed <= MOST_SILENT) {
            ping.run();
        }
    }

    private static void ping(Session session) {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalArgumentException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "a ping could not be sent");
        }
    }
}
