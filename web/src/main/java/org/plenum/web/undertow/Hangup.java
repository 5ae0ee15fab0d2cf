/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The end of a WebSocket where Jakarta WebSocket has no word for it. Needed for clients that do not answer a close, and for those
 * that close in the very moment in which we do: each side then waits for the other (Undertow 2.3 marks the session as closed while
 * it reads the client's close frame, and answers nobody). Any thread.
 */
public final class Hangup {
    private static final System.Logger LOG = System.getLogger("org.plenum.web");

    /** For the closing handshake (RFC 6455 section 7.1.1). */
    private static final long PATIENCE_MS = 2000;

    private Hangup() {}

    /** Cuts the connection when the closing handshake, which has been begun, is not done soon. */
    public static void soon(Session session) {
        if (session instanceof UndertowSession socket) {
            WebSocketChannel channel = socket.getWebSocketChannel();
            try {
                channel.getIoThread().executeAfter(() -> cut(channel), PATIENCE_MS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException serverEnds) {
                cut(channel);
            }
        }
    }

    private static void cut(WebSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a socket was gone already");
        }
    }
}
