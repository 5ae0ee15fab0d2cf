/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import java.lang.management.ManagementFactory;

/** Counts what the running thread allocates. */
public final class Allocations {
    private Allocations() {}

    /**
     * @return octets that the call allocates once it has warmed up: the least of three, as the virtual machine links and
     *     compiles when it likes, and allocates for that on the running thread
     */
    public static long of(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.run();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
