/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plenum.media.core.packet.Vectors.hex;

import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plenum.media.core.packet.Mutations;
import org.plenum.media.core.packet.Vectors;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

class TurnServerTest {
    private static final JsonObject VECTORS = Vectors.load("turn-cases.json");
    private static final MediaAddress MEDIA = new MediaAddress(new byte[] {127, 0, 0, 1}, 10_000);
    private static final MediaAddress MEDIA6 = new MediaAddress(ip("2001:db8::7"), 10_000);
    private static final long NOW_S = 1_700_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final String NAME = NOW_S + 3600 + ":PA_1";
    private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

    private final TurnCredentials credentials = new TurnCredentials("secret".getBytes(UTF_8));
    private final Set<String> present = new HashSet<>(Set.of("PA_1"));
    private final ByteBuffer answer = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
    private final StunView view = TurnServer.view();
    private long nowNs = 5 * SECOND;
    private TurnServer<String, Relay<String>> server = server(TurnSettings.Limits.USUAL, MEDIA, MEDIA6);

    private static byte[] ip(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private TurnServer<String, Relay<String>> server(TurnSettings.Limits limits, MediaAddress... media) {
        TurnSettings settings =
                new TurnSettings("plenum.test", List.of(media), limits, now -> NOW_S + now / SECOND, present::contains);
        return new TurnServer<>(settings, credentials, new SecureRandom(), relay -> relay);
    }

    /** One client of the server, with a user name and what it has learnt. */
    private final class Client {
        final String id;
        final String username;
        byte[] nonce = new byte[0];
        StunIntegrity key;
        int transaction;

        Client(String id, String username) {
            this(id, username, credentials.password(username));
        }

        Client(String id, String username, String password) {
            this.id = id;
            this.username = username;
            key = new StunIntegrity(TurnCredentials.key(username, "plenum.test", password));
        }

        /** @return the code of the answer: 0 for success, -1 for silence */
        int ask(int type, Attributes attributes) {
            ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
            byte[] id12 =
                    Arrays.copyOf(ByteBuffer.allocate(4).putInt(++transaction).array(), 12);
            StunWriter writer = new StunWriter().begin(request, type, id12);
            attributes.to(writer);
            writer.username(username.getBytes(UTF_8))
                    .octets(Turn.REALM, "plenum.test".getBytes(UTF_8))
                    .octets(Turn.NONCE, nonce)
                    .integrity(key)
                    .end();
            return send(request, id);
        }

        int allocate(Attributes more) {
            return ask(Turn.ALLOCATE, w -> more.to(w.integer(Turn.REQUESTED_TRANSPORT, 17 << 24)));
        }

        Client challenged() {
            ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
            new StunWriter().begin(request, Turn.ALLOCATE, new byte[12]).end();
            assertEquals(401, send(request, id));
            nonce = view.octets(view.attribute(Turn.NONCE));
            assertArrayEquals("plenum.test".getBytes(UTF_8), view.octets(view.attribute(Turn.REALM)));
            assertFalse(view.hasIntegrity());
            return this;
        }

        Client allocated() {
            assertEquals(0, challenged().allocate(w -> {}));
            assertTrue(key.verify(view));
            return this;
        }

        int permit(MediaAddress peer) {
            return ask(Turn.CREATE_PERMISSION, w -> w.xorAddress(Turn.XOR_PEER_ADDRESS, peer.octets(), peer.port()));
        }

        int bind(int channel, MediaAddress peer) {
            return ask(
                    Turn.CHANNEL_BIND,
                    w -> w.integer(Turn.CHANNEL_NUMBER, channel << 16)
                            .xorAddress(Turn.XOR_PEER_ADDRESS, peer.octets(), peer.port()));
        }

        int refresh(int lifetime) {
            return ask(Turn.REFRESH, w -> w.integer(Turn.LIFETIME, lifetime));
        }

        Relay<String> indicate(MediaAddress peer, byte... data) {
            ByteBuffer message = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
            new StunWriter()
                    .begin(message, Turn.SEND, new byte[12])
                    .xorAddress(Turn.XOR_PEER_ADDRESS, peer.octets(), peer.port())
                    .octets(Turn.DATA, data)
                    .end();
            assertTrue(view.wrap(message, 0, message.limit()));
            Relay<String> relay = server.receive(view, id, ADDRESS, 5000, true, nowNs, answer);
            assertEquals(0, answer.limit(), "an indication is never answered");
            if (relay != null) {
                assertArrayEquals(
                        data,
                        Arrays.copyOfRange(message.array(), server.dataAt(), server.dataAt() + server.dataLength()));
            }
            return relay;
        }

        Relay<String> channelData(int channel, int claimed, byte... data) {
            ByteBuffer frame = ByteBuffer.allocate(4 + data.length);
            frame.putShort((short) channel).putShort((short) claimed).put(data);
            return server.receiveChannelData(frame, 0, frame.capacity(), id, nowNs);
        }
    }

    private interface Attributes {
        void to(StunWriter writer);
    }

    private int send(ByteBuffer request, String id) {
        assertTrue(view.wrap(request, 0, request.limit()));
        int type = view.type();
        assertNull(server.receive(view, id, ADDRESS, 5000, true, nowNs, answer));
        if (answer.limit() == 0) {
            return -1;
        }
        assertTrue(view.wrap(answer, 0, answer.limit()));
        assertTrue(view.fingerprintIsRight());
        assertEquals(type | (view.errorCode() == StunView.ABSENT ? 0x100 : 0x110), view.type());
        return view.errorCode() == StunView.ABSENT ? 0 : view.errorCode();
    }

    private Client alice() {
        return new Client("alice", NAME);
    }

    // ---- credentials

    @Test
    void makesTheCredentialOfTheVectors() {
        JsonObject vector = VECTORS.getJsonObject("restCredential");
        TurnCredentials made =
                new TurnCredentials(vector.getString("sharedSecret").getBytes(UTF_8));
        String username =
                TurnCredentials.username(vector.getJsonNumber("expiresUnix").longValue(), "alice");
        assertEquals(vector.getString("username"), username);
        assertEquals(vector.getString("passwordBase64"), made.password(username));
        assertEquals(1_893_456_000L, TurnCredentials.until(username));
        assertEquals("alice", TurnCredentials.name(username));
        for (String other : new String[] {"alice", ":alice", "1x:alice", "1234567890123:a", "", "-1:a"}) {
            assertEquals(TurnCredentials.NEVER, TurnCredentials.until(other), other);
        }
    }

    @TestFactory
    Stream<DynamicTest> theKeyOfTheVectorsSignsTheirRequests() {
        JsonObject of = VECTORS.getJsonObject("allocation");
        byte[] key = TurnCredentials.key(of.getString("username"), of.getString("realm"), of.getString("password"));
        assertArrayEquals(hex(of, "longTermKeyMd5"), key);
        return Vectors.each(Vectors.objects(VECTORS, "ssrfRequests"), o -> o.getString("peer"), o -> {
            byte[] message = hex(o, "createPermission");
            assertTrue(view.wrap(ByteBuffer.wrap(message), 0, message.length));
            assertTrue(new StunIntegrity(key).verify(view));
            assertTrue(view.isXorAddress(view.attribute(Turn.XOR_PEER_ADDRESS), address(o)));
            assertEquals(o.getInt("port"), view.xorPort(view.attribute(Turn.XOR_PEER_ADDRESS)));
        });
    }

    @Test
    void challengesAndThenAllocatesOnce() {
        Client alice = alice().challenged();
        assertEquals(0, alice.allocate(w -> {}));
        assertTrue(alice.key.verify(view));
        assertEquals(600, view.integer(view.attribute(Turn.LIFETIME)));
        assertTrue(view.isXorAddress(view.attribute(Turn.XOR_RELAYED_ADDRESS), MEDIA.octets()));
        assertTrue(view.xorPort(view.attribute(Turn.XOR_RELAYED_ADDRESS)) >= 49_152);
        assertArrayEquals(ADDRESS, view.mappedAddress());
        assertEquals(5000, view.mappedPort());
        assertTrue(server.serves("alice"));

        alice.transaction--; // the answer was lost
        assertEquals(0, alice.allocate(w -> {}));
        assertEquals(437, alice.allocate(w -> {}));
        assertTrue(alice.key.verify(view));
        assertEquals(1, server.size());
    }

    @Test
    void refusesWrongPasswordsAndUserNamesThatHaveEndedOrAreOfAnotherForm() {
        Client wrong = new Client("a", NAME, "guess").challenged();
        assertEquals(401, wrong.allocate(w -> {}));
        assertFalse(view.hasIntegrity());
        assertEquals(401, new Client("b", NOW_S - 1 + ":PA_1").challenged().allocate(w -> {}));
        assertEquals(401, new Client("c", "alice").challenged().allocate(w -> {}));
        assertEquals(401, new Client("d", NAME + "x".repeat(200)).challenged().allocate(w -> {}));
        assertEquals(0, server.size());
    }

    @Test
    void aNonceIsGoodForAnHourAndForOneAddress() {
        Client alice = alice().allocated();
        nowNs += 3590 * SECOND;
        assertEquals(0, alice.refresh(600));
        nowNs += 20 * SECOND;
        assertEquals(438, alice.refresh(600));
        byte[] fresh = view.octets(view.attribute(Turn.NONCE));
        Client mallory = new Client("mallory", NAME);
        mallory.nonce = fresh.clone();
        mallory.nonce[3] ^= 1;
        assertEquals(438, mallory.allocate(w -> {}));
        mallory.nonce = "nonce-1".getBytes(UTF_8);
        assertEquals(438, mallory.allocate(w -> {}));
        alice.nonce = fresh;
        assertEquals(0, alice.refresh(600));
    }

    @Test
    void incompleteRequestsAreBadOnes() {
        ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        new StunWriter()
                .begin(request, Turn.ALLOCATE, new byte[12])
                .username(NAME.getBytes(UTF_8))
                .integrity(alice().key)
                .end();
        assertEquals(400, send(request, "alice"));
        Client alice = alice().challenged();
        assertEquals(400, alice.ask(Turn.ALLOCATE, w -> {})); // which transport?
        assertEquals(442, alice.ask(Turn.ALLOCATE, w -> w.integer(Turn.REQUESTED_TRANSPORT, 6 << 24)));
        assertEquals(440, alice.allocate(w -> w.integer(Turn.REQUESTED_ADDRESS_FAMILY, 3 << 24)));
        assertEquals(508, alice.allocate(w -> w.octets(Turn.EVEN_PORT, new byte[] {(byte) 0x80})));
        assertEquals(508, alice.allocate(w -> w.octets(Turn.RESERVATION_TOKEN, new byte[8])));
        assertEquals(420, alice.allocate(w -> w.integer(0x7777, 0)));
        assertEquals(0x7777, view.unsignedShort(view.attribute(0x000A)));
        assertEquals(437, alice.refresh(600));
        assertEquals(-1, alice.ask(0x0002, w -> {})); // a method nobody knows
        assertEquals(0, server.size());
    }

    @Test
    void anotherUserNameOnTheSameConnectionIsRefused() {
        alice().allocated();
        Client other = new Client("alice", NOW_S + 3600 + ":PA_2").challenged();
        assertEquals(441, other.refresh(600));
    }

    @Test
    void aBindingIsAnsweredToAnybody() {
        ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        new StunWriter().begin(request, StunView.BINDING_REQUEST, new byte[12]).end();
        assertEquals(0, send(request, "alice"));
        assertArrayEquals(ADDRESS, view.mappedAddress());
    }

    @Test
    void whoProvesNothingIsAnsweredSeldomOverDatagrams() {
        ByteBuffer request = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
        new StunWriter().begin(request, Turn.ALLOCATE, new byte[12]).end();
        int limit = request.limit();
        int answered = 0;
        for (int i = 0; i < 1000; i++) {
            answered += send(request.limit(limit), "x" + i) == 401 ? 1 : 0;
        }
        assertEquals(Challenges.PER_SECOND, answered);
        nowNs += SECOND;
        assertEquals(401, send(request, "x"));
    }

    // ---- nothing but our media

    private static byte[] address(JsonObject vector) {
        String literal = vector.getString("peer");
        byte[] octets = ip(literal);
        return literal.startsWith("::ffff:") // which Java makes IPv4 of
                ? HexFormat.of()
                        .parseHex("00000000000000000000ffff" + HexFormat.of().formatHex(octets))
                : octets;
    }

    @TestFactory
    Stream<DynamicTest> noOtherPeerIsReached() {
        return Vectors.each(Vectors.objects(VECTORS, "ssrfRequests"), o -> o.getString("peer"), o -> {
            server = server(TurnSettings.Limits.USUAL, MEDIA, MEDIA6);
            Client alice = alice().allocated();
            MediaAddress peer = new MediaAddress(address(o), o.getInt("port"));
            assertEquals(403, alice.permit(peer));
            assertTrue(alice.key.verify(view));
            assertEquals(403, alice.bind(0x4000, peer));
            assertNull(alice.indicate(peer, (byte) 1));
            assertNull(alice.channelData(0x4000, 1, (byte) 1));
        });
    }

    @Test
    void oneForbiddenPeerAmongOthersForbidsAll() {
        Client alice = alice().allocated();
        int code = alice.ask(
                Turn.CREATE_PERMISSION,
                w -> w.xorAddress(Turn.XOR_PEER_ADDRESS, MEDIA.octets(), MEDIA.port())
                        .xorAddress(Turn.XOR_PEER_ADDRESS, ip("10.0.0.1"), 80));
        assertEquals(403, code);
        assertNull(alice.indicate(MEDIA, (byte) 1));
        assertEquals(400, alice.ask(Turn.CREATE_PERMISSION, w -> {}));
        assertEquals(443, alice.permit(MEDIA6));
    }

    @Test
    void dataNeedsAPermissionWhichEnds() {
        Client alice = alice().allocated();
        assertNull(alice.indicate(MEDIA, (byte) 1));
        assertEquals(0, alice.permit(new MediaAddress(MEDIA.octets(), 0)));
        assertEquals(0, alice.permit(new MediaAddress(MEDIA.octets(), MEDIA.port() + 1)));
        assertEquals(403, alice.permit(new MediaAddress(MEDIA.octets(), MEDIA.port() + 2)));
        Relay<String> relay = alice.indicate(MEDIA, (byte) 1, (byte) 2, (byte) 3);
        assertNotNull(relay);
        assertEquals("alice", relay.client());
        assertArrayEquals(MEDIA.octets(), relay.address());
        assertNull(alice.indicate(new MediaAddress(MEDIA.octets(), 9990), (byte) 1));
        nowNs += 299 * SECOND;
        server.poll(nowNs);
        assertNotNull(alice.indicate(MEDIA, (byte) 1));
        nowNs += 2 * SECOND;
        server.poll(nowNs);
        assertNull(alice.indicate(MEDIA, (byte) 1));
        assertFalse(relay.isOpen());
        assertFalse(server.frame(relay, new byte[10], 0, 10, false, ByteBuffer.allocate(100)));
    }

    @Test
    void whatComesBackIsAnIndicationUntilAChannelIsBound() {
        Client alice = alice().allocated();
        alice.permit(MEDIA);
        Relay<String> relay = alice.indicate(MEDIA, (byte) 1);
        byte[] packet = {9, 1, 2, 3, 4, 5, 9};
        ByteBuffer out = ByteBuffer.allocate(200);
        assertTrue(server.frame(relay, packet, 1, 5, false, out));
        assertTrue(view.wrap(out.flip(), 0, out.limit()));
        assertEquals(Turn.DATA_INDICATION, view.type());
        int peer = view.attribute(Turn.XOR_PEER_ADDRESS);
        assertTrue(view.isXorAddress(peer, MEDIA.octets()));
        assertEquals(MEDIA.port(), view.xorPort(peer));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, view.octets(view.attribute(Turn.DATA)));

        assertEquals(0, alice.bind(0x4001, MEDIA));
        assertTrue(server.frame(relay, packet, 1, 5, false, out.clear()));
        assertEquals("4001000501020304" + "05", HexFormat.of().formatHex(out.array(), 0, out.position()));
        assertTrue(server.frame(relay, packet, 1, 5, true, out.clear()));
        assertEquals("4001000501020304" + "05000000", HexFormat.of().formatHex(out.array(), 0, out.position()));
        assertFalse(server.frame(relay, packet, 1, 5, true, out.clear().limit(11)));
        assertEquals(0, out.position());
    }

