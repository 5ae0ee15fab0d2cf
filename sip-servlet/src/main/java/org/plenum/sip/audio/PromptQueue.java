/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.ArrayDeque;
import java.util.Deque;

/** The announcements that one caller is about to hear. One call, one thread. */
public final class PromptQueue {
    private static final int MOST = 8;
    private static final int RAMP = 80; // samples: a prompt that is cut off does not crack

    private record Waiting(String key, short[] samples) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int at;
    private int pause; // samples of silence before the next one
    private boolean stopping;

    /** @return false: it waits or plays already, or too much does */
    public boolean add(String key, short[] samples) {
        if (stopping) {
            clear();
        }
        if (waiting.size() >= MOST
                || waiting.stream().anyMatch(prompt -> prompt.key().equals(key))) {
            return false;
        }
        waiting.add(new Waiting(key, samples));
        return true;
    }

    /** @param milliseconds of silence before the next prompt begins */
    public void pause(int milliseconds) {
        pause = milliseconds * (Pcm.RATE / 1000);
    }

    /** Ends what is playing with a short ramp, and forgets the rest. */
    public void stop() {
        if (!waiting.isEmpty()) {
            stopping = true;
        }
        pause = 0;
    }

    private void clear() {
        waiting.clear();
        stopping = false;
        at = 0;
    }

    public boolean isPlaying() {
        return !waiting.isEmpty();
    }

    /** @return whether the frame holds something of a prompt now */
    boolean next(short[] frame) {
        if (waiting.isEmpty()) {
            return false;
        }
        if (pause > 0) {
            pause -= Pcm.FRAME;
            return false;
        }
        for (int i = 0; i < Pcm.FRAME; i++) {
            frame[i] = sample(i);
        }
        if (stopping) {
            clear();
        }
        return true;
    }

    private short sample(int i) {
        Waiting prompt = waiting.peek();
        if (prompt == null || stopping && i >= RAMP) {
            return 0;
        }
        short sample = prompt.samples()[at++];
        if (at == prompt.samples().length) {
            waiting.remove();
            at = 0;
        }
        return stopping ? (short) (sample * (RAMP - i) / RAMP) : sample;
    }
}
