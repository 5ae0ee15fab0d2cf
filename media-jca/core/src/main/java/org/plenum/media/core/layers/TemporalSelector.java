/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import org.plenum.media.core.rtp.Vp8Descriptor;

/**
 * Leaves out temporal layers of VP8 for one receiver (RFC 7741 section 4.2): fewer frames of the same size. Frames of a higher layer are
 * never needed by a lower one, so leaving them out begins with any frame; they come back, one layer after the other, at a frame that needs
 * none of those left out, which its sender marks, or at a key frame. Told about packets in their order. All on the loop of the room.
 */
public final class TemporalSelector {
    /** The highest layer that is told apart; senders have no more in practice. */
    public static final int TOP = 2;

    private int allowed = TOP;
    private int current = TOP;

    /** @param highest layer from the next frame on, 0 to {@link #TOP} */
    public void allowed(int highest) {
        allowed = highest;
    }

    /** Reads what the next packet will need. @return something that depends on it */
    public long fetch() {
        return current;
    }

    /** @return the temporal layer of a packet, 0 to {@link #TOP}. @param vp8 null for other codecs */
    public static int of(Vp8Descriptor vp8) {
        return vp8 == null ? 0 : Math.max(0, Math.min(TOP, vp8.temporalId()));
    }

    /**
     * @param keyFrame true for the first packet of a key frame
     * @return whether this receiver gets the packet
     */
    public boolean forwards(Vp8Descriptor vp8, boolean keyFrame) {
        int layer = of(vp8);
        if (keyFrame) {
            current = allowed;
        } else if (vp8.startOfFrame()) {
            boolean mayRise = layer == current + 1 && vp8.layerSync();
            current = Math.min(allowed, mayRise ? layer : current);
        }
        return layer <= current;
    }
}
