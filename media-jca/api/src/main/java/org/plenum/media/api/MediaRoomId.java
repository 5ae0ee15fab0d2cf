/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.api;

/** Name of a room in the media engine, such as {@code <room>:main}; 1 to 256 characters. */
public record MediaRoomId(String value) {
    public MediaRoomId {
        if (value.isEmpty() || value.length() > 256) {
            throw new IllegalArgumentException("room name of " + value.length() + " characters");
        }
    }
}
