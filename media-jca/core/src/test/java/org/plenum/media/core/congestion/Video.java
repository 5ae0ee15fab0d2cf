/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.congestion;

/** A video with some layers; 0 bit/s means that a layer is not sent. */
class Video implements Allocator.Claim {
    final long[] layers;
    final long importance;
    int rates = 1; // so many of the steps are frame rates of the smallest size
    int wanted;
    int allowed = Allocator.NONE;

    Video(long importance, int wanted, long... layers) {
        this.importance = importance;
        this.wanted = wanted;
        this.layers = layers;
    }

    @Override
    public long importance() {
        return importance;
    }

    @Override
    public int steps() {
        return layers.length;
    }

    @Override
    public int wholeOf(int step) {
        return step < rates ? rates - 1 : step;
    }

    @Override
    public int wanted() {
        return wanted;
    }

    @Override
    public boolean sent(int layer) {
        return layers[layer] > 0;
    }

    @Override
    public long bitrate(int layer) {
        return layers[layer];
    }

    @Override
    public int allowed() {
        return allowed;
    }

    boolean mayRise = true;

    @Override
    public boolean mayRise() {
        return mayRise;
    }

    @Override
    public void allow(int layer) {
        allowed = layer;
    }
}
