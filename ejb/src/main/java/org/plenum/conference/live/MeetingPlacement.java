/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.util.UUID;

/** Which node runs a meeting. Everything that needs the live room asks here first, also where there is one node only. */
public interface MeetingPlacement {
    NodeId ownerOf(UUID room);
}
