/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs what is given to it one after the other, on threads that it borrows (the one logical thread of a room). A turn
 * must not throw. The queue is as long as what its users let in: see {@link Flow}.
 */
final class Turns implements Executor {
    private static final int IN_A_ROW = 64; // then other rooms get the thread
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Turns(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable turn) {
        synchronized (waiting) {
            waiting.add(turn);
            if (running) {
                return;
            }
            running = true;
        }
        borrowThread();
    }

    private void borrowThread() {
        try {
            threads.execute(this::runSome);
        } catch (RuntimeException refused) { // the server stops: nothing will run any more
            synchronized (waiting) {
                waiting.clear();
                running = false;
            }
            throw refused;
        }
    }

    private void runSome() {
        for (int i = 0; i < IN_A_ROW; i++) {
            Runnable turn;
            synchronized (waiting) {
                turn = waiting.poll();
                if (turn == null) {
                    running = false;
                    return;
                }
            }
            turn.run();
        }
        borrowThread();
    }
}
