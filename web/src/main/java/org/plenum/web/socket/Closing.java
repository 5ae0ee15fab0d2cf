/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.web.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.plenum.web.undertow.Hangup;

/** Closing a socket, which may be gone already. */
public final class Closing {
    private static final System.Logger LOG = System.getLogger("org.plenum.web");

    private Closing() {}

    /** @param code as RFC 6455 section 7.4 allows it to be sent */
    public static void close(Session session, int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "a socket was closed before");
        } finally {
            Hangup.soon(session);
        }
    }
}
