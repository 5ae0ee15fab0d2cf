/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.TrackPermission;

/** Who may receive the tracks of one participant, as it said itself; everybody until it says something. */
final class SubscriptionPermissions {
    private static final int MOST_ENTRIES = 2000;

    private SubscriptionPermission said =
            SubscriptionPermission.newBuilder().setAllParticipants(true).build();

    /** @return false when there is too much of it: the former one stays */
    boolean replace(SubscriptionPermission permission) {
        int entries = permission.getTrackPermissionsList().stream()
                .mapToInt(p -> 1 + p.getTrackSidsCount())
                .sum();
        if (entries > MOST_ENTRIES) {
            return false;
        }
        said = permission;
        return true;
    }

    /** Whether nobody is left out. */
    boolean allowEverybody() {
        return said.getAllParticipants();
    }

    boolean allows(Participant subscriber, Track track) {
        if (said.getAllParticipants()) {
            return true;
        }
        for (TrackPermission entry : said.getTrackPermissionsList()) {
            boolean meant = entry.getParticipantIdentity().equals(subscriber.identity())
                    || entry.getParticipantSid().equals(subscriber.sid());
            if (meant && (entry.getAllTracks() || entry.getTrackSidsList().contains(track.sid()))) {
                return true;
            }
        }
        return false;
    }
}
