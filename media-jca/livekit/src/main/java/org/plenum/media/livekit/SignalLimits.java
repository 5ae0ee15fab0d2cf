/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

/**
 * Limits of everything a client can grow, all at least 1.
 *
 * @param rooms at the same time
 * @param sessionsPerRoom at the same time
 * @param tracksPerParticipant published and announced together
 * @param pendingTracks announced by add_track and not negotiated yet
 * @param mediaSections of one description of a client
 * @param messageBytes of one message of a client
 * @param subscriptions tracks received by one participant; their descriptions must fit into a message
 */
public record SignalLimits(
        int rooms,
        int sessionsPerRoom,
        int tracksPerParticipant,
        int pendingTracks,
        int mediaSections,
        int messageBytes,
        int subscriptions) {
    /** What a server uses when nobody says otherwise. */
    public static final SignalLimits USUAL = new SignalLimits(2000, 1000, 40, 20, 64, 256 * 1024, 250);

    public SignalLimits {
        if (rooms < 1
                || sessionsPerRoom < 1
                || tracksPerParticipant < 1
                || pendingTracks < 1
                || mediaSections < 1
                || messageBytes < 1
                || subscriptions < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }
}
