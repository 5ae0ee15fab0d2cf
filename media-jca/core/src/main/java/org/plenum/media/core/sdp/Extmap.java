/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.core.sdp;

/**
 * A header extension and its id (RFC 8285 section 8).
 *
 * @param id 1 to 255, 15 excepted
 * @param direction of the extension, SENDRECV when not written; Firefox writes {@code 9/sendonly}
 */
public record Extmap(int id, Direction direction, String uri) {
    public Extmap(int id, String uri) {
        this(id, Direction.SENDRECV, uri);
    }
}
