/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.plenum.media.core.stun.StunView;
import org.plenum.media.core.stun.StunWriter;
import org.plenum.media.core.turn.MediaAddress;
import org.plenum.media.core.turn.Relay;
import org.plenum.media.core.turn.TurnCredentials;
import org.plenum.media.core.turn.TurnServer;
import org.plenum.media.core.turn.TurnSettings;

/**
 * The relay's port, UDP and TCP (RFC 8656 section 3.1). Packets for the media come out of it as if they had been received, with a
 * {@link Path.Relayed}; there is no socket for relaying. One thread, that of the loop.
 */
final class TurnPort implements AutoCloseable, TcpPort.Frames {
    private static final String REALM = "plenum";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int STUN_HEAD = StunView.HEADER_LENGTH;
    private static final int CHANNEL_HEAD = 4;
    private static final int MOST_FRAME = 2000; // a packet with all that stands around it

    private final InetAddress bindAddress;
    private final List<InetAddress> proxies;
    private final DatagramChannel datagrams;
    private final TcpPort streams;
    private final TurnServer<Path, Path.Relayed> server;
    private final StunView view = TurnServer.view();
    private final ByteBuffer answer = ByteBuffer.allocate(StunWriter.MAX_LENGTH);
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(2048);
    private final Map<SocketAddress, Path.Udp> clients = new HashMap<>(); // with an allocation
    private Predicate<String> isPresent = name -> false;
    private long nowNs;
    private long polledNs;
    private long unsent;
    private boolean readable; // datagrams: asked for only then, since every pass comes by here

    private TurnPort(DatagramChannel datagrams, MediaConfig config) throws IOException {
        this.datagrams = datagrams;
        bindAddress = config.bindAddress();
        proxies = config.turn().proxies();
        TurnSettings settings = new TurnSettings(
                REALM,
                config.advertisedAddresses().stream()
                        .map(address -> new MediaAddress(address.getAddress(), config.udpPort()))
                        .toList(),
                TurnSettings.Limits.USUAL,
                now -> MediaLoop.wallMs(now) / 1000,
                name -> isPresent.test(name));
        byte[] secret = config.turn().secret().getBytes(StandardCharsets.UTF_8);
        server = new TurnServer<>(settings, new TurnCredentials(secret), new SecureRandom(), TurnPort::path);
        streams = TcpPort.open(
                TurnConfig.PORT, config.bindAddress(), config.turn().port(), this);
    }

