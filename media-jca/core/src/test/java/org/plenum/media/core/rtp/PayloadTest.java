/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import static org.junit.jupiter.api.Assertions.*;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Allocations;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;

class PayloadTest {
    private static final JsonObject VP8 = Vectors.load("video-payloads.json").getJsonObject("vp8");
    private static final JsonObject H264 = Vectors.load("video-payloads.json").getJsonObject("h264");
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    @TestFactory
    Stream<DynamicTest> vp8() {
        return Vectors.each(Vectors.objects(VP8, "cases"), c -> c.getString("name"), c -> {
            byte[] payload = Vectors.hex(c, "hex");
            JsonObject decoded = c.getJsonObject("decoded");
            assertTrue(descriptor.wrap(exactly(payload, payload.length), 0, payload.length));
            assertEquals(decoded.getInt("descriptorOctets"), descriptor.length());
            assertEquals(decoded.getBoolean("keyframe"), descriptor.keyFrame());
            assertEquals(decoded.getInt("s") == 1 && decoded.getInt("pid") == 0, descriptor.startOfFrame());
            assertEquals(decoded.getInt("pictureId", -1), descriptor.pictureId());
            assertEquals(decoded.getInt("tl0PicIdx", -1), descriptor.tl0PicIdx());
            assertEquals(decoded.getInt("tid", -1), descriptor.temporalId());
            assertEquals(decoded.getInt("y", 0) == 1, descriptor.layerSync());
            assertEquals(decoded.getInt("keyIdx", -1), descriptor.keyIdx());
            assertRewritesInPlace(decoded, payload);
        });
    }

    private void assertRewritesInPlace(JsonObject decoded, byte[] payload) {
        ByteBuffer copy = ByteBuffer.wrap(payload.clone());
        assertTrue(descriptor.wrap(copy, 0, payload.length));
        descriptor.pictureId(0x8085);
        descriptor.tl0PicIdx(0x1FE);
        descriptor.keyIdx(0x3F);
        int mask = decoded.getInt("pictureIdBits", 0) == 7 ? 0x7F : 0x7FFF;
        assertEquals(decoded.containsKey("pictureId") ? 0x85 & mask : -1, descriptor.pictureId());
        assertEquals(decoded.containsKey("tl0PicIdx") ? 0xFE : -1, descriptor.tl0PicIdx());
        assertEquals(decoded.containsKey("keyIdx") ? 31 : -1, descriptor.keyIdx());
        assertEquals(decoded.getInt("tid", -1), descriptor.temporalId());
        int length = descriptor.length();
        assertTrue(descriptor.wrap(copy, 0, payload.length));
        assertEquals(length, descriptor.length(), "the width of the fields stays");
        assertEquals(
                HexFormat.of().formatHex(payload, length, payload.length),
                HexFormat.of().formatHex(copy.array(), length, payload.length));
    }

    @TestFactory
    Stream<DynamicTest> malformedVp8() {
        return Vectors.each(Vectors.objects(VP8, "malformed"), c -> c.getString("name"), c -> {
            byte[] payload = Vectors.hex(c, "hex");
            boolean usable = descriptor.wrap(exactly(payload, payload.length), 0, payload.length);
            assertFalse(usable && descriptor.keyFrame());
        });
    }

    @Test
    void refusesEveryPrefixOfTheDescriptor() {
        byte[] payload = HexFormat.of().parseHex("90f092340765d1");
        for (int length = 0; length < 7; length++) {
            assertFalse(descriptor.wrap(exactly(payload, length), 0, length), "length " + length);
        }
        assertTrue(descriptor.wrap(exactly(payload, 7), 0, 7));
    }

    @Test
    void laterPartitionsAndContinuationsStartNoFrame() {
        for (String hex : List.of("1100112233445566778899", "0000112233445566778899")) {
            byte[] payload = HexFormat.of().parseHex(hex);
            assertTrue(descriptor.wrap(exactly(payload, payload.length), 0, payload.length));
            assertFalse(descriptor.startOfFrame());
            assertFalse(descriptor.keyFrame());
        }
    }

    @TestFactory
    Stream<DynamicTest> h264() {
        return Vectors.each(Vectors.objects(H264, "cases"), c -> c.getString("name"), c -> {
            List<String> packets = c.containsKey("packets")
                    ? c.getJsonArray("packets").getValuesAs(jakarta.json.JsonString::getString)
                    : List.of(c.getString("hex"));
            for (int i = 0; i < packets.size(); i++) {
                assertEquals(c.getBoolean("keyframe") && i == 0, isKeyFrame(packets.get(i)), "packet " + i);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> malformedH264() {
        return Vectors.each(Vectors.objects(H264, "malformed"), c -> c.getString("name"), c -> {
            boolean typed = c.getString("name").startsWith("FU-A with both")
                    || c.getString("name").startsWith("forbidden");
            assertEquals(typed, isKeyFrame(c.getString("hex")));
        });
    }

    @Test
    void looksThroughAggregates() {
        assertFalse(isKeyFrame("78" + "0002" + "41aa" + "0001" + "68"), "a slice and a picture parameter set");
        assertTrue(isKeyFrame("78" + "0002" + "41aa" + "0001" + "65"));
        assertFalse(isKeyFrame("78" + "0002" + "41aa" + "0002" + "65"), "cut");
        assertFalse(isKeyFrame("7c" + "81" + "aa"));
        assertFalse(isKeyFrame("7c" + "05" + "aa"), "not the first fragment");
        assertTrue(isKeyFrame("65aa"));
        assertFalse(isKeyFrame("65"));
    }

    @Test
    void mutantsNeverLeaveThePayload() {
        for (JsonObject c : Vectors.objects(VP8, "cases")) {
            Mutations.of(Vectors.hex(c, "hex"), 5, mutant -> {
                if (descriptor.wrap(exactly(mutant, mutant.length), 0, mutant.length)) {
                    assertTrue(descriptor.length() < mutant.length);
                    descriptor.pictureId(descriptor.pictureId() + 1);
                    descriptor.tl0PicIdx(descriptor.tl0PicIdx() + 1);
                    descriptor.keyIdx(descriptor.keyIdx() + 1);
                }
            });
        }
        Mutations.of(HexFormat.of().parseHex("78000241aa00016500026768"), 5, mutant -> {
            mutant[0] = 0x78;
            H264Payload.isKeyFrame(exactly(mutant, mutant.length), 0, mutant.length);
        });
    }

    @Test
    void allocatesNothing() {
        byte[] payload = HexFormat.of().parseHex("90f092340765d1060006");
        ByteBuffer buffer = ByteBuffer.allocateDirect(64).put(payload);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 200_000; i++) {
                descriptor.wrap(buffer, 0, payload.length);
                descriptor.pictureId(descriptor.pictureId() + 1);
                descriptor.tl0PicIdx(i);
            }
        });
        assertTrue(allocated < 1_000, allocated + " octets");
    }

    private static boolean isKeyFrame(String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        return H264Payload.isKeyFrame(exactly(payload, payload.length), 0, payload.length);
    }
}
