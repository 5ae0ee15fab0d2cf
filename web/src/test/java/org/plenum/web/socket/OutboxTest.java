/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int MOST_MESSAGES = 5;
    private static final int MOST_OCTETS = 100;
    private final Deque<Consumer<Throwable>> underWay = new ArrayDeque<>();
    private final List<Integer> written = new ArrayList<>();
    private String closed;
    private final Outbox<byte[]> outbox = new Outbox<>(
            new Outbox.Writer<>() {
                @Override
                public void write(byte[] message, Consumer<Throwable> done) {
                    written.add((int) message[0]);
                    underWay.add(done);
                }

                @Override
                public void close(int code, String reason) {
                    closed = code + " " + reason;
                }
            },
            message -> message.length,
            new Outbox.Limits(MOST_MESSAGES, MOST_OCTETS));

    @Test
    void oneMessageIsUnderWayAtATimeInOrder() {
        send(1, 2, 3);
        assertEquals(List.of(1), written);
        done();
        done();
        assertEquals(List.of(1, 2, 3), written);
    }

    @Test
    void closesAfterWhatWasSentBeforeAndTakesNothingMore() {
        send(1, 2);
        outbox.close(1001, "bye");
        send(3);
        assertNull(closed);
        done();
        done();
        assertEquals("1001 bye", closed);
        assertEquals(List.of(1, 2), written);
    }

    @Test
    void aClientThatLetsTooManyMessagesWaitIsGivenUp() {
        for (int i = 0; i <= MOST_MESSAGES; i++) { // one is under way
            assertTrue(outbox.send(new byte[] {1}));
        }
        assertFalse(outbox.send(new byte[] {1}));
        outbox.close(1008, "too slow");
        assertEquals("1008 too slow", closed, "at once, not after what will never leave");
        done();
        assertEquals(1, written.size(), "nothing is written after it");
        assertFalse(outbox.send(new byte[] {1}));
    }

    @Test
    void aClientThatLetsTooManyOctetsWaitIsGivenUp() {
        assertTrue(outbox.send(new byte[1]));
        assertTrue(outbox.send(new byte[MOST_OCTETS]));
        assertFalse(outbox.send(new byte[1]));
    }

    @Test
    void aFailedWriteEndsIt() {
        send(1, 2);
        underWay.remove().accept(new IllegalStateException("gone"));
        send(3);
        assertEquals(List.of(1), written);
    }

    private void send(int... messages) {
        for (int message : messages) {
            outbox.send(new byte[] {(byte) message});
        }
    }

    private void done() {
        underWay.remove().accept(null);
    }
}
