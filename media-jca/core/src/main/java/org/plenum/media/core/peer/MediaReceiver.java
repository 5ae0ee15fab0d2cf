/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.peer;

import java.nio.ByteBuffer;

/** Takes the authentic, decrypted packets of one peer. On the loop; the buffer is valid during the call and may be changed. */
public interface MediaReceiver {
    void rtp(ByteBuffer packet, int length, long nowNs);

    /** A compound packet. */
    void rtcp(ByteBuffer packet, int length, long nowNs);

    /** The keys are there, or the transport is final: packets may flow, or never will again. */
    void transport(Connection.State state);
}
