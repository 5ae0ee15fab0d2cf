/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in Galois counter mode with a tag of 128 bits (RFC 7714).
 *
 * <pre>
 *   RTP    header | encrypted payload, tag
 *   RTCP   header and SSRC | encrypted rest, tag | E, index
 * </pre>
 *
 * Associated data is the RTP header, or header, SSRC and index of RTCP, with all of an RTCP packet that is not encrypted
 * (sections 7.1, 9.2 and 9.3).
 */
final class AesGcm implements PacketCipher {
    private static final int TAG = 16;
    private static final int TAG_BITS = 128;
    private static final int INDEX = 4;
    private static final int RTCP_HEADER = 8;
    private static final int ENCRYPTED = 0x8000_0000; // E flag (RFC 3711 section 3.4)

    /** RTP and RTCP differ in their keys. */
    private static final class Half {
        final Cipher aes;
        final SecretKeySpec key;
        final byte[] salt;
        final byte[] iv = new byte[12];

        Half(SrtpKeys.Session keys) throws GeneralSecurityException {
            aes = Cipher.getInstance("AES/GCM/NoPadding");
            key = new SecretKeySpec(keys.key(), "AES");
            salt = keys.salt();
        }

        /** IV = (two zero octets, SSRC, index of 48 bits) xor salt (RFC 7714 sections 8.1 and 9.1). */
        void init(int mode, int ssrc, long index) throws GeneralSecurityException {
            System.arraycopy(salt, 0, iv, 0, iv.length);
            Octets.putInt(iv, 2, Octets.intAt(iv, 2) ^ ssrc);
            Octets.putInt(iv, 6, Octets.intAt(iv, 6) ^ (int) (index >>> 16));
            iv[10] ^= (byte) (index >>> 8);
            iv[11] ^= (byte) index;
            aes.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        }
    }

    private final Half rtp;
    private final Half rtcp;

    AesGcm(SrtpKeys.Session rtp, SrtpKeys.Session rtcp) {
        try {
            this.rtp = new Half(rtp);
            this.rtcp = new Half(rtcp);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("this Java platform lacks AES/GCM", cause);
        }
    }

    @Override
    public int rtpOverhead() {
        return TAG;
    }

    @Override
    public int rtcpOverhead() {
        return TAG + INDEX;
    }

    @Override
    public int fetch() {
        return rtp.salt[0] + rtp.iv[0] + rtp.aes.getBlockSize();
    }

    @Override
    public void sealRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        int payload = offset + headerLength;
        try {
            rtp.init(Cipher.ENCRYPT_MODE, Octets.intAt(packet, offset + 8), index);
            rtp.aes.updateAAD(packet, offset, headerLength);
            rtp.aes.doFinal(packet, payload, length - headerLength, packet, payload);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("an index was used twice, or there is no room for the tag", cause);
        }
    }

    @Override
    public boolean openRtp(byte[] packet, int offset, int headerLength, int length, long index) {
        int payload = offset + headerLength;
        try {
            rtp.init(Cipher.DECRYPT_MODE, Octets.intAt(packet, offset + 8), index);
            rtp.aes.updateAAD(packet, offset, headerLength);
            rtp.aes.doFinal(packet, payload, length - headerLength, packet, payload);
            return true;
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("decryption takes any input as long as a tag", cause);
        }
    }

    @Override
    public void sealRtcp(byte[] packet, int offset, int length, int index) {
        int body = offset + RTCP_HEADER;
        int word = offset + length + TAG;
        Octets.putInt(packet, word, ENCRYPTED | index);
        try {
            rtcp.init(Cipher.ENCRYPT_MODE, Octets.intAt(packet, offset + 4), index);
            rtcp.aes.updateAAD(packet, offset, RTCP_HEADER);
            rtcp.aes.updateAAD(packet, word, INDEX);
            rtcp.aes.doFinal(packet, body, length - RTCP_HEADER, packet, body);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("an index was used twice, or there is no room for the tag", cause);
        }
    }

    @Override
    public int rtcpIndexWord(byte[] packet, int offset, int length) {
        return Octets.intAt(packet, offset + length - INDEX);
    }

    @Override
    public boolean openRtcp(byte[] packet, int offset, int length) {
        int word = rtcpIndexWord(packet, offset, length);
        int clear = (word & ENCRYPTED) != 0 ? RTCP_HEADER : length - INDEX - TAG;
        try {
            rtcp.init(Cipher.DECRYPT_MODE, Octets.intAt(packet, offset + 4), word & ~ENCRYPTED);
            rtcp.aes.updateAAD(packet, offset, clear);
            rtcp.aes.updateAAD(packet, offset + length - INDEX, INDEX);
            rtcp.aes.doFinal(packet, offset + clear, length - INDEX - clear, packet, offset + clear);
            return true;
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("decryption takes any input as long as a tag", cause);
        }
    }
}
