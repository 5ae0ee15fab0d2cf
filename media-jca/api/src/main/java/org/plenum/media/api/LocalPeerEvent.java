/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** What happens to a local peer, in order. Told on the engine's loop: hand over and return. */
public sealed interface LocalPeerEvent {
    /** Somebody with the right to do so muted the microphone; only the peer itself unmutes it. */
    record MutedByServer(boolean muted) implements LocalPeerEvent {}

    /** Whether the microphone may be published from now on. */
    record MayPublish(boolean microphone) implements LocalPeerEvent {}

    /** The session is over. */
    record Removed(RemovalReason reason) implements LocalPeerEvent {}
}
