/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.ice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.packet.Vectors.exactly;

import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.ice.IceLiteAgent.Outcome;
import org.plenum.media.core.packet.PacketKind;
import org.plenum.media.core.packet.Vectors;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

/** Good and hostile checks, as a media port sees them: demultiplexed, parsed, then handled. */
class IceVectorsTest {
    private static final String PASSWORD = "serverIcePwd0123456789ab";
    private static final JsonObject CASES = Vectors.load("ice-stun-cases.json");
    /** What the hostile ones that are well formed come to, by the beginning of their names. */
    private static final Map<String, Outcome> OUTCOMES = Map.of(
            "wrong MESSAGE-INTEGRITY key", Outcome.UNAUTHENTICATED,
            "unknown local ufrag", Outcome.UNAUTHENTICATED,
            "no USERNAME", Outcome.INCOMPLETE,
            "no MESSAGE-INTEGRITY", Outcome.INCOMPLETE,
            "wrong FINGERPRINT", Outcome.BAD_FINGERPRINT,
            "unknown comprehension-required", Outcome.UNKNOWN_ATTRIBUTES,
            "binding indication", Outcome.KEEPALIVE,
            "success response", Outcome.NOT_SERVED,
            "role conflict", Outcome.ROLE_CONFLICT,
            "ALLOCATE", Outcome.NOT_SERVED);

    private static final Map<Outcome, Integer> CODES = Map.of(
            Outcome.UNAUTHENTICATED, 401,
            Outcome.INCOMPLETE, 400,
            Outcome.UNKNOWN_ATTRIBUTES, 420,
            Outcome.ROLE_CONFLICT, 487);

    private final IceLiteAgent<String> agent = new IceLiteAgent<>(new Credentials("SRVU", PASSWORD));
    private final ByteBuffer answer = ByteBuffer.allocate(StunWriter.MAX_LENGTH);

    /** @return null when it did not get as far as the agent. */
    private Outcome receive(byte[] datagram) {
        ByteBuffer buffer = exactly(datagram, datagram.length);
        StunView view = new StunView();
        answer.clear().limit(0);
        if (PacketKind.of(buffer, 0, datagram.length) != PacketKind.STUN || !view.wrap(buffer, 0, datagram.length)) {
            return null;
        }
        return agent.receive(view, "path", new byte[] {127, 0, 0, 1}, 5000, 0, answer);
    }

    @TestFactory
    Stream<DynamicTest> good() {
        return Vectors.each(Vectors.objects(CASES, "valid"), o -> o.getString("name"), vector -> {
            agent.forget("path");
            Outcome outcome = receive(Vectors.hex(vector, "hex"));
            assertTrue(outcome.accepted());
            StunView reply = new StunView();
            assertTrue(reply.wrap(answer, 0, answer.limit()));
            assertEquals(StunView.BINDING_SUCCESS, reply.type());
            assertTrue(reply.fingerprintIsRight());
            assertTrue(new StunIntegrity(PASSWORD.getBytes(StandardCharsets.US_ASCII)).verify(reply));
            assertArrayEquals(new byte[] {127, 0, 0, 1}, reply.mappedAddress());
            assertEquals(5000, reply.mappedPort());
        });
    }

    @TestFactory
    Stream<DynamicTest> hostile() {
        return Vectors.each(Vectors.objects(CASES, "mustNotHarm"), o -> o.getString("name"), vector -> {
            byte[] datagram = Vectors.hex(vector, "hex");
            Outcome outcome = receive(datagram);
            assertEquals(expected(vector.getString("name")), outcome);
            assertFalse(agent.knows("path"));
            assertNull(agent.selected());
            StunView reply = new StunView();
            boolean answered = answer.limit() > 0;
            assertTrue(!answered || reply.wrap(answer, 0, answer.limit()));
            Integer code = outcome == null ? null : CODES.get(outcome);
            assertEquals(code, answered ? Integer.valueOf(reply.errorCode()) : null);
        });
    }

    private static Outcome expected(String name) {
        return OUTCOMES.entrySet().stream()
                .filter(e -> name.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
