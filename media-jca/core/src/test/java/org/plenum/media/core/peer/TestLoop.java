/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plenum.media.core.dtls.DtlsSession;
import org.plenum.media.core.dtls.Fingerprint;
import org.plenum.media.core.srtp.NullSrtp;
import org.plenum.media.core.srtp.SrtpProfile;
import org.plenum.media.core.stun.StunIntegrity;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;

/** A loop without sockets and without cryptography: transports, their clients, and time that the test moves. */
public final class TestLoop {
    public static final long MS = 1_000_000L;
    public static final int TAG = 10; // of the null cipher

    private static final byte[] CERTIFICATE = {1, 2, 3};

    /** A datagram on its way to a client, as long as nobody has taken it. */
    public record Sent(Route route, byte[] bytes) {}

    private record TestRoute(int port) implements Route {
        @Override
        public byte[] address() {
            return new byte[] {127, 0, 0, 1};
        }
    }

    public final Peers peers;
    public final List<Sent> sent = new ArrayList<>();
    public final Set<Route> bound = new HashSet<>();
    public boolean keep = true; // what is sent; off for counting allocations
    public long packetsSent;
    public long nowNs = 1_000_000 * MS;
    public byte[] presented = CERTIFICATE;
    public Runnable afterPackets = () -> {}; // what a pass of the loop ends with
    private int lastPort = 1000;

    public TestLoop() {
        this(100);
    }

    public TestLoop(int most) {
        peers = new Peers(
                new Peers.Settings(
                        new Sink(), new Watcher(), new Dtls(), (p, k, c) -> NullSrtp.context(), List.of("1"), most),
                new SecureRandom());
    }

    public Client client() {
        return new Client();
    }

    /** Datagrams that went to this client since the last call. */
    public List<byte[]> takeSentTo(Client client) {
        List<byte[]> taken = new ArrayList<>();
        sent.removeIf(one -> one.route().equals(client.route) && taken.add(one.bytes()));
        return taken;
    }

    private final class Sink implements DatagramSink {
        private final ByteBuffer slot = ByteBuffer.allocate(2048);

        @Override
        public ByteBuffer slot() {
            return slot.clear();
        }

        @Override
        public void send(Route route, int length) {
            packetsSent++;
            if (keep) {
                byte[] copy = new byte[length];
                slot.get(0, copy);
                sent.add(new Sent(route, copy));
            }
        }
    }

    private final class Watcher implements Peers.RouteWatcher {
        @Override
        public void bound(Route route) {
            bound.add(route);
        }

        @Override
        public void unbound(Route route) {
            bound.remove(route);
        }
    }

    /** A handshake that is over with the first hello. */
    private final class Dtls implements DtlsSession.Factory {
        @Override
        public Fingerprint localFingerprint() {
            return Fingerprint.sha256(CERTIFICATE);
        }

        @Override
        public DtlsSession open(boolean client, DtlsSession.Listener listener) {
            return new DtlsSession() {
                @Override
                public void receive(ByteBuffer datagram) {
                    listener.connected(SrtpProfile.AEAD_AES_128_GCM, new byte[56], presented);
                }

                @Override
                public void close() {
                    listener.send(ByteBuffer.wrap(new byte[] {21, 1}));
                }
            };
        }
    }

    /** The other side of one transport. */
    public final class Client implements Connection.Listener {
        public final Peer peer = peers.open(this);
        public final List<Connection.State> states = new ArrayList<>();
        public Route route = new TestRoute(lastPort++);
        private final ByteBuffer buffer = ByteBuffer.allocate(2048);

        @Override
        public void onState(Connection connection, Connection.State state) {
            states.add(state);
        }

        public Client connect() {
            peer.remote(
                    new Connection.IceCredentials("client", "0123456789012345678901"),
                    Fingerprint.sha256(CERTIFICATE).toString(),
                    false);
            check(true);
            hello();
            takeSentTo(this);
            return this;
        }

        public void move() {
            route = new TestRoute(lastPort++);
        }

        public void check(boolean nominate) {
            check(peer.localIce(), nominate);
        }

        public void check(Connection.IceCredentials to, boolean nominate) {
            StunWriter writer = new StunWriter()
                    .begin(buffer, StunView.BINDING_REQUEST, new byte[12])
                    .username((to.ufrag() + ":client").getBytes(StandardCharsets.US_ASCII))
                    .priority(1)
                    .iceControlling(1);
            if (nominate) {
                writer.useCandidate();
            }
            writer.integrity(new StunIntegrity(to.password().getBytes(StandardCharsets.US_ASCII)))
                    .end();
            receive(buffer.limit());
        }

        /** The smallest thing that passes as a ClientHello. */
        public void hello() {
            byte[] hello = new byte[13 + 12 + 4];
            hello[0] = 22;
            hello[1] = (byte) 0xFE;
            hello[2] = (byte) 0xFD;
            hello[12] = 16;
            hello[13] = 1;
            hello[16] = 4;
            hello[24] = 4;
            sends(hello);
        }

        public void sends(byte[] datagram) {
            buffer.clear().put(0, datagram);
            receive(datagram.length);
        }

        /** A plain packet, protected by the null cipher. */
        public void sendsMedia(byte[] packet) {
            sends(java.util.Arrays.copyOf(packet, packet.length + TAG));
        }

        /** A plain compound packet, protected by the null cipher. */
        public void sendsReport(byte[] packet) {
            byte[] sealed = java.util.Arrays.copyOf(packet, packet.length + TAG + 4);
            ByteBuffer.wrap(sealed).putInt(sealed.length - 4, nextRtcp++);
            sends(sealed);
        }

        private int nextRtcp;

        private void receive(int length) {
            peers.receive(route, buffer, length, nowNs);
            afterPackets.run();
            buffer.clear();
        }

        /** For counting: the datagram is already in place. */
        public void receivesInPlace(ByteBuffer datagram, int length) {
            peers.receive(route, datagram, length, nowNs);
            afterPackets.run();
        }
    }
}
