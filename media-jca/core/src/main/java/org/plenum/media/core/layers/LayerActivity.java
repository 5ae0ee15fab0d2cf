/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

import java.util.Arrays;

/**
 * Which simulcast layers of one publication are being sent. Shared by all its receivers; told about every packet before they
 * are asked. A layer counts as stopped when others went on without it for 700 ms: silence alone means nothing, as a still screen
 * sends a frame a second and a muted camera none.
 */
public final class LayerActivity {
    private static final long STOPPED_NS = 700_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final boolean[] seen;
    private final long[] othersSinceNs; // first packet of another layer behind the last of this one

    /** @param layers from low to high, at least one */
    public LayerActivity(int layers) {
        seen = new boolean[layers];
        othersSinceNs = new long[layers];
        Arrays.fill(othersSinceNs, NEVER);
    }

    public int layers() {
        return seen.length;
    }

    /** @param layer 0 is the lowest */
    public void onPacket(int layer, long nowNs) {
        seen[layer] = true;
        for (int i = 0; i < othersSinceNs.length; i++) {
            if (othersSinceNs[i] == NEVER) {
                othersSinceNs[i] = nowNs;
            }
        }
        othersSinceNs[layer] = NEVER;
    }

    public boolean alive(int layer, long nowNs) {
        return seen[layer] && (othersSinceNs[layer] == NEVER || nowNs - othersSinceNs[layer] <= STOPPED_NS);
    }
}
