/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Ends a connection that has not shown what it wants in time, however often it sends a little. Taken out of the way by whoever knows. */
final class Deadline extends ChannelInboundHandlerAdapter {
    private final int seconds;
    private Future<?> end;

    Deadline(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end.cancel(false);
    }
}
