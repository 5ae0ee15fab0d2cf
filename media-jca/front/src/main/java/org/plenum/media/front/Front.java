/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One TCP port, usually 443, for HTTPS and TURN, so that whoever gets anywhere gets in: tells them apart by the first octets of a
 * connection (ClientHello with ALPN, STUN, HTTP) and carries it on to the listener that is meant. HTTPS is not decrypted where the client
 * says by ALPN that it is; who says nothing is decrypted first. One thread of its own.
 */
public final class Front implements AutoCloseable {
    static final int MOST_CONNECTIONS = 8192;
    static final int MOST_OF_ADDRESS = 1024; // an office behind one address
    static final int FIRST_BYTES_S = 10;

    /** What BSI TR-02102-2 recommends and the JDK has. */
    static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final int BACKLOG = 1024;

    private final EventLoopGroup loop;
    private final Channel acceptor;

    private Front(EventLoopGroup loop, Channel acceptor) {
        this.loop = loop;
        this.acceptor = acceptor;
    }

    /** @throws IOException with the property in its message when the port or the key cannot be had */
    public static Front open(FrontConfig config) throws IOException {
        return apart(() -> bind(config));
    }

    /**
     * Netty leaves thread locals on every thread that calls it, and with them the whole application when it is undeployed. So a thread
     * calls it that ends.
     */
    private static <T> T apart(Callable<T> step) throws IOException {
        FutureTask<T> task = new FutureTask<>(step);
        new Thread(task, "plenum-front-caller").start();
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static Front bind(FrontConfig config) throws IOException {
        Routes routes = routes(config);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("plenum-front", true), NioIoHandler.newFactory());
        try {
            Channel acceptor = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WriteBufferWaterMark.DEFAULT)
                    .childHandler(new Arrivals(routes))
                    .bind(new InetSocketAddress(config.bindAddress(), config.port()))
                    .syncUninterruptibly()
                    .channel();
            return new Front(loop, acceptor);
        } catch (Exception taken) { // also what sync throws without declaring it
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    FrontConfig.PORT + " " + config.port() + " on "
                            + config.bindAddress().getHostAddress() + " cannot be bound: " + taken.getMessage(),
                    taken);
        }
    }

    private static Routes routes(FrontConfig config) throws IOException {
        char[] password = config.keyStorePassword().toCharArray();
        if (!Files.isReadable(config.keyStore())) {
            throw new IOException(FrontConfig.KEY_STORE + " " + config.keyStore() + " cannot be read");
        }
        try {
            KeyStore store = KeyStore.getInstance(config.keyStore().toFile(), password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SslContext server = SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS)
                    .ciphers(SUITES)
                    .build();
            SslContext client = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS)
                    .endpointIdentificationAlgorithm(null) // its certificate is compared as a whole
                    .trustManager(new OwnCertificate(store))
                    .build();
            return new Routes(config, server, client);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IOException(
                    FrontConfig.KEY_STORE + " " + config.keyStore() + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    /** Bounds how many there are, of one address and in all. */
    private static final class Arrivals extends ChannelInitializer<SocketChannel> {
        private final Routes routes;
        private final Map<InetAddress, Integer> ofAddress = new HashMap<>(); // of the one event loop
        private int connections;

        Arrivals(Routes routes) {
            this.routes = routes;
        }

        @Override
        protected void initChannel(SocketChannel arrived) {
            if (arrived.remoteAddress() == null) { // gone already
                arrived.close();
                return;
            }
            InetAddress address = arrived.remoteAddress().getAddress();
            connections++;
            int same = ofAddress.merge(address, 1, Integer::sum);
            arrived.closeFuture().addListener(ended -> {
                connections--;
                ofAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
            });
            if (connections > MOST_CONNECTIONS || same > MOST_OF_ADDRESS) {
                arrived.close();
                return;
            }
            arrived.pipeline().addLast(new Deadline(FIRST_BYTES_S), new Sniffer(routes, false));
        }
    }

    /** Trusts nobody but who has the same certificate as we. */
    private static final class OwnCertificate extends X509ExtendedTrustManager {
        private final KeyStore own;

        OwnCertificate(KeyStore own) {
            this.own = own;
        }

        private void check(X509Certificate[] chain) throws java.security.cert.CertificateException {
            try {
                for (String alias : Collections.list(own.aliases())) {
                    if (chain[0].equals(own.getCertificate(alias))) {
                        return;
                    }
                }
            } catch (GeneralSecurityException unreadable) {
                throw new java.security.cert.CertificateException(unreadable);
            }
            throw new java.security.cert.CertificateException("the listener of " + FrontConfig.HTTPS
                    + " shows another certificate than " + FrontConfig.KEY_STORE + " has");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws java.security.cert.CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, java.net.Socket socket)
                throws java.security.cert.CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws java.security.cert.CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException("clients show no certificates here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, java.net.Socket socket) {
            throw new UnsupportedOperationException("clients show no certificates here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("clients show no certificates here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The port is free and all connections over it have ended when this returns. */
    @Override
    public void close() {
        try {
            apart(() -> {
                acceptor.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
                return loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
            });
        } catch (IOException interrupted) {
            acceptor.close();
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }
}
