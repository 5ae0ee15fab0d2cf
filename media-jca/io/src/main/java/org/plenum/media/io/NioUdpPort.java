/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.lang.System.Logger.Level;
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

/**
 * One system call a datagram, on every JDK and system; where {@link SegmentedSender} is to be had, one for a batch of what is sent. An
 * IPv6 bind address takes IPv4 as well where the system allows it. The channel makes an address object whenever the sender changes (the
 * JDK keeps only the last one); ours are looked up by it.
 */
final class NioUdpPort implements AutoCloseable {
    private static final int SYSTEM_BUFFER = 4 << 20;
    private static final System.Logger LOG = System.getLogger("org.plenum.media");

    private final DatagramChannel channel;
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(2048);
    private final Map<SocketAddress, Path.Udp> known = new HashMap<>();
    private final SegmentedSender.Single single = this::sendOne;
    private final SegmentedSender segmented; // null: every packet by itself
    private long unsent;

    private NioUdpPort(DatagramChannel channel, SegmentedSender segmented) {
        this.channel = channel;
        this.segmented = segmented;
    }

    /**
     * @param portable whether to do without what only some systems have
     * @throws IOException with property and port in its message when the port cannot be had
     */
    static NioUdpPort open(InetAddress address, int port, boolean portable) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SYSTEM_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SYSTEM_BUFFER);
            channel.bind(new InetSocketAddress(address, port));
            SegmentedSender segmented =
                    portable ? null : SegmentedSender.open(channel).orElse(null);
            LOG.log(
                    Level.INFO,
                    "the media port {0} sends {1}",
                    String.valueOf(port),
                    segmented == null ? "packets one by one" : "many packets at once (sendmmsg, UDP_SEGMENT)");
            return new NioUdpPort(channel, segmented);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            if (failed instanceof BindException) {
                throw MediaConfig.unbindable(MediaConfig.UDP_PORT, port, address, failed);
            }
            throw failed;
        }
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** See {@link MediaPort#receive}. */
    void receive(PacketBatch into) throws IOException {
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

    /** See {@link MediaPort#send}. */
    void send(Path.Udp path, ByteBuffer packet, int length) {
        if (segmented == null) {
            transfer.clear();
            transfer.put(packet.array(), packet.arrayOffset(), length).flip();
            sendOne(path, transfer);
            return;
        }
        segmented.add(path, packet, length);
        if (segmented.isFull()) {
            segmented.flush(single);
        }
    }

    /** See {@link MediaPort#flush}. */
    void flush() {
        if (segmented != null) {
            segmented.flush(single);
        }
    }

    private boolean sendOne(Path path, ByteBuffer packet) {
        boolean taken;
        try {
            taken = channel.send(packet, path.remote()) > 0;
        } catch (IOException unreachable) { // an address of the client's making: not our fault, not our end
            taken = false;
        }
        unsent += taken ? 0 : 1;
        return taken;
    }

    void remember(Path.Udp path) {
        known.put(path.remote(), path);
    }

    void forget(Path.Udp path) {
        known.remove(path.remote());
    }

    long unsent() {
        return unsent;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
