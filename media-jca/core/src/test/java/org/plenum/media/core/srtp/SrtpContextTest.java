/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.srtp.SrtpContext.Limits;

class SrtpContextTest {
    private static final int SSRC = 0xCAFEBABE;

    private static byte[] exported(SrtpProfile profile) {
        byte[] material = new byte[profile.keyingMaterialLength()];
        new Random(1).nextBytes(material);
        return material;
    }

    private static SrtpContext client(SrtpProfile profile) {
        return new SrtpContext(profile, exported(profile), true);
    }

    private static SrtpContext server(SrtpProfile profile) {
        return new SrtpContext(profile, exported(profile), false);
    }

    private static SrtpContext limited(SrtpProfile profile, int inbound, int outbound) {
        byte[] material = exported(profile);
        return new SrtpContext(
                SrtpKeys.of(profile, material, true),
                SrtpKeys.of(profile, material, false),
                new Limits(inbound, outbound));
    }

    /** 20 octets of RTP with a payload that depends on the number, and room behind it. */
    /** Index and tag: RTCP has the long tag where RTP has the short one (RFC 4568 section 6.2.2). */
    private static int rtcpOverhead(SrtpProfile profile) {
        return 4 + Math.max(10, profile.tagLength());
    }

    private static byte[] rtp(int ssrc, int sequenceNumber) {
        ByteBuffer b = ByteBuffer.allocate(20 + SrtpContext.MAX_OVERHEAD);
        b.put((byte) 0x80).put((byte) 96).putShort((short) sequenceNumber).putInt(sequenceNumber * 90);
        return b.putInt(ssrc).putLong(31L * sequenceNumber).array();
    }

    private static byte[] rtcp(int ssrc) {
        ByteBuffer b = ByteBuffer.allocate(16 + SrtpContext.MAX_OVERHEAD);
        return b.put((byte) 0x81)
                .put((byte) 206)
                .putShort((short) 3)
                .putInt(ssrc)
                .putLong(77)
                .array();
    }

    private static byte[] sealed(SrtpContext sender, int ssrc, int sequenceNumber) {
        byte[] packet = rtp(ssrc, sequenceNumber);
        int length = sender.protectRtp(packet, 0, 20);
        assertTrue(length > 0, "code " + length);
        return Arrays.copyOf(packet, length);
    }

