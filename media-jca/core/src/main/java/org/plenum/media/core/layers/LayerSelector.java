/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

/**
 * Chooses for one receiver which layer of a publication it gets: the highest that is being sent and not above what it wants;
 * when all of those are silent, the lowest that is sent, since a picture too large is better than none. A switch happens at a
 * key frame of the new layer only, until then the old one goes on. All on the loop of the room.
 */
public final class LayerSelector {
    public static final int NONE = -1;

    private final LayerActivity activity;
    private int wanted;
    private int allowed = Integer.MAX_VALUE;
    private boolean paused;
    private int current = NONE;
    private boolean tolerated; // current, above what is allowed
    private long toleratedUntilNs;

    /** Begins at the lowest layer wanted, see {@link #wanted}. */
    public LayerSelector(LayerActivity activity) {
        this.activity = activity;
        this.wanted = activity.layers() - 1;
    }

    /** @param highest layer; larger values mean the top layer */
    public void wanted(int highest) {
        wanted = Math.max(0, Math.min(activity.layers() - 1, highest));
    }

    /**
     * What the line carries. A higher layer goes on until the key frame of a lower one is there, but not for long.
     *
     * @param highest layer, or {@link #NONE}: nothing at all, at once
     * @param untilNs when a higher layer stops at the latest; later calls about the same change can only hasten it
     * @return whether the stream broke off
     */
    public boolean allowed(int highest, long untilNs, long nowNs) {
        allowed = highest;
        if (current <= highest) {
            tolerated = false;
            return false;
        }
        toleratedUntilNs = tolerated && toleratedUntilNs - untilNs < 0 ? toleratedUntilNs : untilNs;
        tolerated = true;
        return isOverdue(nowNs);
    }

    /** @return whether a layer above what the line carries has gone on long enough: the stream breaks off */
    public boolean isOverdue(long nowNs) {
        if (!tolerated || allowed != NONE && toleratedUntilNs - nowNs > 0) {
            return false;
        }
        tolerated = false;
        current = NONE;
        return true;
    }

    /** @return the highest layer wanted */
    public int wanted() {
        return wanted;
    }

    /** @return the highest layer that the line carries, or {@link #NONE} */
    public int allowed() {
        return allowed;
    }

    /** A paused receiver gets nothing and begins again at a key frame. */
    public void paused(boolean value) {
        paused = value;
        if (value) {
            tolerated = false;
            current = NONE;
        }
    }

    /**
     * @param layer of the packet
     * @param keyFrame true for the first packet of a key frame
     * @return true when this receiver gets the packet
     */
    public boolean forwards(int layer, boolean keyFrame, long nowNs) {
        if (paused || allowed == NONE) {
            return false;
        }
        if (layer != current && keyFrame && layer == target(nowNs)) {
            current = layer;
            tolerated = false;
        }
        return layer == current;
    }

    /** @return the layer the receiver gets, or {@link #NONE} before the first key frame */
    public int current() {
        return current;
    }

    /** @return the layer that a key frame has to be asked for, or {@link #NONE} */
    public int awaitsKeyFrame(long nowNs) {
        int target = paused || allowed == NONE ? NONE : target(nowNs);
        return target == current ? NONE : target;
    }

    /** @return the layer this receiver should get, {@link #NONE} while nothing is sent */
    public int target(long nowNs) {
        int highest = Math.min(wanted, allowed);
        for (int layer = highest; layer >= 0; layer--) {
            if (activity.alive(layer, nowNs)) {
                return layer;
            }
        }
        for (int layer = highest + 1; layer < activity.layers(); layer++) {
            if (activity.alive(layer, nowNs)) {
                return layer;
            }
        }
        return NONE;
    }
}
