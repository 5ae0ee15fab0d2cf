/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** Why the engine ended a local peer's session. */
public enum RemovalReason {
    /** By {@link Media#remove}. */
    REMOVED,
    /** By {@link Media#deleteRoom}. */
    ROOM_CLOSED,
    /** Somebody else came with the same identity. */
    REPLACED,
    /** The room or the engine is full. */
    FULL,
    /** The engine stops, or is too busy to begin. */
    STOPPED
}
