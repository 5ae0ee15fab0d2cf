/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The one way into a loop for everybody else: a bounded queue. Any thread puts, the loop takes. */
final class Commands implements Executor {
    private static final long PATIENCE_MS = 1_000;

    private final ArrayBlockingQueue<Runnable> queue;
    private final ConcurrentLinkedQueue<Runnable> last = new ConcurrentLinkedQueue<>();
    private final Runnable wakeup;
    private volatile boolean closed;

    Commands(int most, Runnable wakeup) {
        queue = new ArrayBlockingQueue<>(most);
        this.wakeup = wakeup;
    }

    /** @return false when the loop has too much to do, or has ended: nothing will happen. Never waits. */
    boolean post(Runnable command) {
        if (closed || !queue.offer(command)) {
            return false;
        }
        wakeup.run();
        return true;
    }

    /** Never refused and never waits: only for what happens once a socket, so sockets bound it. */
    void mustPost(Runnable command) {
        if (!closed) {
            last.add(command);
            wakeup.run();
        }
    }

    /** For workers, who may wait a little. */
    @Override
    public void execute(Runnable command) {
        try {
            if (!closed && queue.offer(command, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                wakeup.run();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RejectedExecutionException("the media loop takes nothing more");
    }

    /** On the loop. @return null when there is none. */
    Runnable next() {
        Runnable command = queue.poll();
        return command != null ? command : last.poll(); // what was posted before by the same thread comes before
    }

    boolean isEmpty() {
        return queue.isEmpty() && last.isEmpty();
    }

    /** Nothing is taken any more. */
    void close() {
        closed = true;
    }
}
