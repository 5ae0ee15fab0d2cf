/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BinaryOutboxTest {
    private final Deque<Consumer<Throwable>> underWay = new ArrayDeque<>();
    private final List<Integer> written = new ArrayList<>();
    private String closed;
    private final BinaryOutbox outbox = new BinaryOutbox(new BinaryOutbox.Writer() {
        @Override
        public void write(ByteBuffer message, Consumer<Throwable> done) {
            written.add((int) message.get(0));
            underWay.add(done);
        }

        @Override
        public void close(int code, String reason) {
            closed = code + " " + reason;
        }
    });

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
        for (int i = 0; i <= BinaryOutbox.MOST_MESSAGES; i++) { // one is under way
            send(1);
        }
        assertNull(closed);
        send(1);
        assertEquals("1013 too slow", closed);
        done();
        assertEquals(1, written.size(), "nothing is written after it");
    }

    @Test
    void aClientThatLetsTooManyOctetsWaitIsGivenUp() {
        outbox.send(new byte[1]);
        outbox.send(new byte[BinaryOutbox.MOST_OCTETS]);
        assertNull(closed);
        outbox.send(new byte[1]);
        assertEquals("1013 too slow", closed);
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
