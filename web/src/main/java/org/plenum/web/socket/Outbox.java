/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * What waits to be written to one socket. One message is under way at a time, the order is kept, and what a client lets
 * wait is bounded. Any thread.
 *
 * @param <M> text or octets
 */
public final class Outbox<M> {
    private final Writer<M> writer;
    private final ToIntFunction<M> size;
    private final Limits limits;
    private final Deque<M> waiting = new ArrayDeque<>();
    private long octets;
    private boolean writing;
    private boolean ended;
    private boolean overflowed;
    private Runnable farewell; // the close that was asked for, after everything before it

    /** The socket. {@code done} is called once for each message, on any thread, with null or what went wrong. */
    public interface Writer<M> {
        void write(M message, Consumer<Throwable> done);

        void close(int code, String reason);
    }

    /** How much may wait, beside the message that is under way. */
    public record Limits(int messages, long octets) {}

    public Outbox(Writer<M> writer, ToIntFunction<M> size, Limits limits) {
        this.writer = writer;
        this.size = size;
        this.limits = limits;
    }

    /** @return false: too much waits. Nothing is sent any more then, and {@link #close} closes at once */
    public boolean send(M message) {
        synchronized (this) {
            if (overflowed) {
                return false;
            }
            if (ended || farewell != null) {
                return true; // it is closing: nobody is to be told of it
            }
            int length = size.applyAsInt(message);
            if (waiting.size() >= limits.messages() || octets + length > limits.octets()) {
                overflowed = true;
                drop();
                return false;
            }
            waiting.add(message);
            octets += length;
        }
        next(false);
        return true;
    }

    /** Closes after everything sent before has left. */
    public void close(int code, String reason) {
        boolean atOnce;
        synchronized (this) {
            if (farewell != null || (ended && !overflowed)) {
                return;
            }
            farewell = () -> writer.close(code, reason);
            atOnce = overflowed;
        }
        if (atOnce) {
            writer.close(code, reason);
        } else {
            next(false);
        }
    }

    /** The socket is gone: nothing is kept for it. */
    public synchronized void abandon() {
        drop();
    }

    private void drop() {
        ended = true;
        waiting.clear();
        octets = 0;
    }

    private void next(boolean written) {
        M message;
        Runnable last = null;
        synchronized (this) {
            if (written) {
                writing = false;
            }
            if (writing || ended) {
                return;
            }
            message = waiting.poll();
            if (message != null) {
                writing = true;
                octets -= size.applyAsInt(message);
            } else if (farewell != null) {
                ended = true;
                last = farewell;
            }
        }
        if (message != null) {
            writer.write(message, failure -> {
                if (failure != null) {
                    abandon();
                } else {
                    next(true);
                }
            });
        } else if (last != null) {
            last.run();
        }
    }
}