    private static Path.Relayed path(Relay<Path> relay) {
        try {
            return new Path.Relayed(
                    relay, new InetSocketAddress(InetAddress.getByAddress(relay.address()), relay.port()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets are an address", impossible);
        }
    }

    /** @throws IOException with property and port in its message when the port cannot be had */
    static TurnPort open(MediaConfig config) throws IOException {
        InetAddress address = config.bindAddress();
        int port = config.turn().port();
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            return new TurnPort(channel, config);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            if (failed instanceof BindException) {
                throw MediaConfig.unbindable(TurnConfig.PORT, port, address, failed);
            }
            throw failed;
        }
    }

    void register(Selector selector) throws IOException {
        datagrams.register(selector, SelectionKey.OP_READ, this);
        streams.register(selector);
    }

    /** Datagrams have come. */
    void selected() {
        readable = true;
    }

    /** See {@link MediaPort#present}. */
    void present(Predicate<String> who) {
        isPresent = who;
    }

    int connections() {
        return streams.size();
    }

    int allocations() {
        return server.size();
    }

    long unsent() {
        return unsent + streams.unsent();
    }

    boolean hasMore() {
        return streams.hasMore();
    }

    // ---- in

    /** Answers clients; what they send to the media goes into the batch until it is full. */
    void receive(PacketBatch into, long now) throws IOException {
        nowNs = now;
        for (int i = 0; readable && i < TcpPort.FRAMES_PER_PASS && !into.isFull(); i++) {
            transfer.clear();
            SocketAddress sender = datagrams.receive(transfer);
            if (sender == null) {
                readable = false;
                break;
            }
            int length = transfer.flip().remaining();
            Path.Udp known = clients.get(sender);
            Path.Udp client = known != null ? known : new Path.Udp((InetSocketAddress) sender);
            transfer.get(into.next().array(), 0, length);
            handle(client, length, true, into);
            if (known == null && server.serves(client)) {
                clients.put(sender, client);
            }
        }
        streams.receive(into);
        streams.flush();
    }

    /** What stands in the next slot of the batch came from this client. */
    private void handle(Path client, int length, boolean datagram, PacketBatch into) {
        ByteBuffer slot = into.next();
        Path.Relayed from = null;
        if (length > 0 && (slot.get(0) & 0xC0) == 0x40) {
            from = server.receiveChannelData(slot, 0, length, client, nowNs);
        } else if (view.wrap(slot, 0, length)) {
            from = server.receive(view, client, client.octets(), client.port(), datagram, nowNs, answer);
            if (answer.hasRemaining()) {
                reply(client);
            }
        }
        if (from != null && server.dataLength() > 0) {
            System.arraycopy(slot.array(), server.dataAt(), slot.array(), 0, server.dataLength());
            into.add(from, server.dataLength());
        }
    }

    private void reply(Path client) {
        if (client instanceof Path.Udp) {
            transfer.clear().put(answer).flip();
            sendTransfer(client);
        } else if (client instanceof Path.Tcp connection) {
            if (server.serves(client)) {
                connection.prove();
            }
            if (connection.channel.isOpen() && connection.out().remaining() >= answer.remaining()) {
                connection.out().put(answer);
                streams.appended(connection);
            } else {
                unsent++;
            }
        }
    }

    private void sendTransfer(Path client) {
        boolean taken;
        try {
            taken = datagrams.send(transfer, client.remote()) > 0;
        } catch (IOException unreachable) { // an address of the client's making: not our fault, not our end
            taken = false;
        }
        unsent += taken ? 0 : 1;
    }

    /** RFC 8656 section 12.5 and RFC 8489 section 6.2.2: both begin with a type and a length. */
    @Override
    public int length(Path.Tcp connection, ByteBuffer in) {
        if (in.remaining() < CHANNEL_HEAD) {
            return UNKNOWN;
        }
        if (isProxyLine(connection, in.get(in.position()))) {
            return ProxyLine.length(in);
        }
        int kind = in.get(in.position()) & 0xC0;
        int length = in.getShort(in.position() + 2) & 0xFFFF;
        if (kind > 0x40 || length > MOST_FRAME) {
            return NO_FRAME;
        }
        return kind == 0 ? STUN_HEAD + length : CHANNEL_HEAD + (length + 3 & ~3);
    }

    /** No message begins with this letter, and nobody but a proxy begins with it. */
    private boolean isProxyLine(Path.Tcp connection, byte first) {
        return first == 'P' && !connection.begun && isProxy(connection.remote().getAddress());
    }

    @Override
    public boolean isProxy(InetAddress address) {
        return address.isLoopbackAddress() || address.equals(bindAddress) || proxies.contains(address);
    }

    @Override
    public void take(Path.Tcp connection, ByteBuffer in, int length, PacketBatch into) {
        boolean proxy = isProxyLine(connection, in.get(in.position()));
        in.get(into.next().array(), 0, length);
        if (proxy) {
            InetSocketAddress behind = ProxyLine.client(into.next().array(), length);
            if (behind != null) {
                streams.renamed(connection, behind);
            }
            return;
        }
        handle(connection, length, false, into);
    }

    @Override
    public void ended(Path.Tcp connection) {
        server.forget(connection);
    }

    // ---- out

    /** Sends a packet of the media to the client behind a relay, or puts it into its outbox. */
    void append(Path.Relayed path, ByteBuffer packet, int length) {
        byte[] octets = packet.array();
        int from = packet.arrayOffset();
        Path client = path.relay.client();
        if (client instanceof Path.Tcp connection) {
            if (connection.channel.isOpen() && server.frame(path.relay, octets, from, length, true, connection.out())) {
                streams.appended(connection);
                return;
            }
        } else if (server.frame(path.relay, octets, from, length, false, transfer.clear())) {
            transfer.flip();
            sendTransfer(client);
            return;
        }
        unsent++;
    }

    void flush() {
        streams.flush();
    }

    // ---- time

    void poll(long now) {
        streams.poll(now);
        if (now - polledNs >= SECOND_NS) {
            polledNs = now;
            server.poll(now);
            clients.values().removeIf(client -> !server.serves(client));
        }
    }

    @Override
    public void close() throws IOException {
        streams.close();
        datagrams.close();
    }
}
