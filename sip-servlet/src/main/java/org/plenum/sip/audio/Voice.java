/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Arrays;
import org.plenum.media.api.LocalPeer;
import org.plenum.media.api.OpusPacket;

/** One caller's voice in both directions, between the telephone's frames and the room. One thread. */
public final class Voice {
    private static final int TIME_A_FRAME = 960; // at 48 kHz
    private static final int SILENT_FRAMES = 20; // one packet in 400 ms keeps receivers in step
    private static final int HANGOVER = 10; // frames: the ends of words are quiet
    private static final int SILENT = 127;

    private final PromptQueue prompts = new PromptQueue();
    private final LevelControl level = new LevelControl();
    private final ComfortNoise noise = new ComfortNoise();
    private final short[] frame = new short[Pcm.FRAME];
    private final short[] towards = new short[Pcm.FRAME];
    private final short[] prompt = new short[Pcm.FRAME];
    private final byte[] octets = new byte[1_000];
    private OpusCodec encoder; // made with the first word: most of a class of 50 only listens
    private LocalPeer peer;
    private boolean muted;
    private boolean speaks;
    private int quietFrames = SILENT_FRAMES;
    private boolean spurt;
    private int time;

    /** What came from the telephone in this tick; its owner fills it and then calls {@link #heard} or {@link #silent}. */
    public short[] frame() {
        return frame;
    }

    public PromptQueue prompts() {
        return prompts;
    }

    public void heard() {
        speaks = level.process(frame);
    }

    public void silent() {
        Arrays.fill(frame, (short) 0);
        speaks = level.process(frame);
    }

    /** Whether speech is going on, muted or not. */
    public boolean speaks() {
        return speaks;
    }

    public void mute(boolean now) {
        muted = now;
    }

    /** @param seat in the media room, null outside */
    public void peer(LocalPeer seat) {
        peer = seat;
        spurt = false;
        quietFrames = SILENT_FRAMES;
    }

    /** Whether the others shall hear this frame. */
    boolean audible() {
        return peer != null && !muted && speaks;
    }

    /** Sends the frame to the room, while there is something in it, and now and then when not. */
    void publish() {
        time += TIME_A_FRAME;
        if (peer == null || muted) {
            spurt = false;
            return;
        }
        quietFrames = speaks ? 0 : quietFrames + 1;
        boolean silence = quietFrames > HANGOVER;
        if (silence && quietFrames % SILENT_FRAMES != 0) {
            spurt = false;
            return;
        }
        if (encoder == null) {
            encoder = new OpusCodec(5);
        }
        int length = encoder.encode(frame, octets, 0);
        int minusDbov = silence ? SILENT : Pcm.minusDbov(frame, Pcm.FRAME);
        peer.publish(new OpusPacket(Arrays.copyOf(octets, length), time, !spurt, (byte) minusDbov, speaks));
        spurt = true;
    }

    /** @param mix of the others; null when they are silent */
    public short[] towardsPhone(short[] mix) {
        if (mix == null) {
            noise.fill(towards);
        } else {
            System.arraycopy(mix, 0, towards, 0, Pcm.FRAME);
        }
        if (prompts.next(prompt)) {
            for (int i = 0; i < Pcm.FRAME; i++) {
                towards[i] = Pcm.limit(towards[i] / 2 + prompt[i]); // the rest at -6 dB
            }
        }
        return towards;
    }
}
