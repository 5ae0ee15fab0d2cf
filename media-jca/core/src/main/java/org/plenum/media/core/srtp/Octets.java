/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
final class Octets {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int intAt(byte[] octets, int at) {
        return (int) INT.get(octets, at);
    }

    static void putInt(byte[] octets, int at, int value) {
        INT.set(octets, at, value);
    }

    static int shortAt(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }
}
