/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;

/** The ways on from the common port. */
final class Routes {
    private static final long HANDSHAKE_MS = 10_000;

    private final FrontConfig config;
    private final SslContext server;
    private final SslContext client;

    /**
     * @param server decrypts what clients send
     * @param client encrypts towards the HTTPS listener, which has to show our own certificate
     */
    Routes(FrontConfig config, SslContext server, SslContext client) {
        this.config = config;
        this.server = server;
        this.client = client;
    }

    void toTurn(ChannelHandlerContext context, Sniffer sniffer) {
        bridge(context, sniffer, new Bridge(config.turn(), preface(context), null));
    }

    /** As it is: the listener has the certificate. */
    void toHttps(ChannelHandlerContext context, Sniffer sniffer) {
        bridge(context, sniffer, new Bridge(config.https(), prefaceOfHttps(context), null));
    }

    /** For clients that do not say what they want before they are decrypted. */
    void encryptToHttps(ChannelHandlerContext context, Sniffer sniffer) {
        bridge(context, sniffer, new Bridge(config.https(), prefaceOfHttps(context), client));
    }

    void decrypt(ChannelHandlerContext context, Sniffer sniffer) {
        SslHandler handler = server.newHandler(context.alloc());
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MS);
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addLast(handler).addLast(new Sniffer(this, true));
        pipeline.remove(sniffer);
    }

    private static void bridge(ChannelHandlerContext context, Sniffer sniffer, Bridge bridge) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(Deadline.class); // who has shown what it wants may be silent
        pipeline.addLast(bridge);
        pipeline.remove(sniffer);
    }

    private String prefaceOfHttps(ChannelHandlerContext context) {
        return config.proxyProtocol() ? preface(context) : "";
    }

    /** PROXY protocol, version 1: who comes, for the limits behind. */
    private static String preface(ChannelHandlerContext context) {
        InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
        InetSocketAddress to = (InetSocketAddress) context.channel().localAddress();
        boolean four =
                from.getAddress().getAddress().length == 4 && to.getAddress().getAddress().length == 4;
        return "PROXY " + (four ? "TCP4 " : "TCP6 ") + literal(from, four) + " " + literal(to, four) + " "
                + from.getPort() + " " + to.getPort() + "\r\n";
    }

    private static String literal(InetSocketAddress address, boolean four) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        text = zone < 0 ? text : text.substring(0, zone);
        return four || text.indexOf(':') >= 0 ? text : "::ffff:" + text;
    }
}
