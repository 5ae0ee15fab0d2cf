/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** The engine's end of one media socket: bytes in. Any thread, never blocks. */
public interface SignalLink {
    /** One whole binary message. The array belongs to the link from here on. */
    void received(byte[] message);

    /** The socket is gone, whoever closed it. */
    void closed();
}
