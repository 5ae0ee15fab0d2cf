/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeerTest {
    private final TestLoop loop = new TestLoop();
    private final TestLoop.Client client = loop.client();

    private long drops(Drop reason) {
        return loop.peers.drops().of(reason);
    }

    @Test
    void connectsByCheckAndHandshake() {
        client.connect();
        assertEquals(List.of(Connection.State.CONNECTED), client.states);
        assertTrue(client.peer.isOpen());
        assertTrue(loop.bound.contains(client.route));
    }

    @Test
    void aHelloFromAPathThatIceHasNotValidatedIsNobodys() {
        client.peer.remote(
                new Connection.IceCredentials("client", "0123456789012345678901"),
                client.peer.localFingerprint(),
                false);
        client.hello();
        assertEquals(1, drops(Drop.UNKNOWN_PATH));
        assertEquals(List.of(), client.states);
        client.check(false);
        client.hello();
        assertEquals(List.of(Connection.State.CONNECTED), client.states);
    }

    @Test
    void aHelloBeforeTheDescriptionWaitsForItsRepetition() {
        client.check(true);
        client.hello();
        assertEquals(1, drops(Drop.DTLS_TOO_EARLY));
        client.connect();
        assertEquals(List.of(Connection.State.CONNECTED), client.states);
    }

    @Test
    void anotherCertificateThanTheSignaledOneFails() {
        loop.presented = new byte[] {9};
        client.connect();
        assertEquals(List.of(Connection.State.FAILED), client.states);
        assertFalse(loop.peers.isBound(client.route));
        assertEquals(0, loop.peers.size());
    }

    @Test
    void answersAWrongPasswordOnlyWithARefusal() {
        client.check(new Connection.IceCredentials(client.peer.localIce().ufrag(), "wrongwrongwrongwrongwrong"), true);
        assertEquals(1, drops(Drop.STUN_REFUSED));
        assertFalse(loop.peers.isBound(client.route));
        client.check(new Connection.IceCredentials("nobody", "wrongwrongwrongwrongwrong"), true);
        assertEquals(1, drops(Drop.STUN_UNKNOWN_USER));
    }

    @Test
    void followsALaterNomination() {
        client.connect();
        client.peer.media(new Nobody());
        client.move();
        client.check(false);
        loop.sent.clear();
        sendOne(1);
        assertEquals(0, loop.takeSentTo(client).size());
        client.check(true);
        loop.takeSentTo(client);
        sendOne(2);
        assertEquals(1, loop.takeSentTo(client).size());
    }

    @Test
    void withoutConsentForThirtySecondsItFails() {
        client.connect();
        loop.nowNs += 29_000 * TestLoop.MS;
        loop.peers.poll(loop.nowNs);
        assertTrue(client.peer.isOpen());
        client.check(true);
        assertEquals(loop.nowNs + 30_000 * TestLoop.MS, loop.peers.deadlineNs());
        loop.nowNs += 30_000 * TestLoop.MS;
        loop.peers.poll(loop.nowNs);
        assertEquals(List.of(Connection.State.CONNECTED, Connection.State.FAILED), client.states);
        assertEquals(0, loop.bound.size());
    }

    @Test
    void anIceRestartKeepsTheOldPathUntilTheNewCredentialsAreUsed() {
        client.connect();
        Connection.IceCredentials before = client.peer.localIce();
        client.peer.restartIce();
        client.check(before, false);
        assertEquals(0, drops(Drop.STUN_REFUSED));
        client.move();
        client.peer.remote(
                new Connection.IceCredentials("client", "0123456789012345678901"),
                client.peer.localFingerprint(),
                false);
        client.check(true);
        loop.takeSentTo(client);
        client.peer.media(new Nobody());
        sendOne(1);
        assertEquals(1, loop.takeSentTo(client).size());
        assertTrue(client.peer.isOpen());
    }

    @Test
    void nobodyTakesAPathThatIsInUse() {
        client.connect();
        TestLoop.Client thief = loop.client();
        thief.route = client.route;
        thief.check(true);
        assertEquals(1, drops(Drop.STUN_REFUSED));
        loop.nowNs += 6_000 * TestLoop.MS; // silent: the port may have been given to another transport
        thief.check(true);
        thief.connect();
        assertTrue(thief.peer.isOpen());
    }

    @Test
    void closingSaysGoodbyeAndForgetsEverything() {
        client.connect();
        client.peer.close();
        client.peer.close();
        assertEquals(1, loop.takeSentTo(client).size());
        assertEquals(List.of(Connection.State.CONNECTED, Connection.State.CLOSED), client.states);
        client.check(true);
        assertEquals(1, drops(Drop.STUN_UNKNOWN_USER));
        assertEquals(0, loop.bound.size());
    }

    @Test
    void theNumberOfTransportsIsLimited() {
        TestLoop small = new TestLoop(3);
        TestLoop.Client first = small.client();
        small.client();
        small.client();
        assertThrows(IllegalStateException.class, small::client);
        first.peer.close();
        small.client();
    }

    @Test
    void thePathsOfOnePeerAreLimited() {
        client.connect();
        for (int i = 0; i < 100; i++) {
            client.move();
            client.check(false);
        }
        assertTrue(loop.bound.size() <= 17, loop.bound.size() + " paths");
        assertTrue(client.peer.isOpen());
    }

    private void sendOne(int sequenceNumber) {
        java.nio.ByteBuffer slot = client.peer.sink().slot();
        slot.putInt(0, 0x80600000 | sequenceNumber).putInt(4, 1).putInt(8, 2);
        client.peer.sendRtp(slot, 12);
    }

    private static final class Nobody implements MediaReceiver {
        @Override
        public void rtp(java.nio.ByteBuffer packet, int length, long nowNs) {}

        @Override
        public void rtcp(java.nio.ByteBuffer packet, int length, long nowNs) {}

        @Override
        public void transport(Connection.State state) {}
    }
}
