/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pings a socket that says nothing by itself, and notices when nothing comes back. A dead network closes nothing by itself. Thread-safe.
 */
public final class Heartbeat {
    private static final System.Logger LOG = System.getLogger("org.plenum.web");
    /** Periods without any sign of life after which a client counts as lost. */
    static final int MOST_SILENT = 3;

    private final Runnable ping;
    private final Runnable lost;
    private final Runnable stopped;
    private final int period; // s
    private final AtomicInteger silent = new AtomicInteger(1); // periods that have begun since the last message
    private volatile boolean ended;
    private int seconds; // of the period; on the timer only

    Heartbeat(int period, Runnable ping, Runnable lost) {
        this(period, ping, lost, null);
    }

    private Heartbeat(int period, Runnable ping, Runnable lost, SocketTimer timer) {
        this.period = period;
        this.ping = ping;
        this.lost = lost;
        stopped = timer == null ? () -> {} : () -> timer.remove(this);
    }

    /**
     * @param period in seconds; a socket silent for so long is pinged
     * @param lost called once, on a thread of the timer, when the client has been silent for three periods
     */
    public static Heartbeat start(Session session, SocketTimer timer, int period, Runnable lost) {
        Heartbeat heartbeat = new Heartbeat(period, () -> ping(session), lost, timer);
        timer.add(heartbeat);
        return heartbeat;
    }

    /** A message: who talks need not be asked. */
    public void heard() {
        silent.set(0);
    }

    /** The answer to a ping: still there, and to be asked again. */
    public void answered() {
        silent.updateAndGet(periods -> Math.min(periods, 1));
    }

    public void stop() {
        ended = true;
        stopped.run();
    }

    /** Every second. */
    void tick() {
        if (ended || ++seconds < period) {
            return;
        }
        seconds = 0;
        int periods = silent.incrementAndGet();
        if (periods > MOST_SILENT) {
            stop();
            lost.run();
        } else if (periods > 1) {
            ping.run();
        }
    }

    /** Does not wait: one who does not read must not hold up the heartbeats of others. */
    private static void ping(Session session) {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalArgumentException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "a ping could not be sent");
        }
    }
}
