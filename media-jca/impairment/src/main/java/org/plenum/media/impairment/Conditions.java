/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.impairment;

/**
 * What one direction of a line does to packets.
 *
 * @param rate bit/s, 0 for no limit
 * @param queueNs how long a packet may wait for its turn; what would wait longer is dropped. 0 for no limit
 * @param delayNs on the way
 * @param jitterNs the most of more delay: the positive half of a normal distribution that is cut at three deviations (RFC 8868 section
 *     4.6). Packets keep their order
 * @param loss 0 to 1, each packet by itself
 * @param goodToBad and badToGood chances a packet that a burst begins and ends (Gilbert and Elliott)
 * @param lossInBad chance to be lost within a burst
 * @param reordering 0 to 1: packets that those behind them overtake
 * @param duplication 0 to 1
 * @param largest octets of a packet that gets through, 0 for no limit
 * @param blackout nothing gets through at all
 */
public record Conditions(
        long rate,
        long queueNs,
        long delayNs,
        long jitterNs,
        double loss,
        double goodToBad,
        double badToGood,
        double lossInBad,
        double reordering,
        double duplication,
        int largest,
        boolean blackout) {
    /** A line that does nothing. */
    public static final Conditions CLEAN = new Conditions(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
}
