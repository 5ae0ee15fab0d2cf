/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** The socket's end of a {@link SignalLink}: bytes out. Called on the engine's loop; must hand over and return. */
public interface SignalClient {
    void send(byte[] message);

    /** Closes after everything sent before has left. */
    void close(int code, String reason);
}
