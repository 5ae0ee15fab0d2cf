/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StunWriterTest {
    private static final byte[] ID = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");
    private final StunIntegrity key = new StunIntegrity("VOkJxbRl1RmTxUk/WvJxBt".getBytes(US_ASCII));
    private final ByteBuffer out = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
    private final StunWriter writer = new StunWriter();
    private final StunView view = new StunView();

    private void wrap() {
        assertEquals(0, out.position());
        assertTrue(view.wrap(out.slice(), 0, out.limit()));
        assertTrue(view.fingerprintIsRight());
    }

    private String hex() {
        return HexFormat.of().formatHex(out.array(), 0, out.limit());
    }

    @Test
    void writesTheMappedAddressesOfRfc5769() {
        writer.begin(out, StunView.BINDING_SUCCESS, ID)
                .xorMappedAddress(new byte[] {(byte) 192, 0, 2, 1}, 32853)
                .integrity(key)
                .end();
        assertTrue(hex().startsWith("0101002c2112a442b7e7a701bc34d686fa87dfae002000080001a147e112a64300080014"), hex());
        wrap();
        assertTrue(key.verify(view));

        byte[] six = HexFormat.of().parseHex("20010db8123456780011223344556677");
        writer.begin(out, StunView.BINDING_SUCCESS, ID)
                .xorMappedAddress(six, 32853)
                .integrity(key)
                .end();
        assertTrue(hex().contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"), hex());
        wrap();
        assertArrayEquals(six, view.mappedAddress());
        assertEquals(32853, view.mappedPort());
    }

    @Test
    void writesACheckThatAReaderUnderstands() {
        writer.begin(out, StunView.BINDING_REQUEST, ID)
                .username("evtj:h6vYz".getBytes(US_ASCII))
                .priority(4_000_000_000L)
                .iceControlling(-2)
                .useCandidate()
                .integrity(key)
                .end();
        wrap();
        assertEquals(StunView.BINDING_REQUEST, view.type());
        assertTrue(view.usernameIs("evtj".getBytes(US_ASCII), "h6vYz".getBytes(US_ASCII)));
        assertEquals(4_000_000_000L, view.priority());
        assertTrue(view.iceControlling());
        assertFalse(view.iceControlled());
        assertEquals(-2, view.tieBreaker());
        assertTrue(view.useCandidate());
        assertTrue(key.verify(view));

        writer.begin(out, StunView.BINDING_REQUEST, ID).iceControlled(7).end();
        wrap();
        assertTrue(view.iceControlled());
        assertEquals(7, view.tieBreaker());
        assertFalse(key.verify(view), "no integrity");
    }

    @Test
    void answersUnderTheTransactionOfTheRequest() {
        writer.begin(out, StunView.BINDING_REQUEST, ID).priority(1).end();
        wrap();
        ByteBuffer answer = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        writer.begin(answer, StunView.BINDING_ERROR, view).errorCode(487).end();
        StunView read = new StunView();
        assertTrue(read.wrap(answer, 0, answer.limit()));
        byte[] id = new byte[12];
        read.transactionId(id);
        assertArrayEquals(ID, id);
        assertEquals(487, read.errorCode());
        assertEquals(StunView.BINDING_ERROR, read.type());
    }

    @Test
    void namesUnknownAttributesAndPads() {
        byte[] request = HexFormat.of()
                .parseHex("0001000c2112a442b7e7a701bc34d686fa87dfae" + "7ffe0000" + "7ffd0000" + "7ffc0000");
        assertTrue(view.wrap(ByteBuffer.wrap(request), 0, request.length));
        writer.begin(out, StunView.BINDING_ERROR, view)
                .errorCode(420)
                .unknownAttributes(view)
                .end();
        assertTrue(hex().contains("0009000400000414" + "000a00067ffe7ffd7ffc0000"), hex());
        wrap();
        assertEquals(420, view.errorCode());
    }
}
