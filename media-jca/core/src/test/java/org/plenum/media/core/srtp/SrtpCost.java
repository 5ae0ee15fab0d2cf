/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints what a packet costs: run by hand, its figures go to docs/. */
public final class SrtpCost {
    private static final int PACKETS = 200_000;

    private SrtpCost() {}

    public static void main(String[] args) {
        System.out.println("java " + Runtime.version() + ", ns and allocated octets per packet");
        for (SrtpProfile profile : SrtpProfile.values()) {
            for (int size : new int[] {120, 1_200}) {
                for (int round = 0; round < 3; round++) {
                    measure(profile, size, round == 2);
                }
            }
        }
    }

    private static void measure(SrtpProfile profile, int size, boolean print) {
        byte[] exported = new byte[profile.keyingMaterialLength()];
        SrtpContext client = new SrtpContext(profile, exported, true);
        SrtpContext server = new SrtpContext(profile, exported, false);
        byte[] packet = new byte[size + SrtpContext.MAX_OVERHEAD];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ns = new long[2];
        long[] octets = new long[2];
        for (int i = 0; i < PACKETS; i++) {
            packet[0] = (byte) 0x80;
            packet[2] = (byte) (i >> 8);
            packet[3] = (byte) i;
            long octets0 = threads.getCurrentThreadAllocatedBytes();
            long t0 = System.nanoTime();
            int length = client.protectRtp(packet, 0, size);
            long t1 = System.nanoTime();
            long octets1 = threads.getCurrentThreadAllocatedBytes();
            int plain = server.unprotectRtp(packet, 0, length);
            long t2 = System.nanoTime();
            long octets2 = threads.getCurrentThreadAllocatedBytes();
            if (plain != size) {
                throw new IllegalStateException("packet " + i + ": " + plain);
            }
            ns[0] += t1 - t0;
            ns[1] += t2 - t1;
            octets[0] += octets1 - octets0;
            octets[1] += octets2 - octets1;
        }
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %5d octets: protect %6d ns %5d B, unprotect %6d ns %5d B%n",
                    profile,
                    size,
                    ns[0] / PACKETS,
                    octets[0] / PACKETS,
                    ns[1] / PACKETS,
                    octets[1] / PACKETS);
        }
    }
}
