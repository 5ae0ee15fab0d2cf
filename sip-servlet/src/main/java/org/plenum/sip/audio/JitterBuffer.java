/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Arrays;

/**
 * Puts packets in order and gives them out in step, as late as the jitter of the last seconds demands: 40 ms at first, then 20 to
 * 200. It grows by itself when it runs dry, because what comes late is still played, and shrinks by leaving packets out when it
 * has been too full for a while. One stream, one thread.
 */
final class JitterBuffer {
    /** What the next 20 ms are made of. */
    enum Next {
        /** {@link #octets}, from 0 to {@link #length}. */
        PACKET,
        /** It will not come; {@link #octets} has the one after it when {@link #length} is not 0. */
        LOST,
        /** Nothing is there to play. */
        NOTHING
    }

    private static final int SLOTS = 64; // packets; more than a second of 20 ms
    private static final int SLOT_OCTETS = 1_500;
    private static final int JUMP = 100; // packets: beyond this it is another stream
    private static final double SHORTEST_MS = 20;
    private static final double LONGEST_MS = 200;
    private static final double FIRST_MS = 40;
    private static final double MARGIN_MS = 10;
    private static final double PEAK_FALLS_MS = 0.25; // a packet: back to calm within some seconds
    private static final double FLOOR_RISES_MS = 0.02; // a packet: follows a clock that drifts by a thousandth
    private static final int TOO_FULL_TICKS = 25;
    private static final double FAR_TOO_FULL_MS = 60;
    private static final int FAR_TOO_FULL_TICKS = 4;
    private static final int DRY_TICKS = 10;
    private static final double MS = 1e6;

    private final int clockRate;
    private final byte[][] slots = new byte[SLOTS][];
    private final int[] lengths = new int[SLOTS];
    private final boolean[] used = new boolean[SLOTS];
    private int count;
    private int next; // sequence number to be played
    private boolean begun;
    private boolean playing;
    private long firstNs;
    private int dryTicks;
    private int fullTicks;

    private long lastTimestamp;
    private int lastSequence;
    private double packetMs = 20;
    private double clockMs; // of the stream since its begin
    private double floorMs;
    private double peakMs = FIRST_MS - MARGIN_MS;
    private double targetMs = FIRST_MS;

    private byte[] octets;
    private int length;
    private long received;
    private long late;
    private long lost;
    private long skipped;

    /** @param clockRate of the RTP timestamps */
    JitterBuffer(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Another stream begins: forgets everything but how restless the line is. */
    void reset() {
        begun = false;
        playing = false;
        count = 0;
        Arrays.fill(used, false);
    }

    /**
     * @param sequence 0 to 65535
     * @param timestamp 0 to 2^32-1
     */
    void put(int sequence, long timestamp, byte[] packet, int at, int size, long nowNs) {
        if (size > SLOT_OCTETS || size <= 0) {
            return;
        }
        received++;
        if (begun && Math.abs((short) (sequence - next)) > JUMP) {
            reset();
        }
        if (!begun) {
            begin(sequence, timestamp, nowNs);
        }
        measure(sequence, timestamp, nowNs);
        int ahead = (short) (sequence - next);
        if (ahead < 0) {
            late++;
            return;
        }
        if (ahead >= SLOTS) { // something hangs: the oldest are no use any more
            reset();
            begin(sequence, timestamp, nowNs);
        }
        int slot = sequence % SLOTS;
        if (used[slot]) {
            return; // twice
        }
        if (slots[slot] == null) {
            slots[slot] = new byte[SLOT_OCTETS];
        }
        System.arraycopy(packet, at, slots[slot], 0, size);
        lengths[slot] = size;
        used[slot] = true;
        count++;
    }

    private void begin(int sequence, long timestamp, long nowNs) {
        begun = true;
        next = sequence;
        firstNs = nowNs;
        lastTimestamp = timestamp;
        lastSequence = sequence;
        clockMs = 0;
        floorMs = 0;
    }

    private void measure(int sequence, long timestamp, long nowNs) {
        double elapsed = (int) (timestamp - lastTimestamp) * 1000.0 / clockRate;
        int packets = (short) (sequence - lastSequence);
        if (packets == 1 && elapsed >= 5 && elapsed <= 120) {
            packetMs += (elapsed - packetMs) * 0.2;
        }
        clockMs += elapsed;
        lastTimestamp = timestamp;
        lastSequence = sequence;
        double delay = (nowNs - firstNs) / MS - clockMs;
        floorMs = Math.min(delay, floorMs + FLOOR_RISES_MS);
        peakMs = Math.max(delay - floorMs, peakMs - PEAK_FALLS_MS);
        targetMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, peakMs + MARGIN_MS));
    }

    /** Every 20 ms, and again while what came is shorter. @param speech whether leaving out a packet now would be heard */
    Next take(boolean speech, long nowNs) {
        if (!playing && !mayBegin(nowNs)) {
            return Next.NOTHING;
        }
        if (count == 0) {
            if (++dryTicks >= DRY_TICKS) {
                playing = false;
                begun = false; // whatever comes then is a new talk spurt
            }
            return Next.NOTHING;
        }
        dryTicks = 0;
        leaveOutIfTooFull(speech);
        int slot = next % SLOTS;
        next = next + 1 & 0xFFFF;
        if (used[slot]) {
            used[slot] = false;
            count--;
            octets = slots[slot];
            length = lengths[slot];
            return Next.PACKET;
        }
        lost++;
        int after = next % SLOTS;
        octets = used[after] ? slots[after] : null;
        length = used[after] ? lengths[after] : 0;
        return Next.LOST;
    }

    private boolean mayBegin(long nowNs) {
        if (count == 0 || depthMs() < targetMs && (nowNs - firstNs) / MS < targetMs) {
            return false;
        }
        playing = true;
        dryTicks = 0;
        fullTicks = 0;
        return true;
    }

    private void leaveOutIfTooFull(boolean speech) {
        double tooMuch = depthMs() - targetMs - packetMs;
        if (tooMuch <= 0) {
            fullTicks = 0;
            return;
        }
        int patience = patience(speech, tooMuch);
        if (++fullTicks < patience) {
            return;
        }
        int slot = next % SLOTS;
        if (used[slot]) {
            used[slot] = false;
            count--;
        }
        next = next + 1 & 0xFFFF;
        skipped++;
        fullTicks = patience / 2;
    }

    /** Ticks that the buffer may be too full. Far too full it is after a standstill of ours: the delay is worse than a gap. */
    private static int patience(boolean speech, double tooMuch) {
        if (tooMuch > FAR_TOO_FULL_MS) {
            return FAR_TOO_FULL_TICKS;
        }
        return speech ? 4 * TOO_FULL_TICKS : TOO_FULL_TICKS;
    }

    /** How much speech waits here, in ms. */
    double depthMs() {
        return count * packetMs;
    }

    double targetMs() {
        return targetMs;
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    long received() {
        return received;
    }

    long late() {
        return late;
    }

    long lost() {
        return lost;
    }

    long skipped() {
        return skipped;
    }
}
