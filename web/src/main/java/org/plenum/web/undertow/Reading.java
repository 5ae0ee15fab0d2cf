/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.undertow;

import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;

/** Stops and resumes reading from a WebSocket, so that a client that floods fills its own buffers. Jakarta WebSocket has no word for it. */
public final class Reading {
    private Reading() {}

    public static void pause(Session session) {
        channel(session).suspendReceives();
    }

    public static void resume(Session session) {
        channel(session).resumeReceives();
    }

    private static WebSocketChannel channel(Session session) {
        return ((UndertowSession) session).getWebSocketChannel();
    }
}
