/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the handshakes, which block, beside the loops: a bounded number at a time, on threads that somebody else lends. Any thread.
 */
final class DtlsWorkers {
    private final Executor threads;
    private final Semaphore free;
    private final int most;

    /** @param most handshakes at a time; further ones wait for the client to repeat its hello */
    DtlsWorkers(Executor threads, int most) {
        this.threads = threads;
        this.most = most;
        free = new Semaphore(most);
    }

    /** @return false when all are busy: nothing was started. */
    boolean start(Runnable handshake) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    handshake.run();
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RejectedExecutionException busy) {
            free.release();
            return false;
        }
    }

    int running() {
        return most - free.availablePermits();
    }

    /** @return false when a handshake still runs after this time. No new one starts afterwards. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return free.tryAcquire(most, millis, TimeUnit.MILLISECONDS);
    }
}
