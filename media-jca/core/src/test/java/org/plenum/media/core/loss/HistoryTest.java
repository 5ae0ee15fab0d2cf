/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.loss;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plenum.media.core.packet.Allocations;

class HistoryTest {
    private static final long MS = 1_000_000L;

    @Test
    void givesBackWhatItKeptAndNothingElse() {
        Random random = new Random(3);
        PacketHistory history = new PacketHistory(10_000, 64);
        int[] lengths = new int[2000];
        for (int seq = 0; seq < 2000; seq++) {
            lengths[seq] = 1 + random.nextInt(400);
            history.put(seq + 65_000 & 0xFFFF, filled(seq, lengths[seq]), 5, lengths[seq]);
            int kept = 0;
            int octets = 0;
            for (int back = 0; back < 80 && back <= seq; back++) {
                octets += assertKeptWhole(history, seq - back, lengths[seq - back]);
                kept += history.find(seq - back + 65_000 & 0xFFFF) > 0 ? 1 : 0;
            }
            assertTrue(kept <= 64 && octets <= 10_000);
            assertTrue(seq < 30 || kept >= 23, "only " + kept + " of 10000 octets kept at " + seq);
        }
        assertEquals(0, history.find(64_000));
    }

    private static int assertKeptWhole(PacketHistory history, int seq, int length) {
        int number = seq + 65_000 & 0xFFFF;
        int found = history.find(number);
        if (found == 0) {
            return 0;
        }
        assertEquals(length, found);
        for (int i = 0; i < length; i++) {
            assertEquals((byte) (seq * 31 + i), history.buffer().get(history.offset(number) + i));
        }
        return found;
    }

    private static ByteBuffer filled(int seq, int length) {
        ByteBuffer packet = ByteBuffer.allocate(length + 5);
        for (int i = 0; i < length; i++) {
            packet.put(5 + i, (byte) (seq * 31 + i));
        }
        return packet;
    }

    @Test
    void keepsNoPacketThatIsLargerThanItself() {
        PacketHistory history = new PacketHistory(10, 4);
        history.put(1, ByteBuffer.allocate(11), 0, 11);
        assertEquals(0, history.find(1));
        history.put(1, ByteBuffer.allocate(10), 0, 10);
        assertEquals(10, history.find(1));
        history.put(2, ByteBuffer.allocate(1), 0, 1);
        assertEquals(0, history.find(1));
        assertEquals(0, history.find(0), "never put");
    }

    @Test
    void onlyPowersOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new PacketHistory(10, 12));
        assertThrows(IllegalArgumentException.class, () -> new PacketHistory(10, 1 << 16));
        assertThrows(IllegalArgumentException.class, () -> new RetransmitBuffer(12));
        assertThrows(IllegalArgumentException.class, () -> new RetransmitBuffer(1 << 16));
        assertEquals(-1, new RetransmitBuffer(1 << 15).take(0, 0, 0));
    }

    @Test
    void remembersNumbersUntilTheyAreOverwritten() {
        RetransmitBuffer sent = new RetransmitBuffer(8);
        assertEquals(-1, sent.take(0, 0, 0), "nothing was sent");
        for (int i = 0; i < 20; i++) {
            sent.onSent(65_530 + i & 0xFFFF, 1000 + i, i / 4, i * MS);
        }
        for (int i = 0; i < 20; i++) {
            int outgoing = 65_530 + i & 0xFFFF;
            assertEquals(i < 12 ? -1 : i / 4, sent.take(outgoing, 0, 100 * MS), "packet " + i);
            assertTrue(i < 12 || sent.original(outgoing) == 1000 + i);
        }
    }

    @Test
    void sendsAgainOncePerRoundTrip() {
        RetransmitBuffer sent = new RetransmitBuffer(8);
        sent.onSent(7, 70, 2, 0);
        assertEquals(-1, sent.take(7, 50 * MS, 49 * MS), "still on its way");
        assertEquals(2, sent.take(7, 50 * MS, 50 * MS));
        assertEquals(-1, sent.take(7, 50 * MS, 99 * MS));
        assertEquals(2, sent.take(7, 50 * MS, 100 * MS));
    }

    @Test
    void knowsWhenEveryCopyIsLost() {
        RetransmitBuffer sent = new RetransmitBuffer(8);
        sent.onSent(7, 70, 2, 0);
        assertTrue(sent.onTold(7, false));
        sent.onSentAgain(7);
        sent.onSentAgain(7);
        assertFalse(sent.onTold(7, false), "another one is on its way");
        assertFalse(sent.hasArrived(7));
        assertFalse(sent.onTold(7, true));
        assertTrue(sent.hasArrived(7));
        sent.onSentAgain(7);
        assertFalse(sent.onTold(7, false), "it has come before");
        assertFalse(sent.onTold(8, false), "was never sent");
        assertTrue(sent.hasArrived(8), "nobody waits for it");
        sent.onSent(9, 90, 2, 0);
        int again = 0;
        while (sent.onTold(9, false)) {
            sent.onSentAgain(9);
            again++;
        }
        assertEquals(7, again);
    }

    @Test
    void allocatesNothing() {
        PacketHistory history = new PacketHistory(100_000, 128);
        RetransmitBuffer sent = new RetransmitBuffer(128);
        ByteBuffer packet = ByteBuffer.allocateDirect(1200);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                history.put(i & 0xFFFF, packet, 0, 1200);
                sent.onSent(i & 0xFFFF, i, 0, i);
                sent.take(i & 0xFFFF, 0, i);
                history.find(i & 0xFFFF);
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }
}
