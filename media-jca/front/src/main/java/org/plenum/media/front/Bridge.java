/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Carries octets between a client and a server behind us. Reads from one side only when the other has taken what was read before, so that
 * nothing piles up here. One event loop for both sides.
 */
final class Bridge extends ChannelInboundHandlerAdapter {
    private static final int CONNECT_MS = 5000;

    private final InetSocketAddress target;
    private final String preface; // before everything else, outside of any encryption
    private final SslContext encryption; // null for none
    private final Queue<Object> waiting = new ArrayDeque<>(); // what the first look has read
    private Channel client;
    private Channel server; // null until connected

    Bridge(InetSocketAddress target, String preface, SslContext encryption) {
        this.target = target;
        this.preface = preface;
        this.encryption = encryption;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        client = context.channel();
        client.config().setAutoRead(false);
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        if (preface.isEmpty() && encryption != null) {
                            made.pipeline().addLast(encryption.newHandler(made.alloc()));
                        }
                        made.pipeline().addLast(new WayBack());
                    }
                })
                .connect(target)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        begin(connected.channel());
                    } else {
                        client.close();
                    }
                });
    }

    private void begin(Channel connected) {
        if (!client.isActive()) {
            connected.close();
            return;
        }
        if (!preface.isEmpty()) {
            ByteBuf head = Unpooled.copiedBuffer(preface, StandardCharsets.US_ASCII);
            connected.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            if (encryption != null) {
                connected.pipeline().addFirst(encryption.newHandler(connected.alloc()));
            }
        }
        server = connected;
        for (Object read = waiting.poll(); read != null; read = waiting.poll()) {
            server.write(read);
        }
        server.flush();
        client.read();
        server.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (server == null) {
            waiting.add(read);
        } else {
            pass(read, client, server);
        }
    }

    private static void pass(Object read, Channel from, Channel to) {
        to.writeAndFlush(read).addListener(written -> {
            if (written.isSuccess()) {
                from.read();
            } else {
                from.close();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        for (Object read = waiting.poll(); read != null; read = waiting.poll()) {
            ((ByteBuf) read).release();
        }
        endAfterAll(server);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** What was read before is still sent. */
    private static void endAfterAll(Channel other) {
        if (other != null && other.isActive()) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class WayBack extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            pass(read, context.channel(), client);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            endAfterAll(client);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
