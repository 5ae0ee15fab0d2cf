/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.io;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** The UDP port and, unless there is none, the TCP port beside it. */
final class Sockets implements MediaPort {
    private static final int PASSES = 8; // without waiting, before connections are looked at all the same

    private final NioUdpPort udp;
    private final TcpPort tcp; // null for none
    private final Selector selector;
    private int passes;

    private Sockets(NioUdpPort udp, TcpPort tcp, Selector selector) {
        this.udp = udp;
        this.tcp = tcp;
        this.selector = selector;
    }

    /** @throws IOException with property and port in its message when a port cannot be had */
    static Sockets open(MediaConfig config) throws IOException {
        NioUdpPort udp = null;
        TcpPort tcp = null;
        Selector selector = null;
        try {
            udp = NioUdpPort.open(config.bindAddress(), config.udpPort(), config.portable());
            tcp = config.tcpPort() == 0 ? null : TcpPort.open(config.bindAddress(), config.tcpPort());
            selector = Selector.open();
            udp.register(selector);
            if (tcp != null) {
                tcp.register(selector);
            }
            return new Sockets(udp, tcp, selector);
        } catch (IOException | RuntimeException failed) {
            closeAll(selector, tcp, udp);
            throw failed;
        }
    }

    @Override
    public void receive(PacketBatch into) throws IOException {
        udp.receive(into);
        if (tcp != null) {
            if (++passes >= PASSES) {
                select(0);
            }
            tcp.receive(into);
        }
    }

    @Override
    public int batch() {
        return udp.batch();
    }

    @Override
    public void send(PacketBatch from) {
        if (tcp != null) {
            tcp.send(from);
        }
        if (from.size() > 0) {
            udp.send(from);
        }
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNs)));
    }

    private void select(long timeoutMs) throws IOException {
        passes = 0;
        if (timeoutMs == 0) {
            selector.selectNow();
        } else {
            selector.select(timeoutMs);
        }
        if (tcp != null) {
            for (SelectionKey key : selector.selectedKeys()) {
                tcp.selected(key);
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
            tcp.end(connection);
        }
    }

    @Override
    public void poll(long nowNs) {
        if (tcp != null) {
            tcp.poll(nowNs);
        }
    }

    @Override
    public long unsent() {
        return udp.unsent() + (tcp == null ? 0 : tcp.unsent());
    }

    @Override
    public int connections() {
        return tcp == null ? 0 : tcp.size();
    }

    @Override
    public void close() throws IOException {
        closeAll(selector, tcp, udp);
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
