/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.it.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Something that mostly waits, begun early so that others can go on meanwhile. */
public final class Meanwhile {
    private final CompletableFuture<Void> work;

    private Meanwhile(CompletableFuture<Void> work) {
        this.work = work;
    }

    /** Begins it, on a thread of its own. */
    public static Meanwhile begin(Runnable work) {
        return new Meanwhile(CompletableFuture.runAsync(work));
    }

    /** Waits for its end; fails or skips with it. */
    public void end() {
        try {
            work.join();
        } catch (CompletionException ended) {
            if (ended.getCause() instanceof Error failed) {
                throw failed;
            }
            throw (RuntimeException) ended.getCause();
        }
    }
}
