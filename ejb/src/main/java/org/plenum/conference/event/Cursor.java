/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The place of an event in a list: by start, then by creation, then by id (rest.md section 7.1). Its text is opaque to
 * clients: 32 octets in base64url, the two times in microseconds, which is what the databases keep.
 */
public record Cursor(Instant sortsAt, Instant createdAt, UUID id) {
    private static final int OCTETS = 32;

    public String text() {
        ByteBuffer octets = ByteBuffer.allocate(OCTETS)
                .putLong(micros(sortsAt))
                .putLong(micros(createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets.array());
    }

    /** @return nothing when this is no text of a cursor */
    public static Optional<Cursor> parse(String text) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (octets.length != OCTETS) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        Cursor cursor = new Cursor(
                instant(buffer.getLong()), instant(buffer.getLong()), new UUID(buffer.getLong(), buffer.getLong()));
        return Optional.of(cursor).filter(Cursor::isPlausible);
    }

    /** Times that a database refuses would be a fault of the server; no event is at such a time. */
    private boolean isPlausible() {
        return EventFilter.isStorable(sortsAt) && EventFilter.isStorable(createdAt);
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
