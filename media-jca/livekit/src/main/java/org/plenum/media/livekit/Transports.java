/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import org.plenum.media.core.peer.Connection;
import org.plenum.media.core.sdp.Setup;
import org.plenum.media.core.sdp.TransportDescription;

/** Our side of a transport, as descriptions write it. */
final class Transports {
    private Transports() {}

    /** All candidates are known from the start: nothing has to be trickled. */
    static TransportDescription local(Connection connection, Setup setup) {
        return new TransportDescription(
                connection.localIce().ufrag(),
                connection.localIce().password(),
                connection.localFingerprint(),
                setup,
                connection.localCandidates(),
                true);
    }
}
