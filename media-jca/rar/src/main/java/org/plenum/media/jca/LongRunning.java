/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.jca;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import java.util.List;

/** A loop of the engine as work. The container takes it for a long-running thread only when the work says so. */
record LongRunning(Runnable loop) implements Work, WorkContextProvider {
    @Override
    public List<WorkContext> getWorkContexts() {
        HintsContext hints = new HintsContext();
        hints.setHint(HintsContext.LONGRUNNING_HINT, Boolean.TRUE);
        return List.of(hints);
    }

    @Override
    public void run() {
        loop.run();
    }

    @Override
    public void release() {
        // the loop ends when the engine closes
    }
}
