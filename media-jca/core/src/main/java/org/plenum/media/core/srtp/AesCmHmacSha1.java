/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 3711 section 4.1.1, RFC 6188) with an HMAC-SHA1 tag (RFC 3711 section 4.2.1) of 80 bits, or of 32 for RTP only
 * (RFC 4568 section 6.2.2).
 *
 * <pre>
 *   RTP    header | encrypted payload | tag
 *   RTCP   header and SSRC | encrypted rest | E, index | tag
 * </pre>
 *
 * The tag covers all that stands before it, for RTP also the rollover counter, which is not sent.
 */
final class AesCmHmacSha1 implements PacketCipher {
    private static final int RTCP_TAG = 10;
    private static final int INDEX = 4;
    private static final int CHUNK = 2048;
    private static final int RTCP_HEADER = 8;
    private static final int ENCRYPTED = 0x8000_0000; // E flag (RFC 3711 section 3.4)

    /** RTP and RTCP differ in their keys. */
    private static final class Half {
        final Cipher aes;
        final SecretKeySpec key;
        final Mac mac;
        final byte[] salt;
        final byte[] iv = new byte[16]; // the last two octets count blocks and begin at 0
        final byte[] tag = new byte[20];
        final byte[] output = new byte[CHUNK];

        Half(SrtpKeys.Session keys) throws GeneralSecurityException {
            aes = Cipher.getInstance("AES/CTR/NoPadding");
            key = new SecretKeySpec(keys.key(), "AES");
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
            salt = keys.salt();
        }

        /** IV = salt * 2^16 xor SSRC * 2^64 xor index * 2^16 (RFC 3711 section 4.1.1). Encrypts and decrypts. */
        void crypt(byte[] packet, int offset, int length, int ssrc, long index) {
            System.arraycopy(salt, 0, iv, 0, salt.length);
            Octets.putInt(iv, 4, Octets.intAt(iv, 4) ^ ssrc);
            Octets.putInt(iv, 8, Octets.intAt(iv, 8) ^ (int) (index >>> 16));
            iv[12] ^= (byte) (index >>> 8);
            iv[13] ^= (byte) index;
            try {
                aes.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                int end = offset + length;
                for (int at = offset; at < end; at += CHUNK) { // once, unless something longer than a datagram comes
                    int size = Math.min(CHUNK, end - at);
                    aes.update(packet, at, size, output, 0); // in place the JDK would allocate a copy of the input
                    System.arraycopy(output, 0, packet, at, size);
                }
            } catch (GeneralSecurityException cause) {
                throw new IllegalStateException("counter mode takes any input", cause);
            }
        }

        void tag() {
            try {
                mac.doFinal(tag, 0);
            } catch (GeneralSecurityException cause) {
                throw new IllegalStateException("the target holds 20 octets", cause);
            }
        }

        boolean tagIs(byte[] packet, int at, int length) { // in constant time
            int difference = 0;
            for (int i = 0; i < length; i++) {
                difference |= tag[i] ^ packet[at + i];
            }
            return difference == 0;
        }
    }

    private final Half rtp;
    private final Half rtcp;
    private final int rtpTag;
    private final byte[] rollover = new byte[4];

    /** @param rtpTag octets of RTP's tag */
    AesCmHmacSha1(SrtpKeys.Session rtp, SrtpKeys.Session rtcp, int rtpTag) {
        this.rtpTag = rtpTag;
        try {
            this.rtp = new Half(rtp);
            this.rtcp = new Half(rtcp);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("this Java platform lacks AES/CTR or HmacSHA1", cause);
        }
    }

    @Override
    public int rtpOverhead() {
        return rtpTag;
    }

    @Override
    public int rtcpOverhead() {
        return INDEX + RTCP_TAG;
    }

    @Override
    public int fetch() {
        return rtp.salt[0] + rtp.iv[0] + rtp.tag[0] + rtp.output[0] + rtp.aes.getBlockSize() + rtp.mac.getMacLength();
    }

    @Override
    public void sealRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        rtp.crypt(packet, offset + headerLength, length - headerLength, Octets.intAt(packet, offset + 8), index);
        authenticateRtp(packet, offset, length, index);
        System.arraycopy(rtp.tag, 0, packet, offset + length, rtpTag);
    }

    @Override
    public boolean openRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        int plain = length - rtpTag;
        authenticateRtp(packet, offset, plain, index);
        if (!rtp.tagIs(packet, offset + plain, rtpTag)) {
            return false;
        }
        rtp.crypt(packet, offset + headerLength, plain - headerLength, Octets.intAt(packet, offset + 8), index);
        return true;
    }

    private void authenticateRtp(byte[] packet, int offset, int length, long index) {
        Octets.putInt(rollover, 0, (int) (index >>> 16));
        rtp.mac.update(packet, offset, length);
        rtp.mac.update(rollover, 0, 4);
        rtp.tag();
    }

    @Override
    public void sealRtcp(byte[] packet, int offset, int length, int index) {
        rtcp.crypt(packet, offset + RTCP_HEADER, length - RTCP_HEADER, Octets.intAt(packet, offset + 4), index);
        Octets.putInt(packet, offset + length, ENCRYPTED | index);
        rtcp.mac.update(packet, offset, length + INDEX);
        rtcp.tag();
        System.arraycopy(rtcp.tag, 0, packet, offset + length + INDEX, RTCP_TAG);
    }

    @Override
    public int rtcpIndexWord(byte[] packet, int offset, int length) {
        return Octets.intAt(packet, offset + length - RTCP_TAG - INDEX);
    }

    @Override
    public boolean openRtcp(byte[] packet, int offset, int length) {
        rtcp.mac.update(packet, offset, length - RTCP_TAG);
        rtcp.tag();
        if (!rtcp.tagIs(packet, offset + length - RTCP_TAG, RTCP_TAG)) {
            return false;
        }
        int word = rtcpIndexWord(packet, offset, length);
        if ((word & ENCRYPTED) != 0) {
            int plain = length - RTCP_TAG - INDEX;
            rtcp.crypt(
                    packet,
                    offset + RTCP_HEADER,
                    plain - RTCP_HEADER,
                    Octets.intAt(packet, offset + 4),
                    word & ~ENCRYPTED);
        }
        return true;
    }
}