    private static int opened(SrtpContext receiver, byte[] sealed) {
        byte[] copy = sealed.clone();
        int result = receiver.unprotectRtp(copy, 0, copy.length);
        if (result > 0) {
            byte[] plain = rtp(Octets.intAt(copy, 8), Octets.shortAt(copy, 2));
            assertArrayEquals(Arrays.copyOf(plain, 20), Arrays.copyOf(copy, result));
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void eachSideReadsTheOtherAndNotItself(SrtpProfile profile) {
        byte[] packet = sealed(client(profile), SSRC, 1);
        assertEquals(20 + profile.tagLength(), packet.length);
        assertEquals(20, opened(server(profile), packet));
        assertEquals(SrtpContext.NOT_AUTHENTIC, opened(client(profile), packet));
        assertEquals(20, opened(client(profile), sealed(server(profile), SSRC, 1)));

        byte[] control = rtcp(SSRC);
        int length = client(profile).protectRtcp(control, 0, 16);
        assertEquals(16 + rtcpOverhead(profile), length);
        assertFalse(Arrays.equals(rtcp(SSRC), 0, 16, control, 0, 16), "encrypted");
        assertEquals(SrtpContext.NOT_AUTHENTIC, client(profile).unprotectRtcp(control.clone(), 0, length));
        assertEquals(16, server(profile).unprotectRtcp(control, 0, length));
        assertArrayEquals(Arrays.copyOf(rtcp(SSRC), 16), Arrays.copyOf(control, 16));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void worksInHeapAndDirectBuffersAtAnyOffset(SrtpProfile profile) {
        ByteBuffer[] buffers = {
            ByteBuffer.allocate(100),
            ByteBuffer.allocateDirect(100),
            ByteBuffer.allocate(120).position(20).slice()
        };
        byte[] expected = sealed(client(profile), SSRC, 5);
        for (ByteBuffer buffer : buffers) {
            buffer.put(7, rtp(SSRC, 5), 0, 20);
            assertEquals(expected.length, client(profile).protectRtp(buffer, 7, 20));
            byte[] found = new byte[expected.length];
            buffer.get(7, found);
            assertArrayEquals(expected, found);
            assertEquals(20, server(profile).unprotectRtp(buffer, 7, expected.length));
            buffer.get(7, found, 0, 20);
            assertArrayEquals(Arrays.copyOf(rtp(SSRC, 5), 20), Arrays.copyOf(found, 20));

            buffer.put(7, rtcp(SSRC), 0, 16);
            int length = client(profile).protectRtcp(buffer, 7, 16);
            assertEquals(16 + rtcpOverhead(profile), length);
            assertEquals(16, server(profile).unprotectRtcp(buffer, 7, length));
            buffer.get(7, found, 0, 16);
            assertArrayEquals(Arrays.copyOf(rtcp(SSRC), 16), Arrays.copyOf(found, 16));
            assertEquals(0, buffer.position());
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesAReplayWithoutHarm(SrtpProfile profile) {
        SrtpContext sender = client(profile);
        SrtpContext receiver = server(profile);
        byte[] first = sealed(sender, SSRC, 1);
        assertEquals(20, opened(receiver, first));
        for (int i = 0; i < 100; i++) {
            assertEquals(SrtpContext.REPLAYED, opened(receiver, first));
        }
        assertEquals(100, receiver.count(SrtpContext.REPLAYED));
        assertEquals(0, receiver.count(SrtpContext.NOT_AUTHENTIC));
        assertEquals(20, opened(receiver, sealed(sender, SSRC, 2)), "the stream goes on");
        sealed(sender, SSRC, 2_000);
        assertEquals(20, opened(receiver, sealed(sender, SSRC, 2_001)));
        assertEquals(SrtpContext.TOO_OLD, opened(receiver, first));
        assertEquals(1, receiver.count(SrtpContext.TOO_OLD));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesToUseAnIndexTwice(SrtpProfile profile) {
        SrtpContext sender = client(profile);
        sealed(sender, SSRC, 1);
        byte[] again = rtp(SSRC, 1);
        assertEquals(SrtpContext.REPLAYED, sender.protectRtp(again, 0, 20));
        assertArrayEquals(rtp(SSRC, 1), again, "left as it was");
        assertEquals(SrtpContext.REPLAYED, sender.protectRtp(again, 0, 20));
        sealed(sender, SSRC + 1, 1);
        sealed(sender, SSRC, 2_000);
        assertEquals(SrtpContext.TOO_OLD, sender.protectRtp(again, 0, 20));
        assertEquals(2, sender.count(SrtpContext.REPLAYED));
        assertEquals(1, sender.count(SrtpContext.TOO_OLD));
        assertEquals(SrtpContext.TOO_OLD, sender.protectRtp(rtp(SSRC, 65_000), 0, 20), "before the first");
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void lateRepairsAcrossTheWrapUseTheRolloverCounterOfTheirTime(SrtpProfile profile) {
        SrtpContext sender = client(profile);
        SrtpContext receiver = server(profile);
        int[] order = {30_000, 60_000, 65_530, 65_532, 65_535, 2, 65_531, 0, 1, 65_533, 300, 65_534, 32_000, 64_000, 10
        };
        for (int sequenceNumber : order) {
            assertEquals(20, opened(receiver, sealed(sender, SSRC, sequenceNumber)), "number " + sequenceNumber);
        }
        long rollover = receiver.inboundRtp.find(SSRC).window.highest() >>> 16;
        assertEquals(2, rollover, "10 follows 64000 of the second round");
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void forgeriesLeaveNoState(SrtpProfile profile) {
        SrtpContext receiver = server(profile);
        for (int i = 0; i < 500; i++) {
            assertEquals(SrtpContext.NOT_AUTHENTIC, receiver.unprotectRtp(rtp(i, i), 0, 40));
            assertEquals(SrtpContext.NOT_AUTHENTIC, receiver.unprotectRtcp(rtcp(i), 0, 36));
        }
        assertEquals(0, receiver.inboundRtp.size());
        assertEquals(0, receiver.inboundRtcp.size());
        assertEquals(1_000, receiver.count(SrtpContext.NOT_AUTHENTIC));
        SrtpContext sender = client(profile);
        sealed(sender, SSRC, 7);
        assertEquals(20, opened(receiver, sealed(sender, SSRC, 8)));
        byte[] forged = sealed(sender, SSRC, 9);
        forged[2] = 0x70; // far ahead: a rollover counter that moved would shut the stream out
        assertEquals(SrtpContext.NOT_AUTHENTIC, opened(receiver, forged));
        assertEquals(20, opened(receiver, sealed(sender, SSRC, 10)));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void mutantsAreRefused(SrtpProfile profile) {
        SrtpContext receiver = server(profile);
        byte[] good = sealed(client(profile), SSRC, 1);
        byte[] control = rtcp(SSRC);
        byte[] goodControl = Arrays.copyOf(control, client(profile).protectRtcp(control, 0, 16));
        Mutations.of(good, 21, mutant -> {
            mutant[0] = (byte) (0x80 | mutant[0] & 0x1F); // past the first check
            assertTrue(Arrays.equals(good, mutant) || receiver.unprotectRtp(mutant.clone(), 0, mutant.length) < 0);
        });
        Mutations.of(goodControl, 22, mutant -> {
            mutant[0] = (byte) (0x80 | mutant[0] & 0x1F);
            assertTrue(
                    Arrays.equals(goodControl, mutant) || receiver.unprotectRtcp(mutant.clone(), 0, mutant.length) < 0);
        });
        assertTrue(receiver.count(SrtpContext.NOT_AUTHENTIC) > Mutations.COUNT / 2);
        assertEquals(20, opened(receiver, good));
        assertEquals(16, receiver.unprotectRtcp(goodControl, 0, goodControl.length));
    }

    @Test
    void refusesWhatIsNoPacket() {
        SrtpContext context = NullSrtp.context();
        String[] malformed = {
            "", // as short as can be
            "806000010000000100000001".substring(0, 22), // 11 octets
            "406000010000000100000001", // version 1
            "c06000010000000100000001",
            "816000010000000100000001" + "000000", // a CSRC cut off
            "906000010000000100000001" + "bede00", // an extension cut off
            "906000010000000100000001" + "bede0001" + "000000"
        };
        for (String text : malformed) {
            byte[] packet = HexFormat.of().parseHex(text); // a read beyond its end would throw
            assertEquals(SrtpContext.MALFORMED, context.protectRtp(packet, 0, packet.length), text);
            assertEquals(SrtpContext.MALFORMED, context.unprotectRtp(packet, 0, packet.length), text);
            byte[] tagged = Arrays.copyOf(packet, packet.length + 10);
            assertEquals(SrtpContext.MALFORMED, context.unprotectRtp(tagged, 0, tagged.length), text);
        }
        assertEquals(21, context.count(SrtpContext.MALFORMED));
        byte[] empty = Arrays.copyOf(HexFormat.of().parseHex("906000010000000100000001" + "bede0000"), 26);
        assertEquals(26, NullSrtp.context().protectRtp(empty, 0, 16), "an extension without anything behind it");
        byte[] whole = Arrays.copyOf(
                HexFormat.of().parseHex("916000010000000100000001" + "00000002" + "bede000100000000"), 60);
        assertEquals(34, context.protectRtp(whole, 0, 24));
        whole[3]++;
        assertEquals(24, NullSrtp.context().unprotectRtp(whole, 0, 34));

        assertEquals(SrtpContext.MALFORMED, context.protectRtcp(rtcp(1), 0, 7));
        assertEquals(SrtpContext.MALFORMED, context.unprotectRtcp(rtcp(1), 0, 21));
        byte[] version = rtcp(1);
        version[0] = 0x41;
        assertEquals(SrtpContext.MALFORMED, context.protectRtcp(version, 0, 16));
        assertEquals(SrtpContext.MALFORMED, context.unprotectRtcp(version, 0, 30));
        assertEquals(22, context.protectRtcp(rtcp(1), 0, 8));
        assertEquals(8, context.unprotectRtcp(rtcp(1), 0, 22));
        assertEquals(25, context.count(SrtpContext.MALFORMED));
    }

    @Test
    void refusesWhatTravelsInNoDatagram() {
        SrtpContext context = NullSrtp.context();
        ByteBuffer large = ByteBuffer.allocateDirect(4_000);
        large.putLong(0, 0x8060000100000001L);
        assertEquals(SrtpContext.MALFORMED, context.protectRtp(large, 0, 2_049));
        assertEquals(SrtpContext.MALFORMED, context.unprotectRtp(large, 0, 2_049));
        assertEquals(SrtpContext.MALFORMED, context.protectRtcp(large, 0, 2_049));
        assertEquals(SrtpContext.MALFORMED, context.unprotectRtcp(large, 0, 2_049));
        assertEquals(2_058, context.protectRtp(large, 0, 2_048));
        assertEquals(2_062, context.protectRtcp(large, 0, 2_048));
        assertEquals(2_038, NullSrtp.context().unprotectRtp(large, 0, 2_048));
        assertEquals(2_034, NullSrtp.context().unprotectRtcp(large, 0, 2_048));
    }

    @Test
    void saysWhenThereIsNoRoom() {
        SrtpContext context = NullSrtp.context();
        byte[] tight = Arrays.copyOf(rtp(SSRC, 1), 29);
        assertEquals(SrtpContext.NO_ROOM, context.protectRtp(tight, 0, 20));
        assertEquals(30, context.protectRtp(Arrays.copyOf(tight, 30), 0, 20), "the index is still unused");
        assertEquals(SrtpContext.NO_ROOM, context.protectRtcp(Arrays.copyOf(rtcp(1), 29), 0, 16));
        assertEquals(30, context.protectRtcp(Arrays.copyOf(rtcp(1), 30), 0, 16));
        ByteBuffer limited = ByteBuffer.wrap(rtp(SSRC, 2)).limit(29);
        assertEquals(SrtpContext.NO_ROOM, context.protectRtp(limited, 0, 20));
        assertEquals(30, context.protectRtp(limited.limit(30), 0, 20));
        limited = ByteBuffer.wrap(rtcp(1)).limit(29);
        assertEquals(SrtpContext.NO_ROOM, context.protectRtcp(limited, 0, 16));
        assertEquals(30, context.protectRtcp(limited.limit(30), 0, 16));
        assertEquals(4, context.count(SrtpContext.NO_ROOM));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void touchesNothingBehindThePacket(SrtpProfile profile) {
        SrtpContext sender = client(profile);
        SrtpContext receiver = server(profile);
        int rtpLength = 20 + profile.tagLength();
        byte[] packet = Arrays.copyOf(rtp(SSRC, 1), rtpLength); // exactly the room it needs
        assertEquals(rtpLength, sender.protectRtp(packet, 0, 20));
        assertEquals(20, receiver.unprotectRtp(packet, 0, rtpLength));
        int length = 16 + rtcpOverhead(profile);
        byte[] control = Arrays.copyOf(rtcp(SSRC), length);
        assertEquals(length, sender.protectRtcp(control, 0, 16));
        assertEquals(16, receiver.unprotectRtcp(control, 0, length));

        byte[] between = new byte[3 * length];
        Arrays.fill(between, (byte) 0x55);
        System.arraycopy(rtcp(SSRC), 0, between, length, 16);
        assertEquals(length, sender.protectRtcp(between, length, 16));
        assertEquals(16, receiver.unprotectRtcp(between, length, length));
        for (int i = 0; i < length; i++) {
            assertEquals(0x55, between[i]);
            assertEquals(0x55, between[2 * length + i]);
        }
    }

    @Test
    void takesControlPacketsThatAreOnlyAuthenticated() throws Exception { // E flag 0, RFC 3711 section 3.4
        SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
        var keys = SrtpKeys.of(profile, exported(profile), true).session(true);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
        byte[] packet = Arrays.copyOf(rtcp(SSRC), 30);
        packet[19] = 9; // the index
        mac.update(packet, 0, 20);
        System.arraycopy(mac.doFinal(), 0, packet, 20, 10);
        SrtpContext receiver = server(profile);
        byte[] forged = packet.clone();
        forged[16] = (byte) 0x80;
        assertEquals(SrtpContext.NOT_AUTHENTIC, receiver.unprotectRtcp(forged, 0, 30));
        assertEquals(16, receiver.unprotectRtcp(packet, 0, 30));
        assertArrayEquals(Arrays.copyOf(rtcp(SSRC), 16), Arrays.copyOf(packet, 16));
        assertEquals(SrtpContext.REPLAYED, receiver.unprotectRtcp(packet, 0, 30));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void incomingStreamsBeyondTheLimitReplaceTheOneNotHeardLongest(SrtpProfile profile) {
        SrtpContext receiver = limited(profile, 4, 1);
        SrtpContext sender = client(profile);
        for (int ssrc = 1; ssrc <= 4; ssrc++) {
            assertEquals(20, opened(receiver, sealed(sender, ssrc, 1)));
        }
        assertEquals(20, opened(receiver, sealed(sender, 1, 2)));
        for (int ssrc = 5; ssrc < 1_000; ssrc++) {
            assertEquals(20, opened(receiver, sealed(sender, ssrc, 1)));
            assertEquals(20, opened(receiver, sealed(sender, 1, ssrc)), "who goes on sending is kept");
        }
        assertEquals(4, receiver.inboundRtp.size());
        for (int ssrc = 1; ssrc < 100; ssrc++) {
            byte[] control = rtcp(ssrc);
            assertEquals(16, receiver.unprotectRtcp(control, 0, sender.protectRtcp(control, 0, 16)));
        }
        assertEquals(4, receiver.inboundRtcp.size());
    }

    @Test
    void outgoingStreamsBeyondTheLimitAreRefused() {
        SrtpContext sender = limited(SrtpProfile.AEAD_AES_128_GCM, 1, 2);
        sealed(sender, 1, 1);
        sealed(sender, 2, 1);
        assertEquals(SrtpContext.TOO_MANY_STREAMS, sender.protectRtp(rtp(3, 1), 0, 20));
        assertEquals(1, sender.count(SrtpContext.TOO_MANY_STREAMS));
        sender.forgetOutbound(2);
        sealed(sender, 3, 1);
        sealed(sender, 1, 2);
    }

    @Test
    void aForgottenStreamBeginsAnew() {
        SrtpContext sender = client(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        SrtpContext receiver = server(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        byte[] packet = sealed(sender, SSRC, 1);
        byte[] control = rtcp(SSRC);
        int length = sender.protectRtcp(control, 0, 16);
        assertEquals(20, opened(receiver, packet));
        assertEquals(16, receiver.unprotectRtcp(control, 0, length));
        assertNotNull(receiver.inboundRtp.find(SSRC));
        receiver.forgetInbound(SSRC & 0xFFFFFFFFL);
        assertNull(receiver.inboundRtp.find(SSRC));
        assertNull(receiver.inboundRtcp.find(SSRC));
        assertEquals(20, opened(receiver, packet));
    }

    @Test
    void keysAreNotUsedBeyondTheirIndices() {
        SrtpContext sender = client(SrtpProfile.AEAD_AES_128_GCM);
        sender.nextRtcpIndex = Integer.MAX_VALUE;
        assertTrue(sender.protectRtcp(rtcp(SSRC), 0, 16) > 0);
        assertEquals(SrtpContext.KEYS_EXHAUSTED, sender.protectRtcp(rtcp(SSRC), 0, 16));
        sender.outboundRtp.add(SSRC).window.use((1L << 48) - 2);
        sealed(sender, SSRC, 0xFFFF);
        assertEquals(SrtpContext.KEYS_EXHAUSTED, sender.protectRtp(rtp(SSRC, 0), 0, 20));
        assertEquals(2, sender.count(SrtpContext.KEYS_EXHAUSTED));
    }

    @Test
    void oldControlPacketsAreRefused() {
        SrtpContext sender = client(SrtpProfile.AEAD_AES_128_GCM);
        SrtpContext receiver = server(SrtpProfile.AEAD_AES_128_GCM);
        byte[] old = rtcp(SSRC);
        int length = sender.protectRtcp(old, 0, 16);
        sender.nextRtcpIndex = 5_000;
        byte[] fresh = rtcp(SSRC);
        assertEquals(16, receiver.unprotectRtcp(fresh, 0, sender.protectRtcp(fresh, 0, 16)));
        assertEquals(SrtpContext.TOO_OLD, receiver.unprotectRtcp(old, 0, length));
    }

    @Test
    void keysFitTheirProfile() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        assertThrows(IllegalArgumentException.class, () -> new SrtpKeys(profile, new byte[16], new byte[14]));
        assertThrows(IllegalArgumentException.class, () -> new SrtpKeys(profile, new byte[15], new byte[12]));
        assertThrows(IllegalArgumentException.class, () -> SrtpKeys.of(profile, new byte[60], true));
    }

    @Test
    void ourOwnCodeAllocatesNothing() {
        SrtpContext sender = NullSrtp.context();
        SrtpContext receiver = NullSrtp.context();
        byte[] packet = rtp(SSRC, 0);
        ByteBuffer control = ByteBuffer.allocateDirect(60).put(0, rtcp(SSRC), 0, 16);
        int[] next = {0};
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 100_000; i++, next[0]++) {
                packet[2] = (byte) (next[0] >> 8);
                packet[3] = (byte) next[0];
                assertEquals(20, receiver.unprotectRtp(packet, 0, sender.protectRtp(packet, 0, 20)));
                assertEquals(SrtpContext.REPLAYED, receiver.unprotectRtp(packet, 0, 30));
                assertEquals(16, receiver.unprotectRtcp(control, 0, sender.protectRtcp(control, 0, 16)));
            }
        });
        assertTrue(allocated < 1_000, allocated + " bytes");
    }
}
