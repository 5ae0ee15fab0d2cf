/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/** Bit rate over the last second, in slots of 100 ms. */
public final class ReceiveRate {
    private static final int SLOTS = 10;
    private static final long SLOT_NS = 100_000_000L;

    private final long[] octets = new long[SLOTS];
    private long slot = Long.MIN_VALUE;
    private long slotNs; // when it began
    private int at; // its place

    public void onPacket(int length, long nowNs) {
        if (nowNs - slotNs < 0
                || nowNs - slotNs >= SLOT_NS
                || slot == Long.MIN_VALUE) { // most packets need no division
            advance(nowNs);
        }
        octets[at] += length;
    }

    /** @return bit/s */
    public long bitrate(long nowNs) {
        advance(nowNs);
        long sum = 0;
        for (long part : octets) {
            sum += part;
        }
        return 8 * sum;
    }

    private void advance(long nowNs) {
        long now = Math.floorDiv(nowNs, SLOT_NS);
        if (slot == Long.MIN_VALUE || now - slot > SLOTS) {
            slot = now - SLOTS;
        }
        while (slot < now) {
            slot++;
            octets[Math.floorMod(slot, SLOTS)] = 0;
        }
        slotNs = slot * SLOT_NS;
        at = Math.floorMod(slot, SLOTS);
    }
}
