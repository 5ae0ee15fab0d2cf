/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * One direction of a line: packets are lost, wait for their turn, travel and arrive. Time is an argument and never goes back; the same
 * random numbers give the same line. One thread.
 *
 * @param <P> whatever a packet is to its owner
 */
public final class OneWay<P> {
    private static final double SECOND = 1e9;
    private static final int MOST_WAITING = 100_000;
    private static final int CUT = 3; // standard deviations
    private static final long OVERTAKEN_NS = 20_000_000L;

    private record Waiting<P>(P packet, long bits) {}

    private record Travelling<P>(P packet, long arrivalNs, long number) {}

    private final RandomGenerator random;
    private final Deque<Waiting<P>> queue = new ArrayDeque<>();
    private final PriorityQueue<Travelling<P>> flight = new PriorityQueue<>(
            Comparator.comparingLong((Travelling<P> each) -> each.arrivalNs()).thenComparingLong(Travelling::number));
    private Conditions now = Conditions.CLEAN;
    private boolean bad; // within a burst
    private long waitingBits;
    private double served; // bits of the first one that waits
    private long servedNs; // so far
    private long latestNs; // arrival, to keep the order
    private long numbers;
    private long offered;
    private long lost;
    private long dropped;
    private long carriedBits;

    public OneWay(RandomGenerator random) {
        this.random = random;
    }

    /** From now on; what waits already waits on under the new ones. */
    public void conditions(Conditions next, long nowNs) {
        serve(nowNs);
        now = next;
        if (next.rate() == 0) {
            while (!queue.isEmpty()) {
                travel(queue.remove(), nowNs);
            }
            waitingBits = 0;
            served = 0;
        }
    }

    public Conditions conditions() {
        return now;
    }

    /** A packet comes to the line. @param octets as the line counts them */
    public void offer(P packet, int octets, long nowNs) {
        serve(nowNs);
        offered++;
        if (now.blackout() || now.largest() > 0 && octets > now.largest() || isLost()) {
            lost++;
            return;
        }
        for (int copies = random.nextDouble() < now.duplication() ? 2 : 1; copies > 0; copies--) {
            enqueue(packet, 8L * octets, nowNs);
        }
    }

    private boolean isLost() {
        if (now.goodToBad() > 0) {
            bad = bad ? random.nextDouble() >= now.badToGood() : random.nextDouble() < now.goodToBad();
        } else {
            bad = false;
        }
        return bad && random.nextDouble() < now.lossInBad() || random.nextDouble() < now.loss();
    }

    private void enqueue(P packet, long bits, long nowNs) {
        if (now.rate() == 0) {
            travel(new Waiting<>(packet, bits), nowNs);
            return;
        }
        boolean full = now.queueNs() > 0 && (waitingBits - served) / now.rate() * SECOND > now.queueNs();
        if (full || queue.size() == MOST_WAITING) {
            dropped++;
            return;
        }
        queue.add(new Waiting<>(packet, bits));
        waitingBits += bits;
    }

    private void serve(long nowNs) {
        long from = servedNs;
        servedNs = nowNs;
        while (!queue.isEmpty()) {
            double missing = queue.peek().bits() - served;
            long doneNs = from + (long) (missing / now.rate() * SECOND);
            if (doneNs > nowNs) {
                served += (nowNs - from) / SECOND * now.rate();
                return;
            }
            from = doneNs;
            served = 0;
            Waiting<P> done = queue.remove();
            waitingBits -= done.bits();
            travel(done, doneNs);
        }
    }

    private void travel(Waiting<P> departing, long departureNs) {
        carriedBits += departing.bits();
        double jitter = Math.min(CUT, Math.abs(random.nextGaussian())) / CUT * now.jitterNs();
        long arrivalNs = departureNs + now.delayNs() + (long) jitter;
        if (random.nextDouble() < now.reordering()) {
            arrivalNs += OVERTAKEN_NS;
        } else {
            arrivalNs = Math.max(latestNs, arrivalNs);
            latestNs = arrivalNs;
        }
        flight.add(new Travelling<>(departing.packet(), arrivalNs, numbers++));
    }

    /** When {@link #take} may have something; Long.MAX_VALUE for never. */
    public long deadlineNs() {
        long arrivalNs = flight.isEmpty() ? Long.MAX_VALUE : flight.peek().arrivalNs();
        if (queue.isEmpty()) {
            return arrivalNs;
        }
        return Math.min(arrivalNs, servedNs + (long) ((queue.peek().bits() - served) / now.rate() * SECOND));
    }

    /** @return the next packet that has arrived, or null */
    public P take(long nowNs) {
        serve(nowNs);
        return flight.isEmpty() || flight.peek().arrivalNs() > nowNs
                ? null
                : flight.remove().packet();
    }

    /** How long a packet that comes now would wait. */
    public long queueNs(long nowNs) {
        serve(nowNs);
        return now.rate() == 0 ? 0 : (long) ((waitingBits - served) / now.rate() * SECOND);
    }

    /** Packets that came to the line. */
    public long offered() {
        return offered;
    }

    /** Packets that were lost by chance, size or blackout. */
    public long lost() {
        return lost;
    }

    /** Packets that found the queue full. */
    public long dropped() {
        return dropped;
    }

    /** Octets that left the queue, as the line counts them. */
    public long carried() {
        return carriedBits / 8;
    }
}
