/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** One way to put speech into RTP, both directions of one call. In and out go frames of 16 kHz. One thread. */
public interface PhoneCodec {
    /** The most samples that one packet decodes to: 120 ms. */
    int MOST_SAMPLES = 6 * Pcm.FRAME;

    /**
     * @param octets with the payload at {@code at}
     * @param samples takes up to {@link #MOST_SAMPLES} from index 0
     * @return how many samples; 0 or less: the payload is broken
     */
    int decode(byte[] octets, int at, int length, short[] samples);

    /**
     * Makes up the 20 ms of a lost packet.
     *
     * @param next the packet after it, for codecs that hide a copy there; null when it has not come
     * @return how many samples
     */
    int conceal(byte[] next, int at, int length, short[] samples);

    /**
     * @param frame of {@link Pcm#FRAME} samples
     * @param octets takes the payload from {@code at}
     * @return its length
     */
    int encode(short[] frame, byte[] octets, int at);

    /** RTP clock of the codec; for G.722 it is 8000, whatever it samples (RFC 3551 section 4.5.2). */
    int clockRate();
}
