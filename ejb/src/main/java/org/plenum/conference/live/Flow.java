/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

/**
 * Counts the commands of one connection that wait for their turn (envelope.md section 8: 32), and stops reading from its
 * socket in the meantime.
 */
final class Flow {
    static final int QUEUE = 32;
    /** What may still come in after reading was stopped, because it was on its way already. */
    static final int OVERRUN = 1_000;

    private final ClientSocket socket;
    private int waiting;
    private boolean paused;

    Flow(ClientSocket socket) {
        this.socket = socket;
    }

    /** @return false: far beyond the limit, this client has to go */
    synchronized boolean arrived() {
        waiting++;
        if (waiting >= QUEUE && !paused) {
            paused = true;
            socket.pause();
        }
        return waiting <= QUEUE + OVERRUN;
    }

    synchronized void handled() {
        waiting--;
        if (paused && waiting <= QUEUE / 2) {
            paused = false;
            socket.resume();
        }
    }
}
