/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import static org.junit.jupiter.api.Assertions.*;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpViewTest {
    // V=2 X=1 M=1 PT=96 seq=65535 ts=1 ssrc=cafebabe, extension id 3 with two bytes, payload "hi"
    private static final byte[] PACKET =
            HexFormat.of().parseHex("90e0ffff00000001cafebabe" + "bede0001" + "31aabb00" + "6869");
    private final RtpView view = new RtpView();

    @Test
    void readsHeaderAndExtensionInPlace() {
        ByteBuffer b = ByteBuffer.wrap(PACKET);
        assertTrue(view.wrap(b, 0, PACKET.length));
        assertEquals(65535, view.sequenceNumber());
        assertEquals(20, view.payloadOffset());
        assertEquals((byte) 0xaa, b.get(view.extension(3)));
        assertEquals(RtpView.ABSENT, view.extension(4));
    }

    @Test
    void refusesEveryTruncatedPrefixOfTheHeader() {
        for (int length = 0; length < 20; length++) {
            assertFalse(view.wrap(ByteBuffer.wrap(PACKET, 0, length).slice(), 0, length), "length " + length);
        }
    }

    @Test
    void survivesAMillionRandomDatagrams() {
        var random = new Random(42);
        var bytes = new byte[64];
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
            if (i % 2 == 0) { // half of the inputs get past the outer checks, or the fuzzing fuzzes nothing
                bytes[0] = (byte) 0x90;
                bytes[12] = (byte) 0xBE;
                bytes[13] = (byte) 0xDE;
                bytes[14] = 0;
                bytes[15] &= 0x07;
            }
            int length = random.nextInt(65);
            var b = ByteBuffer.wrap(bytes, 0, length).slice();
            if (view.wrap(b, 0, length)) {
                int data = view.extension(1 + random.nextInt(14));
                assertTrue(data == RtpView.ABSENT || data + (b.get(data - 1) & 0x0F) < view.payloadOffset());
                assertTrue(view.payloadOffset() <= length);
            }
        }
    }

    @Test
    void allocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer b = ByteBuffer.allocateDirect(64).put(PACKET);
        long sum = run(b, 10_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += run(b, 1_000_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(sum != 0);
        System.out.println("allocated bytes in 1e6 packets: " + allocated);
        assertTrue(allocated < 1_000, allocated + " bytes");
    }

    private long run(ByteBuffer b, int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            view.wrap(b, 0, PACKET.length);
            view.sequenceNumber(i);
            sum += view.sequenceNumber() + view.extension(3);
        }
        return sum;
    }
}
