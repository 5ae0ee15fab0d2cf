/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.phone;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of a call.
 *
 * @param room absent: the caller never got into one
 * @param result a short word, such as {@code hung_up}
 * @param dialled the number of ours that was called
 * @param caller masked
 */
public record EndedCall(
        Optional<UUID> room, Instant started, Instant ended, String result, String dialled, String caller) {
    @Override
    public String toString() {
        return "EndedCall[" + result + "]";
    }
}
