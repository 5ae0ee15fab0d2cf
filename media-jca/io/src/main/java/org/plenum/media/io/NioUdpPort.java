/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One system call a datagram, on every JDK and system. An IPv6 bind address takes IPv4 as well where the system allows it. The
 * channel makes an address object whenever the sender changes (the JDK keeps only the last one); ours are looked up by it.
 */
final class NioUdpPort implements UdpPort {
    private static final int SYSTEM_BUFFER = 4 << 20;

    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(2048);
    private final Map<SocketAddress, Path.Udp> known = new HashMap<>();
    private long unsent;

    private NioUdpPort(DatagramChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** @throws IOException with property and port in its message when the port cannot be had */
    static NioUdpPort open(InetAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SYSTEM_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SYSTEM_BUFFER);
            channel.bind(new InetSocketAddress(address, port));
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new NioUdpPort(channel, selector);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            if (failed instanceof BindException) {
                throw new IOException(
                        MediaConfig.UDP_PORT + " " + port + " on " + MediaConfig.BIND_ADDRESS + " "
                                + address.getHostAddress() + " cannot be bound: " + failed.getMessage(),
                        failed);
            }
            throw failed;
        }
    }

    @Override
    public void receive(PacketBatch into) throws IOException {
        while (!into.isFull()) {
            ByteBuffer slot = into.next();
            transfer.clear().limit(Math.min(slot.capacity(), transfer.capacity()));
            SocketAddress sender = channel.receive(transfer);
            if (sender == null) {
                return;
            }
            int length = transfer.position();
            transfer.flip();
            transfer.get(slot.array(), slot.arrayOffset(), length);
            Path.Udp path = known.get(sender);
            into.add(path != null ? path : new Path.Udp((InetSocketAddress) sender), length);
        }
    }

    @Override
    public void send(PacketBatch from) {
        for (int i = 0; i < from.size(); i++) {
            ByteBuffer packet = from.buffer(i);
            transfer.clear();
            transfer.put(packet.array(), packet.arrayOffset(), from.length(i)).flip();
            try {
                if (channel.send(transfer, ((Path.Udp) from.path(i)).remote()) == 0) {
                    unsent++;
                }
            } catch (IOException unreachable) { // an address of the client's making: not our fault, not our end
                unsent++;
            }
        }
        from.clear();
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs)));
        selector.selectedKeys().clear();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void remember(Path path) {
        if (path instanceof Path.Udp udp) {
            known.put(udp.remote(), udp);
        }
    }

    @Override
    public void forget(Path path) {
        if (path instanceof Path.Udp udp) {
            known.remove(udp.remote());
        }
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }
}
