/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import java.nio.ByteBuffer;

/** The payload format of retransmissions (RFC 4588 section 4): the original sequence number, then the original payload. */
public final class Rtx {
    /** Octets of the original sequence number. */
    public static final int OSN = 2;

    private Rtx() {}

    /**
     * Makes a plain packet that is ready to be sent into its retransmission: the payload moves by two octets, the original
     * sequence number takes their place. The buffer must have room for them behind the packet.
     *
     * @param packet gets the numbers of the rtx stream; its window must be wrapped again, {@link #OSN} longer
     * @return the new length
     */
    public static int encapsulate(RtpView packet, int rtxPayloadType, int rtxSequenceNumber, long rtxSsrc) {
        ByteBuffer buffer = packet.buffer();
        int payload = packet.payloadOffset();
        for (int i = payload + packet.payloadLength() - 1; i >= payload; i--) {
            buffer.put(i + OSN, buffer.get(i));
        }
        buffer.putShort(payload, (short) packet.sequenceNumber());
        packet.payloadType(rtxPayloadType);
        packet.sequenceNumber(rtxSequenceNumber);
        packet.ssrc(rtxSsrc);
        return packet.length() + OSN;
    }

    /**
     * Gives back the packet that a retransmission carries, in place: the header moves over the original sequence number.
     *
     * @param packet decrypted, without padding; afterwards it shows the original
     * @return false when there is nothing inside, as in packets that only probe the path
     */
    public static boolean restore(RtpView packet, int payloadType, long ssrc) {
        if (packet.payloadLength() < OSN) {
            return false;
        }
        ByteBuffer buffer = packet.buffer();
        int start = packet.offset();
        short original = buffer.getShort(packet.payloadOffset());
        for (int i = packet.payloadOffset() - 1; i >= start; i--) {
            buffer.put(i + OSN, buffer.get(i));
        }
        int length = packet.length() - OSN;
        packet.wrap(buffer, start + OSN, length); // same header, so it fits
        packet.payloadType(payloadType);
        packet.sequenceNumber(original);
        packet.ssrc(ssrc);
        return true;
    }
}
