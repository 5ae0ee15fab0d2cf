/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** Where a track comes from; LiveKit's names in lower case stand in tokens. */
public enum TrackSource {
    CAMERA,
    MICROPHONE,
    SCREEN_SHARE,
    SCREEN_SHARE_AUDIO
}
