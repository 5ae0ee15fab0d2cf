/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

/** One media socket as its loop sees it: bytes in. Answers leave through the SignalClient given to connect. */
public final class SignalSession {
    SignalSession() {}

    /** One whole binary message. The array is not changed and not kept. */
    public void received(byte[] message, long nowNs) {}

    /** The socket is gone, whoever closed it. Later calls do nothing. */
    public void closed(long nowNs) {}
}