    @Test
    void channelsBelongToOnePeerAndCarryWhatTheySay() {
        Client alice = alice().allocated();
        assertEquals(400, alice.bind(0x3FFF, MEDIA));
        assertEquals(400, alice.bind(0x7FFF, MEDIA));
        assertEquals(400, alice.bind(0x4000, new MediaAddress(MEDIA.octets(), 0)));
        assertEquals(0, alice.bind(0x4000, MEDIA));
        assertEquals(0, alice.bind(0x4000, MEDIA));
        assertEquals(400, alice.bind(0x4001, MEDIA));
        assertNotNull(alice.channelData(0x4000, 3, (byte) 1, (byte) 2, (byte) 3, (byte) 0));
        assertEquals(3, server.dataLength());
        assertEquals(4, server.dataAt());
        assertNull(alice.channelData(0x4000, 5, (byte) 1, (byte) 2, (byte) 3, (byte) 0));
        assertNull(alice.channelData(0x4002, 1, (byte) 1));
        assertEquals(0, alice.bind(0x4002, new MediaAddress(MEDIA.octets(), MEDIA.port() + 1)));
        assertNull(alice.channelData(0x4002, 1, (byte) 1), "it leads nowhere");
        assertEquals(403, alice.bind(0x4003, new MediaAddress(MEDIA.octets(), MEDIA.port() - 1)));
        assertNull(server.receiveChannelData(ByteBuffer.allocate(3), 0, 3, "alice", nowNs));
        assertNull(server.receiveChannelData(ByteBuffer.allocate(8), 0, 8, "nobody", nowNs));
        nowNs += 601 * SECOND; // allocation and channel are over
        server.poll(nowNs);
        assertNull(alice.channelData(0x4000, 1, (byte) 1));
    }

