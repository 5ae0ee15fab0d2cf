/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides by the first octets where a connection goes, and then gets out of its way. */
final class Sniffer extends ByteToMessageDecoder {
    private static final int MOST_HTTP = 8192;
    private static final Pattern REQUEST = Pattern.compile(
            "[A-Z]{3,8} (/[!-~]{0,2000}) HTTP/1\\.[01]\r\n(?:.*\r\n)*?Host: *([A-Za-z0-9.:\\[\\]-]{1,260}) *\r\n",
            Pattern.CASE_INSENSITIVE);

    private final Routes routes;
    private final boolean decrypted;

    /** @param decrypted whether this looks into what a client has encrypted for us */
    Sniffer(Routes routes, boolean decrypted) {
        this.routes = routes;
        this.decrypted = decrypted;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        FirstBytes first = FirstBytes.of(in);
        switch (first.kind()) {
            case INCOMPLETE -> {}
            case STUN -> routes.toTurn(context, this);
            case TLS -> {
                if (decrypted) {
                    context.close();
                } else if (first.protocols().isEmpty() || first.protocols().contains("stun.turn")) {
                    routes.decrypt(context, this);
                } else {
                    routes.toHttps(context, this);
                }
            }
            case HTTP -> {
                if (decrypted) {
                    routes.encryptToHttps(context, this);
                } else {
                    redirect(context, in);
                }
            }
            default -> context.close();
        }
    }

    /** Somebody has left the s out. */
    private static void redirect(ChannelHandlerContext context, ByteBuf in) {
        String head = in.toString(StandardCharsets.ISO_8859_1);
        if (!head.contains("\r\n\r\n") && head.length() < MOST_HTTP) {
            return;
        }
        in.skipBytes(in.readableBytes());
        Matcher request = REQUEST.matcher(head);
        String answer = request.lookingAt()
                ? "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://" + request.group(2) + request.group(1)
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // no TLS, or cut off: nobody is left to be told
    }
}
