/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The UDP port and, unless there is none, the TCP port and the relay beside it. */
final class Sockets implements MediaPort {
    private static final int PASSES = 8; // without waiting, before connections are looked at all the same

    private static final long ALMOST_MS = 999_999; // ns

    private final NioUdpPort udp;
    private final TcpPort tcp; // null for none
    private final TurnPort turn; // null for none
    private final Selector selector;
    private int passes;

    private Sockets(NioUdpPort udp, TcpPort tcp, TurnPort turn, Selector selector) {
        this.udp = udp;
        this.tcp = tcp;
        this.turn = turn;
        this.selector = selector;
    }

    /** @throws IOException with property and port in its message when a port cannot be had */
    static Sockets open(MediaConfig config) throws IOException {
        NioUdpPort udp = null;
        TcpPort tcp = null;
        TurnPort turn = null;
        Selector selector = null;
        try {
            udp = NioUdpPort.open(config.bindAddress(), config.udpPort(), config.portable());
            tcp = config.tcpPort() == 0
                    ? null
                    : TcpPort.open(MediaConfig.TCP_PORT, config.bindAddress(), config.tcpPort(), TcpPort.Media.FRAMES);
            turn = config.turn().port() == 0 ? null : TurnPort.open(config);
            selector = Selector.open();
            udp.register(selector);
            if (tcp != null) {
                tcp.register(selector);
            }
            if (turn != null) {
                turn.register(selector);
            }
            return new Sockets(udp, tcp, turn, selector);
        } catch (IOException | RuntimeException failed) {
            closeAll(selector, turn, tcp, udp);
            throw failed;
        }
    }

    @Override
    public void receive(PacketBatch into, long nowNs) throws IOException {
        udp.receive(into);
        if ((tcp != null || turn != null) && ++passes >= PASSES) {
            select(0);
        }
        if (tcp != null) {
            tcp.receive(into);
        }
        if (turn != null) {
            turn.receive(into, nowNs);
        }
    }

    @Override
    public void send(Path path, ByteBuffer packet, int length) {
        if (path instanceof Path.Udp datagrams) {
            udp.send(datagrams, packet, length);
        } else if (path instanceof Path.Tcp connection) {
            tcp.append(connection, packet, length);
        } else if (path instanceof Path.Relayed relayed) {
            turn.append(relayed, packet, length);
        }
    }

    @Override
    public void flush() {
        udp.flush();
        if (tcp != null) {
            tcp.flush();
        }
        if (turn != null) {
            turn.flush();
        }
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        boolean more = tcp != null && tcp.hasMore() || turn != null && turn.hasMore();
        select(more ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs + ALMOST_MS))); // early means twice
    }

    private void select(long timeoutMs) throws IOException {
        passes = 0;
        if (timeoutMs == 0) {
            selector.selectNow();
        } else {
            selector.select(timeoutMs);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof TcpPort acceptor) {
                acceptor.selected(key);
            } else if (key.attachment() instanceof Path.Tcp connection) {
                connection.owner.selected(key);
            } else if (key.attachment() instanceof TurnPort relay) {
                relay.selected();
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void remember(Path path) {
        if (path instanceof Path.Udp datagrams) {
            udp.remember(datagrams);
        } else if (path instanceof Path.Tcp connection) {
            connection.prove();
        }
    }

    @Override
    public void forget(Path path) {
        if (path instanceof Path.Udp datagrams) {
            udp.forget(datagrams);
        } else if (path instanceof Path.Tcp connection) {
            connection.owner.end(connection);
        }
    }

    @Override
    public void poll(long nowNs) {
        if (tcp != null) {
            tcp.poll(nowNs);
        }
        if (turn != null) {
            turn.poll(nowNs);
        }
    }

    @Override
    public long unsent() {
        return udp.unsent() + (tcp == null ? 0 : tcp.unsent()) + (turn == null ? 0 : turn.unsent());
    }

    @Override
    public int connections() {
        return (tcp == null ? 0 : tcp.size()) + (turn == null ? 0 : turn.connections());
    }

    @Override
    public int allocations() {
        return turn == null ? 0 : turn.allocations();
    }

    @Override
    public void present(Predicate<String> isPresent) {
        if (turn != null) {
            turn.present(isPresent);
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(selector, turn, tcp, udp);
    }

    private static void closeAll(AutoCloseable... all) throws IOException {
        IOException failed = null;
        for (AutoCloseable one : all) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (IOException e) {
                failed = e;
            } catch (Exception e) {
                failed = new IOException(e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
