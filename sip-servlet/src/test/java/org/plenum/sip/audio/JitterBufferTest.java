/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets of 20 ms that arrive when the test says so, and a listener that takes one every 20 ms. */
class JitterBufferTest {
    private static final long MS = 1_000_000L;

    private final JitterBuffer buffer = new JitterBuffer(8000);
    private long nowNs = -7 * MS; // System.nanoTime may be negative

    private void arrives(int number) {
        byte[] packet = {0, (byte) (number >> 8), (byte) number};
        buffer.put(number & 0xFFFF, 160L * number & 0xFFFFFFFFL, packet, 1, 2, nowNs);
    }

    private JitterBuffer.Next take() {
        return buffer.take(true, nowNs);
    }

    private int taken() {
        return (buffer.octets()[0] & 0xFF) << 8 | buffer.octets()[1] & 0xFF;
    }

    @Test
    void nothingIsPlayedBeforeFortyMilliseconds() {
        assertEquals(JitterBuffer.Next.NOTHING, take());
        arrives(10);
        assertEquals(JitterBuffer.Next.NOTHING, take());
        nowNs += 20 * MS;
        arrives(11);
        assertEquals(JitterBuffer.Next.PACKET, take());
        assertEquals(10, taken());
        assertEquals(2, buffer.length());
        assertEquals(JitterBuffer.Next.PACKET, take());
        assertEquals(11, taken());
        assertEquals(JitterBuffer.Next.NOTHING, take());
    }

    @Test
    void aSinglePacketIsPlayedInTheEnd() {
        arrives(10);
        nowNs += 39 * MS;
        assertEquals(JitterBuffer.Next.NOTHING, take());
        nowNs += MS;
        assertEquals(JitterBuffer.Next.PACKET, take());
    }

    @Test
    void packetsComeInOrderOnceAndTheLostAreNamed() {
        for (int number : new int[] {5, 7, 6, 6, 9}) {
            arrives(number);
        }
        List<Object> played = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            JitterBuffer.Next next = take();
            played.add(next == JitterBuffer.Next.PACKET ? taken() : next);
        }
        assertEquals(List.of(5, 6, 7, JitterBuffer.Next.LOST, 9), played);
        assertEquals(1, buffer.lost());
    }

    @Test
    void theOneAfterALostPacketIsShown() {
        for (int number : new int[] {5, 6, 8}) {
            arrives(number);
        }
        take();
        take();
        assertEquals(JitterBuffer.Next.LOST, take());
        assertEquals(2, buffer.length());
        assertEquals(8, taken());
        arrives(11);
        take();
        assertEquals(JitterBuffer.Next.LOST, take());
        assertEquals(0, buffer.length(), "packet 10 is missing too");
    }

    @Test
    void whatComesTooLateIsNotPlayed() {
        for (int number : new int[] {5, 7, 8}) {
            arrives(number);
        }
        take();
        assertEquals(JitterBuffer.Next.LOST, take());
        arrives(6);
        assertEquals(1, buffer.late());
        assertEquals(JitterBuffer.Next.PACKET, take());
        assertEquals(7, taken());
    }

    @Test
    void sequenceNumbersWrap() {
        for (int number = 65_534; number < 65_540; number++) {
            arrives(number);
        }
        for (int number = 65_534; number < 65_540; number++) {
            assertEquals(JitterBuffer.Next.PACKET, take());
            assertEquals(number & 0xFFFF, taken());
        }
    }

    @Test
    void aJumpIsAnotherStream() {
        arrives(5);
        arrives(6);
        take();
        arrives(5000);
        arrives(5001);
        nowNs += 40 * MS;
        assertEquals(JitterBuffer.Next.PACKET, take());
        assertEquals(5000, taken());
    }

    @Test
    void afterAPauseItWaitsAgain() {
        arrives(5);
        arrives(6);
        take();
        take();
        for (int i = 0; i < 10; i++) {
            nowNs += 20 * MS;
            assertEquals(JitterBuffer.Next.NOTHING, take());
        }
        arrives(7);
        assertEquals(JitterBuffer.Next.NOTHING, take());
        nowNs += 40 * MS;
        assertEquals(JitterBuffer.Next.PACKET, take());
    }

    /** @return packets that were played, of a thousand */
    private int listen(int packets, int mostDelayMs, long seed) {
        Random random = new Random(seed);
        PriorityQueue<long[]> onTheWay = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        for (int i = 0; i < packets; i++) {
            onTheWay.add(new long[] {nowNs + i * 20 * MS + random.nextInt(mostDelayMs + 1) * MS, i});
        }
        int played = 0;
        long startNs = nowNs;
        for (int tick = 0; tick < packets + 20; tick++) {
            nowNs = startNs + tick * 20 * MS;
            while (!onTheWay.isEmpty() && onTheWay.peek()[0] <= nowNs) {
                arrives((int) onTheWay.remove()[1]);
            }
            played += take() == JitterBuffer.Next.PACKET ? 1 : 0;
        }
        return played;
    }

    @Test
    void aCalmLineCostsLittleDelay() {
        assertEquals(1000, listen(1000, 0, 1));
        assertTrue(buffer.targetMs() <= 40, "target " + buffer.targetMs());
        assertEquals(0, buffer.lost());
    }

    @Test
    void aRestlessLineIsPlayedNearlyWhole() {
        int played = listen(1000, 60, 2);
        assertTrue(played > 960, played + " played, " + buffer.late() + " late");
        assertTrue(buffer.targetMs() > 55 && buffer.targetMs() <= 100, "target " + buffer.targetMs());
    }

    @Test
    void theDelayShrinksWhenTheLineCalmsDown() {
        listen(300, 150, 3);
        double restless = buffer.targetMs();
        buffer.reset();
        listen(1500, 0, 4);
        assertTrue(buffer.targetMs() < restless / 2, restless + " before, now " + buffer.targetMs());
    }

    @Test
    void aBufferThatIsTooFullLeavesPacketsOut() {
        for (int number = 0; number < 12; number++) {
            arrives(number); // all at once: 240 ms
        }
        for (int number = 12; number < 400; number++) {
            nowNs += 20 * MS;
            arrives(number);
            buffer.take(false, nowNs);
        }
        assertTrue(buffer.skipped() >= 3, buffer.skipped() + " left out");
        assertTrue(buffer.depthMs() < 240);
    }

    @Test
    void nonsenseIsNotTaken() {
        buffer.put(1, 1, new byte[2000], 0, 2000, nowNs);
        buffer.put(1, 1, new byte[1], 0, 0, nowNs);
        assertEquals(0, buffer.received());
    }

    @Test
    void aFloodBeginsAnewInsteadOfGrowing() {
        for (int number = 0; number < 80; number++) {
            arrives(number);
        }
        assertTrue(buffer.depthMs() <= 64 * 20);
    }
}
