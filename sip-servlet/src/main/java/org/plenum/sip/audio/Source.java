/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

import java.util.Arrays;

/** One incoming stream of speech, from packets to frames of 20 ms: order, delay, decoding, concealment. One thread. */
public final class Source {
    private static final int CONCEALED_FRAMES = 3; // 60 ms without anything are silence

    private final PhoneCodec codec;
    private final JitterBuffer buffer;
    private final short[] decoded = new short[PhoneCodec.MOST_SAMPLES];
    private final short[] waiting = new short[2 * PhoneCodec.MOST_SAMPLES];
    private int available;
    private int gap = CONCEALED_FRAMES; // frames since the last packet
    private long ssrc = -1;

    public Source(PhoneCodec codec) {
        this.codec = codec;
        buffer = new JitterBuffer(codec.clockRate());
    }

    /** See {@link JitterBuffer#put}. */
    public void put(long packetSsrc, int sequence, long timestamp, byte[] packet, int at, int length, long nowNs) {
        if (packetSsrc != ssrc) {
            ssrc = packetSsrc;
            buffer.reset();
        }
        buffer.put(sequence, timestamp, packet, at, length, nowNs);
    }

    /**
     * The next 20 ms.
     *
     * @param frame takes {@link Pcm#FRAME} samples
     * @param speech whether speech is going on
     * @return whether there is anything to hear; else the frame is silent
     */
    public boolean frame(short[] frame, boolean speech, long nowNs) {
        while (available < Pcm.FRAME && fill(speech, nowNs)) {
            // one more packet
        }
        if (available == 0) {
            Arrays.fill(frame, 0, Pcm.FRAME, (short) 0);
            return false;
        }
        int taken = Math.min(available, Pcm.FRAME);
        System.arraycopy(waiting, 0, frame, 0, taken);
        Arrays.fill(frame, taken, Pcm.FRAME, (short) 0);
        available -= taken;
        System.arraycopy(waiting, taken, waiting, 0, available);
        return true;
    }

    private boolean fill(boolean speech, long nowNs) {
        int count = switch (buffer.take(speech, nowNs)) {
            case PACKET -> {
                gap = 0;
                yield codec.decode(buffer.octets(), 0, buffer.length(), decoded);
            }
            case LOST -> codec.conceal(buffer.length() == 0 ? null : buffer.octets(), 0, buffer.length(), decoded);
            case NOTHING -> gap++ < CONCEALED_FRAMES ? codec.conceal(null, 0, 0, decoded) : -1;
        };
        if (count < 0 || available + count > waiting.length) {
            return false;
        }
        System.arraycopy(decoded, 0, waiting, available, count);
        available += count;
        return count > 0;
    }

    JitterBuffer buffer() {
        return buffer;
    }
}
