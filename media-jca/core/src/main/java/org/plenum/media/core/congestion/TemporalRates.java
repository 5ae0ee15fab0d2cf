/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

import org.plenum.media.core.layers.TemporalSelector;

/** What a video takes, by temporal layer, and how many frames that are. One thread. */
public final class TemporalRates {
    private static final int NEARLY_PERCENT = 90; // a second has a frame more or less

    private final ReceiveRate[] octets = new ReceiveRate[TemporalSelector.TOP + 1];
    private final ReceiveRate[] frames = new ReceiveRate[TemporalSelector.TOP + 1];

    public TemporalRates() {
        for (int layer = 0; layer < octets.length; layer++) {
            octets[layer] = new ReceiveRate();
            frames[layer] = new ReceiveRate();
        }
    }

    /** @param layer temporal, 0 to {@link TemporalSelector#TOP} @param lastOfFrame whether it is the last packet of a frame */
    public void onPacket(int layer, int length, boolean lastOfFrame, long nowNs) {
        octets[layer].onPacket(length, nowNs);
        if (lastOfFrame) {
            frames[layer].onPacket(1, nowNs);
        }
    }

    /** @return bit/s of all layers up to this one */
    public long bitrate(int layer, long nowNs) {
        long sum = 0;
        for (int i = 0; i <= layer; i++) {
            sum += octets[i].bitrate(nowNs);
        }
        return sum;
    }

    /** @return the lowest layer up to which there are so many frames a second, or the highest when there are fewer in all */
    public int layerFor(int framesPerSecond, long nowNs) {
        long sum = 0;
        for (int i = 0; i < TemporalSelector.TOP; i++) {
            sum += frames[i].bitrate(nowNs) / Byte.SIZE;
            if (NEARLY_PERCENT * framesPerSecond <= 100 * sum) {
                return i;
            }
        }
        return TemporalSelector.TOP;
    }
}
