/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

/** SRTP that neither encrypts nor allocates: with it a test counts what our own code allocates on the way of a packet. */
public final class NullSrtp implements PacketCipher {
    private static final int TAG = 10;

    /** A context whose packets only grow by a tag of zeros. */
    public static SrtpContext context() {
        return new SrtpContext(new NullSrtp(), new NullSrtp(), SrtpContext.Limits.DEFAULT);
    }

    @Override
    public int fetch() {
        return 0;
    }

    @Override
    public int rtpOverhead() {
        return TAG;
    }

    @Override
    public int rtcpOverhead() {
        return TAG + 4;
    }

    @Override
    public void sealRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        java.util.Arrays.fill(packet, offset + length, offset + length + TAG, (byte) 0);
    }

    @Override
    public boolean openRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        return true;
    }

    @Override
    public void sealRtcp(byte[] packet, int offset, int length, int index) {
        Octets.putInt(packet, offset + length + TAG, index);
    }

    @Override
    public int rtcpIndexWord(byte[] packet, int offset, int length) {
        return Octets.intAt(packet, offset + length - 4);
    }

    @Override
    public boolean openRtcp(byte[] packet, int offset, int length) {
        return true;
    }
}
