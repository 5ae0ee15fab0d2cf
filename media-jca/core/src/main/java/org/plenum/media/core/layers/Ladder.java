/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.layers;

/**
 * The steps from the cheapest form of a video to the dearest: a size, which is a simulcast layer, and a frame rate, which is the highest
 * temporal layer. The smallest size always has all frame rates. What moves goes on to the larger sizes with its whole frame rate only; a screen,
 * which is read, rather has few frames of a larger size.
 */
public final class Ladder {
    private static final int RATES = TemporalSelector.TOP + 1;

    private final int layers;
    private final boolean sharp;

    /** @param layers simulcast layers, 1 or more @param sharp size before frame rate */
    public Ladder(int layers, boolean sharp) {
        this.layers = layers;
        this.sharp = sharp;
    }

    public int steps() {
        return top(layers - 1) + 1;
    }

    /** @param step 0 or more @return simulcast layer */
    public int layer(int step) {
        return sharp ? step / RATES : Math.max(0, step - TemporalSelector.TOP);
    }

    /** @param step 0 or more @return highest temporal layer */
    public int temporal(int step) {
        return sharp ? step % RATES : Math.min(step, TemporalSelector.TOP);
    }

    /** @return the step with all of a simulcast layer */
    public int top(int layer) {
        return sharp ? layer * RATES + TemporalSelector.TOP : layer + TemporalSelector.TOP;
    }
}