    @Test
    void aChannelOutlivesNoPermission() {
        Client alice = alice().allocated();
        alice.bind(0x4000, MEDIA);
        nowNs += 301 * SECOND;
        server.poll(nowNs);
        assertNull(alice.channelData(0x4000, 1, (byte) 1));
        assertEquals(0, alice.permit(MEDIA));
        assertNotNull(alice.channelData(0x4000, 1, (byte) 1));
    }

    @Test
    void anAddressOfAnotherFamilyComesWhenAskedForOrWhenThereIsNoOther() {
        Client alice = alice().challenged();
        assertEquals(0, alice.allocate(w -> w.integer(Turn.REQUESTED_ADDRESS_FAMILY, 2 << 24)));
        assertTrue(view.isXorAddress(view.attribute(Turn.XOR_RELAYED_ADDRESS), MEDIA6.octets()));
        assertEquals(0, alice.permit(MEDIA6));
        assertNotNull(alice.indicate(MEDIA6, (byte) 1));
        ByteBuffer out = ByteBuffer.allocate(200);
        assertTrue(server.frame(alice.indicate(MEDIA6, (byte) 1), new byte[8], 0, 8, false, out));
        assertTrue(view.wrap(out.flip(), 0, out.limit()));
        assertTrue(view.isXorAddress(view.attribute(Turn.XOR_PEER_ADDRESS), MEDIA6.octets()));
        assertEquals(443, alice.permit(MEDIA));

        server = server(TurnSettings.Limits.USUAL, MEDIA6);
        Client bob = new Client("bob", NAME).allocated();
        assertTrue(view.isXorAddress(view.attribute(Turn.XOR_RELAYED_ADDRESS), MEDIA6.octets()));
        assertEquals(
                440,
                new Client("carol", NAME)
                        .challenged()
                        .allocate(w -> w.integer(Turn.REQUESTED_ADDRESS_FAMILY, 1 << 24)));
        assertEquals(0, bob.permit(MEDIA6));
    }

