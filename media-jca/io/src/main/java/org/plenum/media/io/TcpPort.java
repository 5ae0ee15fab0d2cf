/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Packets over TCP connections that clients open: those of media, each behind its length (RFC 4571 section 2, for the passive candidates
 * of RFC 6544), or other {@link Frames}. A connection that has not shown what it is for after ten seconds ends, as does one that sends what
 * is no packet. What a slow client does not
 * take is lost beyond {@value #OUT_OCTETS} octets, as it would be on a full line. One thread, that of the loop.
 */
final class TcpPort implements AutoCloseable {
    static final int MOST_CONNECTIONS = 4096;
    static final int MOST_OF_ADDRESS = 256; // an office behind one address
    static final long PROOF_NS = 10_000_000_000L;
    static final int OUT_OCTETS = 64 << 10; // with the system's: a key frame

    private static final int SYSTEM_OUT_OCTETS = 64 << 10; // more would be delay, not speed
    private static final int MOST_FRAME = Outbound.SLOT_OCTETS;
    private static final int BACKLOG = 128;
    static final int FRAMES_PER_PASS = 64; // also of such as put nothing into a batch

    private final ServerSocketChannel acceptor;
    private final Set<Path.Tcp> connections = new LinkedHashSet<>();
    private final Map<InetAddress, Integer> ofAddress = new HashMap<>();
    private final ArrayDeque<Path.Tcp> readable = new ArrayDeque<>();
    private final List<Path.Tcp> written = new ArrayList<>();
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(OUT_OCTETS);
    private final Frames frames;
    private Selector selector;
    private long nowNs;
    private long unsent;
    private int framesLeft; // of this pass

    private TcpPort(ServerSocketChannel acceptor, Frames frames) {
        this.acceptor = acceptor;
        this.frames = frames;
    }

    /** How packets stand in the stream. */
    interface Frames {
        int NO_FRAME = -1;
        int UNKNOWN = 0;

        /** @return octets of the frame that begins here, {@link #UNKNOWN} before its head is whole, {@link #NO_FRAME} for nonsense */
        int length(Path.Tcp connection, ByteBuffer in);

        /** Takes a whole frame away, and puts what is for the media into the batch, which is not full. */
        void take(Path.Tcp connection, ByteBuffer in, int length, PacketBatch into);

        /** Whether who comes from there comes on behalf of many. */
        default boolean isProxy(InetAddress address) {
            return false;
        }

        /** The connection has ended. */
        default void ended(Path.Tcp connection) {}
    }

    /** RFC 4571. */
    static final class Media implements Frames {
        static final Media FRAMES = new Media();
        static final int HEAD = 2;

        @Override
        public int length(Path.Tcp connection, ByteBuffer in) {
            if (in.remaining() < HEAD) {
                return UNKNOWN;
            }
            int length = in.getShort(in.position()) & 0xFFFF;
            return length > MOST_FRAME ? NO_FRAME : HEAD + length;
        }

        @Override
        public void take(Path.Tcp connection, ByteBuffer in, int length, PacketBatch into) {
            in.position(in.position() + HEAD);
            in.get(into.next().array(), 0, length - HEAD);
            if (length > HEAD) {
                into.add(connection, length - HEAD);
            }
        }
    }

    /**
     * @param property that names the port
     * @throws IOException with property and port in its message when the port cannot be had
     */
    static TcpPort open(String property, InetAddress address, int port, Frames frames) throws IOException {
        ServerSocketChannel acceptor = ServerSocketChannel.open();
        try {
            acceptor.configureBlocking(false);
            acceptor.setOption(StandardSocketOptions.SO_REUSEADDR, true); // a restart does not wait for old connections
            acceptor.bind(new InetSocketAddress(address, port), BACKLOG);
            return new TcpPort(acceptor, frames);
        } catch (IOException | RuntimeException failed) {
            acceptor.close();
            if (failed instanceof BindException) {
                throw MediaConfig.unbindable(property, port, address, failed);
            }
            throw failed;
        }
    }

    void register(Selector selector) throws IOException {
        this.selector = selector;
        acceptor.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    int size() {
        return connections.size();
    }

    long unsent() {
        return unsent;
    }

    /** Something can be done about this key of the selector. */
    void selected(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.channel() == acceptor) {
            accept();
        } else if (key.attachment() instanceof Path.Tcp connection) {
            if (key.isReadable() && !connection.listed) {
                connection.listed = true;
                readable.add(connection);
            }
            if (key.isWritable()) {
                flush(connection);
            }
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = acceptOne(); channel != null; channel = acceptOne()) {
            Path.Tcp connection = null;
            try {
                InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
                int others = remote == null ? 0 : ofAddress.getOrDefault(remote.getAddress(), 0);
                if (remote == null
                        || connections.size() >= MOST_CONNECTIONS
                        || others >= MOST_OF_ADDRESS && !frames.isProxy(remote.getAddress())) {
                    channel.close();
                    continue;
                }
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SYSTEM_OUT_OCTETS);
                connection = new Path.Tcp(this, channel, remote, nowNs);
                connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
                connections.add(connection);
                ofAddress.merge(remote.getAddress(), 1, Integer::sum);
            } catch (IOException gone) { // between its coming and now
                channel.close();
            }
        }
    }

    /** @return null when nobody waits, or the system has no more descriptors */
    private SocketChannel acceptOne() {
        try {
            return acceptor.accept();
        } catch (IOException exhausted) {
            return null;
        }
    }

    // ---- in

    /** Whether something that was read has not been looked at. */
    boolean hasMore() {
        return !readable.isEmpty();
    }

    /** Takes the packets that have come, until the batch is full or others have waited long enough. */
    void receive(PacketBatch into) {
        framesLeft = FRAMES_PER_PASS;
        while (framesLeft > 0 && !into.isFull() && !readable.isEmpty()) {
            Path.Tcp connection = readable.peek();
            boolean more = false;
            try {
                more = connection.channel.isOpen() && read(connection, into);
            } catch (IOException gone) {
                end(connection);
            }
            if (!more) {
                connection.listed = false;
                readable.poll();
            }
        }
    }

    /** @return whether there may be more of it */
    private boolean read(Path.Tcp connection, PacketBatch into) throws IOException {
        for (; ; ) {
            ByteBuffer in = connection.in.flip();
            while (!into.isFull() && framesLeft > 0) {
                int length = frames.length(connection, in);
                if (length < 0) {
                    end(connection);
                    return false;
                }
                if (length == Frames.UNKNOWN || in.remaining() < length) {
                    break;
                }
                framesLeft--;
                frames.take(connection, in, length, into);
                connection.begun = true;
            }
            in.compact();
            if (into.isFull() || framesLeft == 0) {
                return true;
            }
            int octets = connection.channel.read(in);
            if (octets < 0) {
                end(connection);
            }
            if (octets <= 0) {
                return false;
            }
        }
    }

    // ---- out

    /** Puts a packet of media into a connection's outbox. */
    void append(Path.Tcp connection, ByteBuffer packet, int length) {
        ByteBuffer out = connection.out();
        if (!connection.channel.isOpen() || out.remaining() < Media.HEAD + length) {
            unsent++;
            return;
        }
        out.putShort((short) length).put(packet.array(), packet.arrayOffset(), length);
        appended(connection);
    }

    /** Something was put into a connection's outbox. */
    void appended(Path.Tcp connection) {
        if (!connection.written) {
            connection.written = true;
            written.add(connection);
        }
    }

    /** Sends what was put into outboxes. */
    void flush() {
        for (int i = 0; i < written.size(); i++) {
            Path.Tcp connection = written.get(i);
            connection.written = false;
            flush(connection);
        }
        written.clear();
    }

    private void flush(Path.Tcp connection) {
        ByteBuffer out = connection.out().flip();
        try {
            transfer.clear().put(out).flip();
            connection.channel.write(transfer);
            out.clear().put(transfer);
            int interest = SelectionKey.OP_READ | (out.position() > 0 ? SelectionKey.OP_WRITE : 0);
            if (connection.key.interestOps() != interest) {
                connection.key.interestOps(interest);
            }
        } catch (IOException | CancelledKeyException gone) {
            out.clear();
            end(connection);
        }
    }

    // ---- the end of connections

    void poll(long now) {
        nowNs = now;
        List<Path.Tcp> late = null;
        for (Path.Tcp connection : connections) {
            if (!connection.isProved() && now - connection.sinceNs > PROOF_NS) {
                late = late == null ? new ArrayList<>() : late;
                late.add(connection);
            }
        }
        if (late != null) {
            late.forEach(this::end);
        }
    }

    void end(Path.Tcp connection) {
        if (connections.remove(connection)) {
            lower(connection);
            frames.ended(connection);
        }
        try {
            connection.channel.close();
        } catch (IOException alreadyGone) {
            // nothing is left to be done about it
        }
    }

    private void lower(Path.Tcp connection) {
        ofAddress.computeIfPresent(connection.remote().getAddress(), (address, count) -> count == 1 ? null : count - 1);
    }

    /** A connection counts for somebody else than who has made it. */
    void renamed(Path.Tcp connection, InetSocketAddress client) {
        lower(connection);
        connection.comesFrom(client);
        boolean many = ofAddress.merge(client.getAddress(), 1, Integer::sum) > MOST_OF_ADDRESS;
        if (many && !frames.isProxy(client.getAddress())) {
            end(connection);
        }
    }

    @Override
    public void close() throws IOException {
        List.copyOf(connections).forEach(this::end);
        acceptor.close();
    }
}
