/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

import java.util.List;
import java.util.Set;

/** One media session at one moment. */
public record MediaParticipant(
        String identity, String sid, boolean active, Set<TrackSource> maySend, List<TrackInfo> tracks) {}
