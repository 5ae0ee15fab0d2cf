/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Beats every 20 ms and lets its bridges mix: the thread that owns all their sound. A late beat is followed by the next one in
 * time; what was missed is left out, never caught up with. While there is no call it beats once a second only, and wakes for the next one.
 */
public final class MediaClock implements Runnable {
    private static final System.Logger LOG = System.getLogger("org.plenum.sip");
    private static final long BEAT_NS = 20_000_000L;
    private static final long IDLE_NS = 1_000_000_000L;
    private static final long STANDING_NS = 2_000_000_000L;
    private static final int MOST_BEHIND = 5; // beats
    private static final int MOST_FAULTS_LOGGED = 20;
    private static final double SMOOTHING = 0.02; // of one beat: follows within a second

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<Bridge> bridges = new ArrayList<>();
    private final Bridge lobby = Bridge.ofNobody(this);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile boolean started;
    private volatile Thread thread;
    private volatile double load;
    private volatile long longestNs;
    private volatile long late;
    private volatile long beats;
    private volatile long lastBeatNs = System.nanoTime();
    private int faults;

    MediaClock() {
        bridges.add(lobby);
    }

    /** Where calls are before they get into a room. */
    Bridge lobby() {
        return lobby;
    }

    void post(Runnable command) {
        commands.add(command);
        LockSupport.unpark(thread);
    }

    /** Somebody arrives, in a bridge that this clock may not know yet, or not any more. */
    void adopt(Bridge bridge, Leg leg) {
        post(() -> {
            if (!bridges.contains(bridge)) {
                bridges.add(bridge);
            }
            bridge.add(leg);
        });
    }

    /** Share of the time that is used, 0 to 1 and more. */
    double load() {
        return load;
    }

    long longestNs() {
        return longestNs;
    }

    /** Whether there was no beat for so long that everybody hears it. */
    boolean stands(long nowNs) {
        return nowNs - lastBeatNs > STANDING_NS;
    }

    long late() {
        return late;
    }

    long beats() {
        return beats;
    }

    @Override
    public void run() {
        started = true;
        thread = Thread.currentThread();
        try {
            long next = System.nanoTime();
            while (!closing) {
                beat();
                next = isIdle() ? System.nanoTime() + IDLE_NS : next(next);
                while (!closing && next - System.nanoTime() > 0) {
                    LockSupport.parkNanos(next - System.nanoTime());
                    if (isIdle() && !commands.isEmpty()) {
                        next = System.nanoTime();
                    }
                }
            }
            runCommands(); // legs still want to be closed
            bridges.forEach(bridge -> bridge.tick(System.nanoTime()));
        } finally {
            ended.countDown();
        }
    }

    private boolean isIdle() {
        return bridges.size() == 1 && lobby.size() == 0;
    }

    private long next(long due) {
        long now = System.nanoTime();
        long behind = now - due;
        if (behind < BEAT_NS) {
            return due + BEAT_NS;
        }
        late++;
        return behind < MOST_BEHIND * BEAT_NS ? due + (behind / BEAT_NS + 1) * BEAT_NS : now + BEAT_NS;
    }

    private void beat() {
        long begin = System.nanoTime();
        runCommands();
        for (int i = 0; i < bridges.size(); i++) {
            Bridge bridge = bridges.get(i);
            guarded(() -> bridge.tick(begin));
        }
        bridges.removeIf(Bridge::isOver);
        long took = System.nanoTime() - begin;
        longestNs = Math.max(longestNs, took);
        load += (took / (double) BEAT_NS - load) * SMOOTHING;
        beats++;
        lastBeatNs = begin;
    }

    private void runCommands() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            guarded(command);
        }
    }

    /** A mistake of ours in one room is not the end of all telephones. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            if (++faults <= MOST_FAULTS_LOGGED) {
                LOG.log(Level.ERROR, "a fault in the telephones' sound, which goes on", fault);
            }
        }
    }

    /** @return whether it has ended in time */
    boolean close(long patienceMs) throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        return !started || ended.await(patienceMs, TimeUnit.MILLISECONDS);
    }
}
