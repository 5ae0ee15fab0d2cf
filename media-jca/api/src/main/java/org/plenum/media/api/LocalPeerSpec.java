/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.util.Set;

/**
 * Who a local peer is.
 *
 * @param identity unique in the room, 1 to 256 characters
 * @param name shown to others, at most 256 characters
 * @param mayPublish as in an access token; only the microphone means something for a local peer
 */
public record LocalPeerSpec(String identity, String name, PeerKind kind, Set<TrackSource> mayPublish) {
    private static final int LONGEST = 256;

    public LocalPeerSpec {
        if (identity.isEmpty() || identity.length() > LONGEST || name.length() > LONGEST) {
            throw new IllegalArgumentException("identity or name too long, or no identity");
        }
        mayPublish = Set.copyOf(mayPublish);
    }

    @Override
    public String toString() {
        return "(local peer " + kind + ")";
    }
}
