/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What waits to be written to one media socket. One message is under way at a time, the order is kept. A client that lets
 * more than the limit wait is given up. Any thread.
 */
final class BinaryOutbox {
    static final int MOST_MESSAGES = 512;
    static final int MOST_OCTETS = 4 << 20;

    /** The socket. {@code done} is called once for each message, on any thread, with null or what went wrong. */
    interface Writer {
        void write(ByteBuffer message, Consumer<Throwable> done);

        void close(int code, String reason);
    }

    private final Writer writer;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int octets;
    private boolean writing;
    private boolean ended;
    private Runnable farewell; // the close that was asked for, after everything before it

    BinaryOutbox(Writer writer) {
        this.writer = writer;
    }

    void send(byte[] message) {
        synchronized (this) {
            if (ended || farewell != null) {
                return;
            }
            if (waiting.size() >= MOST_MESSAGES || octets + message.length > MOST_OCTETS) {
                ended = true;
                waiting.clear();
            } else {
                waiting.add(message);
                octets += message.length;
            }
        }
        if (hasEnded()) {
            writer.close(1013, "too slow"); // not 1000: the client shall come back
        } else {
            next(false);
        }
    }

    void close(int code, String reason) {
        synchronized (this) {
            if (ended || farewell != null) {
                return;
            }
            farewell = () -> writer.close(code, reason);
        }
        next(false);
    }

    /** The socket is gone: nothing is kept for it. */
    synchronized void abandon() {
        ended = true;
        waiting.clear();
        octets = 0;
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void next(boolean written) {
        byte[] message;
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
                octets -= message.length;
            } else if (farewell != null) {
                ended = true;
                last = farewell;
            }
        }
        if (message != null) {
            writer.write(ByteBuffer.wrap(message), failure -> {
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
