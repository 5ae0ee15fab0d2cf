/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import java.time.Duration;

/**
 * What bounds a room, beside the quotas of its owner's tariff.
 *
 * @param participants connected and waiting people
 * @param connectionsOfOne tabs and devices of one person
 * @param remembered people who have left and are still listed
 * @param commands of one connection
 * @param idle how long a room without connections is kept
 * @param jobsAtEnd how long a closing room waits for the jobs of its modules
 */
record RoomLimits(
        int participants,
        int connectionsOfOne,
        int remembered,
        TokenBucket.Limit commands,
        Duration idle,
        Duration jobsAtEnd) {
    static final RoomLimits USUAL = new RoomLimits(
            1_000, 20, 1_000, new TokenBucket.Limit(10, 30), Duration.ofSeconds(60), Duration.ofSeconds(5));
}
