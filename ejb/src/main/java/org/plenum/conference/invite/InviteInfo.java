/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.invite;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.plenum.conference.user.Profile;

/** @param expiration absent: the link does not expire */
public record InviteInfo(
        UUID code,
        UUID room,
        boolean active,
        Optional<Instant> expiration,
        Profile createdBy,
        Instant created,
        Profile updatedBy,
        Instant updated) {
    @Override
    public String toString() {
        return "(invite)";
    }
}
