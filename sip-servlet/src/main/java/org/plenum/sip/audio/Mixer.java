/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Arrays;
import java.util.List;

/**
 * Everybody hears the sum of the others (N-1): callers and the loudest of the room, summed once and taken out once for each caller.
 * One room, one thread.
 */
public final class Mixer {
    private final int[] sum = new int[Pcm.FRAME];
    private final short[] out = new short[Pcm.FRAME];
    private int voices;

    /** Sums up this tick. */
    public void begin(List<Voice> callers, Speakers speakers) {
        Arrays.fill(sum, 0);
        voices = speakers.addTo(sum);
        for (int i = 0; i < callers.size(); i++) {
            Voice caller = callers.get(i);
            if (caller.audible()) {
                Pcm.add(sum, caller.frame());
                voices++;
            }
            caller.publish();
        }
    }

    /** @return what this caller hears; null when nobody else says anything. Valid until the next call. */
    public short[] without(Voice caller) {
        boolean own = caller.audible();
        if (voices - (own ? 1 : 0) == 0) {
            return null;
        }
        Pcm.mix(sum, own ? caller.frame() : null, out);
        return out;
    }
}
