/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.rtp;

import static org.junit.jupiter.api.Assertions.*;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;

class RtpVectorsTest {
    private static final JsonObject CASES = Vectors.load("rtp.json");
    private final RtpView view = new RtpView();

    @TestFactory
    Stream<DynamicTest> good() {
        return Vectors.each(Vectors.objects(CASES, "cases"), c -> c.getString("name"), c -> {
            byte[] packet = Vectors.hex(c, "hex");
            ByteBuffer buffer = exactly(packet, packet.length);
            assertTrue(view.wrap(buffer, 0, packet.length));
            assertTrue(view.removePadding());
            assertDecoded(c.getJsonObject("decoded"), buffer);
        });
    }

    private void assertDecoded(JsonObject decoded, ByteBuffer buffer) {
        byte[] payload = new byte[view.payloadLength()];
        buffer.get(view.payloadOffset(), payload);
        assertEquals(decoded.getString("payload"), HexFormat.of().formatHex(payload));
        number(decoded, "m", view.marker() ? 1 : 0);
        number(decoded, "pt", view.payloadType());
        number(decoded, "seq", view.sequenceNumber());
        number(decoded, "cc", view.csrcCount());
        if (decoded.containsKey("ts")) {
            assertEquals(decoded.getJsonNumber("ts").longValue(), view.timestamp());
            assertEquals(decoded.getJsonNumber("ssrc").longValue(), view.ssrc());
        }
        if (decoded.containsKey("csrc")) {
            for (int i = 0; i < view.csrcCount(); i++) {
                assertEquals(decoded.getJsonArray("csrc").getInt(i), view.csrc(i));
            }
        }
        if (decoded.containsKey("ext")) {
            extensions(decoded.getJsonObject("ext").getJsonObject("items"), buffer);
        }
        if (decoded.containsKey("audioLevel")) {
            byte level = buffer.get(view.extension(1));
            assertTrue(AudioLevel.voice(level));
            assertEquals(30, AudioLevel.minusDbov(level));
            assertFalse(AudioLevel.voice((byte) 127));
        }
    }

    private void extensions(JsonObject items, ByteBuffer buffer) {
        for (int id = 1; id < 20; id++) {
            int at = view.extension(id);
            String expected = items.getString(String.valueOf(id), null);
            if (expected == null) {
                assertEquals(RtpView.ABSENT, at, "id " + id);
                continue;
            }
            byte[] value = new byte[view.extensionLength()];
            buffer.get(at, value);
            assertEquals(expected, HexFormat.of().formatHex(value), "id " + id);
        }
    }

    private static void number(JsonObject decoded, String name, int actual) {
        if (decoded.containsKey(name)) {
            assertEquals(decoded.getInt(name), actual, name);
        }
    }

    @TestFactory
    Stream<DynamicTest> malformed() {
        Set<String> forOthers = Set.of("unknown SSRC and unknown payload type"); // a good packet that nobody wants
        return Vectors.each(
                Vectors.objects(CASES, "malformed").stream()
                        .filter(c -> !forOthers.contains(c.getString("name")))
                        .toList(),
                c -> c.getString("name"),
                c -> {
                    byte[] packet = Vectors.hex(c, "hex");
                    assertFalse(view.wrap(exactly(packet, packet.length), 0, packet.length) && view.removePadding());
                });
    }

    @Test
    void mutantsNeverLeaveThePacket() {
        for (JsonObject c : Vectors.objects(CASES, "cases")) {
            Mutations.of(Vectors.hex(c, "hex"), 11, mutant -> {
                if (mutant.length > 0) {
                    mutant[0] = (byte) (mutant[0] & 0x3F | 0x80); // the outer shape of RTP
                }
                ByteBuffer buffer = exactly(mutant, mutant.length);
                if (view.wrap(buffer, 0, mutant.length)) {
                    assertStaysInside(buffer, mutant.length);
                }
            });
        }
    }

    private void assertStaysInside(ByteBuffer buffer, int length) {
        assertTrue(view.payloadOffset() <= length);
        for (int id = 1; id < 256; id++) {
            int at = view.extension(id);
            assertTrue(at == RtpView.ABSENT || at + view.extensionLength() <= view.payloadOffset());
        }
        byte[] ids = new byte[256];
        for (int id = 1; id < 256; id += 2) {
            ids[id] = (byte) (id + 1);
        }
        view.renumberExtensions(ids);
        assertTrue(view.wrap(buffer, 0, length), "still a packet after renumbering");
        if (view.removePadding()) {
            assertTrue(view.payloadLength() >= 0 && view.payloadOffset() + view.payloadLength() <= length);
            byte[] room = new byte[length + Rtx.OSN];
            buffer.get(0, room, 0, length);
            RtpView copy = new RtpView();
            assertTrue(copy.wrap(ByteBuffer.wrap(room), 0, view.length()));
            Rtx.restore(copy, 1, 2);
        }
    }
}