    // ---- life and limits

    @Test
    void anAllocationIsRefreshedAfterItsNameHasEndedWhileItsParticipantIsThere() {
        Client alice = new Client("alice", NOW_S + 100 + ":PA_1").allocated();
        nowNs += 200 * SECOND;
        assertEquals(0, alice.refresh(7200));
        assertEquals(3600, view.integer(view.attribute(Turn.LIFETIME)));
        present.clear();
        assertEquals(401, alice.refresh(600));
        assertEquals(1, server.size());
        assertEquals(0, alice.refresh(0));
        assertEquals(0, server.size());
        assertEquals(401, alice.allocate(w -> {}));
    }

    @Test
    void anAllocationEndsWithItsTimeOrItsConnection() {
        alice().allocated();
        nowNs += 599 * SECOND;
        server.poll(nowNs);
        assertTrue(server.serves("alice"));
        nowNs += SECOND;
        server.poll(nowNs);
        assertFalse(server.serves("alice"));

        Client again = alice().allocated();
        again.permit(MEDIA);
        Relay<String> relay = again.indicate(MEDIA, (byte) 1);
        server.forget("alice");
        server.forget("alice");
        assertFalse(relay.isOpen());
        assertEquals(0, server.size());
    }

    @Test
    void limitsAreThoseOfNameAddressServerAndRate() {
        server = server(new TurnSettings.Limits(4, 2, 3, 1000), MEDIA);
        new Client("1", NAME).allocated();
        Client two = new Client("2", NAME).allocated();
        assertEquals(486, new Client("3", NAME).challenged().allocate(w -> {}));
        new Client("4", NOW_S + 60 + ":PA_2").allocated();
        assertEquals(508, new Client("5", NOW_S + 60 + ":PA_3").challenged().allocate(w -> {}));
        server.forget("4");
        new Client("5", NOW_S + 60 + ":PA_3").allocated();

        two.permit(MEDIA);
        byte[] data = new byte[200];
        for (int i = 0; i < 5; i++) {
            assertNotNull(two.indicate(MEDIA, data));
        }
        assertNull(two.indicate(MEDIA, (byte) 1));
        nowNs += SECOND;
        assertNotNull(two.indicate(MEDIA, data));
        two.refresh(0);
        new Client("6", NAME).allocated();
    }

    @Test
    void mutatedRequestsAreAnsweredOrDropped() {
        JsonObject first = Vectors.objects(VECTORS, "ssrfRequests").get(0);
        alice().allocated();
        for (String kind : new String[] {"createPermission", "channelBind"}) {
            Mutations.of(hex(first, kind), 7, mutant -> {
                ByteBuffer message = ByteBuffer.wrap(mutant).slice();
                if (mutant.length > 20) {
                    message.putShort(2, (short) (mutant.length - 20)).putInt(4, StunView.MAGIC_COOKIE);
                }
                if (view.wrap(message, 0, mutant.length)) {
                    assertNull(server.receive(view, "alice", ADDRESS, 5000, false, nowNs, answer));
                    assertTrue(answer.limit() == 0 || TurnServer.view().wrap(answer, 0, answer.limit()));
                }
                server.receiveChannelData(message, 0, mutant.length, "alice", nowNs);
            });
        }
        assertEquals(1, server.size());
    }
}
