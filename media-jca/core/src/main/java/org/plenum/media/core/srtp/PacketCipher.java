/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

/**
 * The transform of one direction under one set of session keys. Works in place; lengths were checked by the caller, who also
 * sees to it that no index is used twice. One thread at a time.
 */
interface PacketCipher {
    /** Octets that {@link #sealRtp} appends. */
    int rtpOverhead();

    /** Octets that {@link #sealRtcp} appends. */
    int rtcpOverhead();

    /** Reads from memory what {@link #sealRtp} will need. @return something that depends on it */
    int fetch();

    /**
     * @param headerLength what stays readable, with header extension
     * @param length of the plain packet; the overhead goes behind it
     * @param index of 48 bits: rollover counter and sequence number
     */
    void sealRtp(byte[] packet, int offset, int headerLength, int length, long index);

    /**
     * @param length with the overhead
     * @return false when the packet is not authentic; its content is then undefined
     */
    boolean openRtp(byte[] packet, int offset, int headerLength, int length, long index);

    /** @param index of 31 bits, written into the packet */
    void sealRtcp(byte[] packet, int offset, int length, int index);

    /** The index that a protected RTCP packet names, not yet authenticated; E flag in the highest bit. */
    int rtcpIndexWord(byte[] packet, int offset, int length);

    boolean openRtcp(byte[] packet, int offset, int length);
}
