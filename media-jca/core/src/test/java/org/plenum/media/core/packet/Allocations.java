/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import java.lang.management.ManagementFactory;

/** Counts what the running thread allocates. */
public final class Allocations {
    private Allocations() {}

    /** @return octets allocated by the second of two calls, after the first has warmed up. */
    public static long of(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
