/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.audio;

/** ITU-T G.711: one octet a sample at 8 kHz, companded by the A-law or the mu-law. */
public final class G711 {
    private static final int A_LAW_MASK = 0x55; // alternate bits are inverted on the line
    private static final int BIAS = 0x84;
    private static final int MU_CLIP = 32_635;
    private static final short[] A_LAW = new short[256];
    private static final short[] MU_LAW = new short[256];
    private static final byte[] TO_A_LAW = new byte[1 << 13]; // by the upper 13 bits of a sample
    private static final byte[] TO_MU_LAW = new byte[1 << 14]; // by the upper 14 bits of a sample

    static {
        for (int octet = 0; octet < 256; octet++) {
            A_LAW[octet] = expandA(octet);
            MU_LAW[octet] = expandMu(octet);
        }
        for (int i = 0; i < TO_A_LAW.length; i++) {
            TO_A_LAW[i] = compressA((short) (i << 3) >> 3);
        }
        for (int i = 0; i < TO_MU_LAW.length; i++) {
            TO_MU_LAW[i] = compressMu((short) (i << 2));
        }
    }

    private G711() {}

    private static short expandA(int octet) {
        int code = octet ^ A_LAW_MASK;
        int segment = code >> 4 & 7;
        int magnitude = ((code & 0xF) << 4) + 8;
        if (segment > 0) {
            magnitude = magnitude + 0x100 << segment - 1;
        }
        return (short) ((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static short expandMu(int octet) {
        int code = ~octet;
        int magnitude = (((code & 0xF) << 3) + BIAS << (code >> 4 & 7)) - BIAS;
        return (short) ((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static byte compressA(int sample13) {
        int sign = sample13 >= 0 ? 0x80 : 0;
        int magnitude = sample13 >= 0 ? sample13 : -sample13 - 1;
        int segment = Math.max(0, 32 - Integer.numberOfLeadingZeros(magnitude >> 5));
        int step = segment < 2 ? magnitude >> 1 & 0xF : magnitude >> segment & 0xF;
        return (byte) ((sign | segment << 4 | step) ^ A_LAW_MASK);
    }

    private static byte compressMu(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), MU_CLIP) + BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        return (byte) ~(sign | segment << 4 | magnitude >> segment + 3 & 0xF);
    }

    static short decodeA(byte octet) {
        return A_LAW[octet & 0xFF];
    }

    static short decodeMu(byte octet) {
        return MU_LAW[octet & 0xFF];
    }

    static byte encodeA(short sample) {
        return TO_A_LAW[(sample & 0xFFFF) >> 3];
    }

    static byte encodeMu(short sample) {
        return TO_MU_LAW[(sample & 0xFFFF) >> 2];
    }
}
