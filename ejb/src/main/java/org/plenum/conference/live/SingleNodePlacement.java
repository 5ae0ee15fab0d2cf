/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.UUID;

/** One node has every meeting. */
public final class SingleNodePlacement implements MeetingPlacement {
    private final NodeId self;

    public SingleNodePlacement(NodeId self) {
        this.self = self;
    }

    @Override
    public NodeId ownerOf(UUID room) {
        return self;
    }
}
