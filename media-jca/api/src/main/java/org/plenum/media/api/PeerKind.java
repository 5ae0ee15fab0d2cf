/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** What a local peer is to the other participants (LiveKit's {@code ParticipantInfo.Kind}). */
public enum PeerKind {
    /** Somebody on the telephone. */
    SIP
}
