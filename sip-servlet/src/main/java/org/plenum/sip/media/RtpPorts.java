/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The pairs of ports that calls may use, given out in random order, so that nobody guesses the next one, and given again two
 * seconds after the end of a call, so that its last packets reach nobody else. The control thread only.
 */
public final class RtpPorts {
    private static final long REST_NS = 2_000_000_000L;
    private static final int ATTEMPTS = 50;

    private record Resting(int pair, long untilNs) {}

    private final int first;
    private final int pairs;
    private final RandomGenerator random;
    private final BitSet used = new BitSet();
    private volatile int free;
    private final Deque<Resting> resting = new ArrayDeque<>();

    /**
     * @param low first port, 1024 or more; an odd one is left out
     * @param high last port
     * @throws IllegalArgumentException no pair fits between them
     */
    public RtpPorts(int low, int high, RandomGenerator random) {
        this.first = low + (low & 1);
        this.pairs = (high - first + 1) / 2;
        this.random = random;
        this.free = pairs;
        if (low < 1024 || high > 65_535 || pairs < 1) {
            throw new IllegalArgumentException("no pair of ports between " + low + " and " + high);
        }
    }

    /** @param local of this machine. @return absent when all are used, or taken by others */
    Optional<RtpPort> take(InetAddress local, long nowNs) {
        while (!resting.isEmpty() && resting.peek().untilNs() - nowNs <= 0) {
            used.clear(resting.remove().pair());
        }
        free = pairs - used.cardinality();
        for (int attempt = 0; attempt < ATTEMPTS && used.cardinality() < pairs; attempt++) {
            int pair = used.nextClearBit(random.nextInt(pairs));
            if (pair >= pairs) {
                pair = used.nextClearBit(0);
            }
            try {
                RtpPort port = RtpPort.open(new InetSocketAddress(local, first + 2 * pair));
                used.set(pair);
                free = pairs - used.cardinality();
                return Optional.of(port);
            } catch (IOException taken) { // by somebody else on this machine: another one
                continue;
            }
        }
        return Optional.empty();
    }

    /** The number of a port that was closed. */
    void giveBack(int number, long nowNs) {
        resting.add(new Resting((number - first) / 2, nowNs + REST_NS));
        free = Math.max(1, free); // at the latest then there is one again
    }

    /** How many pairs are not used and do not rest, about. Any thread. */
    public int free() {
        return free;
    }
}
