/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

/**
 * Requests for key frames of one publication, throttled: at most one a layer every 500 ms for the lowest and every second for
 * the others (contract livekit.md section 9). What comes too early waits and is sent when its time has come, unless a key frame
 * came by itself.
 */
public final class KeyFrameRequests {
    private static final long LOW_NS = 500_000_000L;
    private static final long OTHER_NS = 1_000_000_000L;

    private final long[] allowedNs;
    private final boolean[] sentBefore;
    private final boolean[] pending;

    public KeyFrameRequests(int layers) {
        allowedNs = new long[layers];
        sentBefore = new boolean[layers];
        pending = new boolean[layers];
    }

    /** A receiver needs a key frame of this layer. */
    public void request(int layer) {
        pending[layer] = true;
    }

    /** A key frame of this layer has begun: whoever waited has it. */
    public void onKeyFrame(int layer) {
        pending[layer] = false;
    }

    /** @return true when a request for this layer goes out now */
    public boolean poll(int layer, long nowNs) {
        if (!pending[layer] || sentBefore[layer] && allowedNs[layer] - nowNs > 0) {
            return false;
        }
        pending[layer] = false;
        sentBefore[layer] = true;
        allowedNs[layer] = nowNs + (layer == 0 ? LOW_NS : OTHER_NS);
        return true;
    }

    /** @return when {@link #poll} may have something; Long.MAX_VALUE for never */
    public long deadlineNs() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < pending.length; i++) {
            if (pending[i]) {
                deadline = Math.min(deadline, sentBefore[i] ? allowedNs[i] : Long.MIN_VALUE);
            }
        }
        return deadline;
    }
}
