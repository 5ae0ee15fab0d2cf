/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plenum.media.core.sim.Simulation;

/** Minutes of stream over a bad path, in virtual time: three rounds of the sequence number. */
class SrtpStreamTest {
    private static final long MS = 1_000_000;
    private static final int PACKETS = 200_000;
    private static final int OUTAGE_FROM = 55_000; // 20,000 packets vanish, and the first wrap with them
    private static final int OUTAGE_TO = 75_000;

    private final byte[] material = new byte[60];
    private final BitSet received = new BitSet();
    private int duplicates;
    private int refusedDuplicates;

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"AEAD_AES_128_GCM, 1", "AEAD_AES_128_GCM, 2", "AES128_CM_HMAC_SHA1_80, 3", "AES128_CM_HMAC_SHA1_80, 4"})
    void everyPacketIsOpenedOnceUnderLossReorderingAndWraps(SrtpProfile profile, long seed) {
        byte[] exported = Arrays.copyOf(material, profile.keyingMaterialLength());
        SrtpContext sender = new SrtpContext(profile, exported, false);
        SrtpContext receiver = new SrtpContext(profile, exported, true);
        Simulation sim = new Simulation(seed);
        Random jitter = new Random(seed);
        BitSet sent = new BitSet();

        for (int i = 0; i < PACKETS; i++) {
            int extended = i + 20_000;
            // the sender forwards what others send: late repairs leave out of order, too
            long leaves = i * MS + (jitter.nextInt(50) == 0 ? jitter.nextInt(400) * MS : 0);
            sim.at(leaves, () -> {
                byte[] packet = protect(sender, extended);
                if (extended >= OUTAGE_FROM && extended < OUTAGE_TO) {
                    return;
                }
                sent.set(extended);
                int copies = jitter.nextInt(20) == 0 ? 2 : 1;
                for (int copy = 0; copy < copies; copy++) {
                    sim.send(20 * MS + jitter.nextInt(200) * MS, 0.05, () -> arrive(receiver, packet, extended));
                }
            });
        }
        sim.runUntil(PACKETS * MS + 2_000 * MS);

        assertEquals(0, receiver.count(SrtpContext.NOT_AUTHENTIC), "no rollover counter was guessed wrong");
        assertEquals(0, receiver.count(SrtpContext.TOO_OLD));
        assertEquals(duplicates, refusedDuplicates);
        assertEquals(duplicates, receiver.count(SrtpContext.REPLAYED));
        assertTrue(duplicates > 1_000, duplicates + " duplicates");
        assertTrue(received.cardinality() > 0.9 * sent.cardinality());
    }

    private static byte[] protect(SrtpContext sender, int extended) {
        ByteBuffer b = ByteBuffer.allocate(36);
        b.putShort((short) 0x8060)
                .putShort((short) extended)
                .putInt(extended)
                .putInt(1)
                .putLong(extended);
        int length = sender.protectRtp(b, 0, 20);
        assertTrue(length > 0, "packet " + extended + ": " + length);
        return Arrays.copyOf(b.array(), length);
    }

    private void arrive(SrtpContext receiver, byte[] packet, int extended) {
        boolean again = received.get(extended);
        received.set(extended);
        byte[] copy = packet.clone();
        int result = receiver.unprotectRtp(copy, 0, copy.length);
        if (again) {
            duplicates++;
            refusedDuplicates += result == SrtpContext.REPLAYED ? 1 : 0;
        } else {
            assertEquals(20, result, "packet " + extended);
            assertEquals(extended, ByteBuffer.wrap(copy).getLong(12));
        }
    }
}
