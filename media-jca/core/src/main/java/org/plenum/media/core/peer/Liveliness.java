/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

/**
 * Notices that a client that sent packets all the time is not heard of any more. Losses do not look like that, nor does somebody who has
 * nothing to send: checks of its consent come every two or three seconds (RFC 7675 section 5.1). One thread.
 */
final class Liveliness {
    static final long SILENT_NS = 2_500_000_000L;
    static final int MANY = 30; // packets within that time

    private long heardNs;
    private long turnNs;
    private int packets;
    private int packetsBefore;

    /** A packet that was authentic. */
    void onPacket(long nowNs) {
        if (nowNs - turnNs >= SILENT_NS) {
            packetsBefore = nowNs - turnNs >= 2 * SILENT_NS ? 0 : packets;
            packets = 0;
            turnNs = nowNs;
        }
        packets++;
        heardNs = nowNs;
    }

    /** A check of the path. */
    void onCheck(long nowNs) {
        heardNs = nowNs;
    }

    /** @return when {@link #takeSilence} may be true; Long.MAX_VALUE for never */
    long deadlineNs() {
        return Math.max(packets, packetsBefore) >= MANY ? heardNs + SILENT_NS : Long.MAX_VALUE;
    }

    /** @return true once, when it has become silent */
    boolean takeSilence(long nowNs) {
        long deadlineNs = deadlineNs();
        if (deadlineNs == Long.MAX_VALUE || deadlineNs - nowNs > 0) {
            return false;
        }
        packets = 0;
        packetsBefore = 0;
        return true;
    }
}
