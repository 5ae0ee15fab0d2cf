/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.jca;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Threads of the container for what blocks a few seconds, such as a handshake. */
record WorkThreads(WorkManager works) implements Executor {
    @Override
    public void execute(Runnable task) {
        try {
            works.scheduleWork(new Short(task));
        } catch (WorkException busy) {
            throw new RejectedExecutionException("the container has no thread for media", busy);
        }
    }

    private record Short(Runnable task) implements Work {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public void release() {
            // ends by itself in bounded time
        }
    }
}
