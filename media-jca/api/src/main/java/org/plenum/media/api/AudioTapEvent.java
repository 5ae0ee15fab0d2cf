/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** What a tap hears. Told on the engine's loop: hand over and return. */
public sealed interface AudioTapEvent {
    /**
     * A packet of one of the loudest tracks.
     *
     * @param identity whose track it is
     * @param sequence 0 to 65535; gaps are losses, it follows the track and begins anywhere
     */
    record Audio(String identity, TrackId track, int sequence, OpusPacket packet) implements AudioTapEvent {}

    /** The track has ended, or others are louder: nothing more of it until its next packet. */
    record SpeakerGone(TrackId track) implements AudioTapEvent {}
}
