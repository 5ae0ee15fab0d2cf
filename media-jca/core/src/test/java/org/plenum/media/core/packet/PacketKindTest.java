/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketKindTest {
    @ParameterizedTest(name = "first octet {0} to {1}: {2}")
    @CsvSource({
        "0, 3, STUN",
        "4, 19, UNKNOWN",
        "20, 63, DTLS",
        "64, 79, TURN_CHANNEL",
        "80, 127, UNKNOWN",
        "128, 191, RTP",
        "192, 255, UNKNOWN"
    })
    void tellsTheKindByTheFirstOctet(int from, int to, PacketKind kind) {
        IntStream.rangeClosed(from, to).forEach(first -> assertEquals(kind, PacketKind.of(first, 0), "octet " + first));
    }

    @Test
    void tellsRtcpBySecondOctet192To223() {
        for (int second = 0; second < 256; second++) {
            PacketKind expected = second < 192 || second > 223 ? PacketKind.RTP : PacketKind.RTCP;
            assertEquals(expected, PacketKind.of(128, second), "octet " + second);
            assertEquals(expected, PacketKind.of(191, second), "octet " + second);
        }
    }

    @Test
    void readsAtTheOffset() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {22, (byte) 0x80, (byte) 200, 0});
        assertEquals(PacketKind.RTCP, PacketKind.of(buffer, 1, 3));
        assertEquals(PacketKind.RTCP, PacketKind.of(buffer, 1, 2));
        assertEquals(PacketKind.DTLS, PacketKind.of(buffer, 0, 4));
    }

    @Test
    void knowsNothingShorterThanTwoOctets() {
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(ByteBuffer.allocate(0), 0, 0));
        assertEquals(PacketKind.UNKNOWN, PacketKind.of(ByteBuffer.allocate(1), 0, 1));
    }
}
