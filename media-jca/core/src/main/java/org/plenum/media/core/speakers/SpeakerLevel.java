/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.speakers;

/**
 * How loud one audio track is, from the levels its packets carry (RFC 6464). Looks at windows of 400 ms: a window is active when
 * packets of more than 40 % of it were louder than -35 dBov; its level is the loudest of them, linear from 0 to 1, lowered when
 * only part of the window was loud, and smoothed over two windows (contract livekit.md section 12).
 */
public final class SpeakerLevel {
    static final long WINDOW_NS = 400_000_000L;
    private static final int THRESHOLD = 35; // -dBov
    private static final long LEAST_ACTIVE_NS = WINDOW_NS * 40 / 100;
    private static final double SMOOTHING = 2.0 / (2 + 1); // exponential average over two windows
    private static final double SILENT = Math.pow(10, -THRESHOLD / 20.0);
    private static final long PACKET_NS = 20_000_000L;
    private static final long LONGEST_PACKET_NS = 120_000_000L; // RFC 7587 section 4.2

    private long activeNs;
    private int loudest = 127;
    private long lastTimestamp = -1;
    private double smoothed;
    private int eighths;

    /**
     * @param minusDbov 0 loudest to 127 silent
     * @param timestamp of the packet at 48 kHz: what lies between two packets is how long one lasts
     */
    public void onPacket(int minusDbov, long timestamp) {
        long duration = lastTimestamp < 0 ? PACKET_NS : (int) (timestamp - lastTimestamp) * 1_000_000L / 48;
        lastTimestamp = timestamp;
        if (duration <= 0 || duration > LONGEST_PACKET_NS) { // late, or the first after a silence
            duration = PACKET_NS;
        }
        if (minusDbov <= THRESHOLD) {
            activeNs += duration;
            loudest = Math.min(loudest, minusDbov);
        }
    }

    /** The track is muted or gone: silent at once with the next window. */
    public void silence() {
        activeNs = 0;
        loudest = 127;
        smoothed = 0;
    }

    /** Ends a window. @return true when the level in eighths is another than before */
    boolean endWindow() {
        double level = 0;
        if (activeNs >= LEAST_ACTIVE_NS) {
            double share = Math.min(1.0, (double) activeNs / WINDOW_NS);
            level = Math.pow(10, -(loudest - 20 * Math.log10(share)) / 20);
        }
        smoothed += (level - smoothed) * SMOOTHING;
        activeNs = 0;
        loudest = 127;
        int before = eighths;
        eighths = smoothed < SILENT ? 0 : (int) Math.ceil(Math.min(1.0, smoothed) * 8);
        return eighths != before;
    }

    /** @return 0 silent, then 1/8 to 1 */
    public float level() {
        return eighths / 8f;
    }
}
