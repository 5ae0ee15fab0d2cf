/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.plenum.conference.signaling.Wire;

/** Puts events into envelopes, once for all who get them (envelope.md section 2). The room's thread only. */
final class Mail {
    private final Consumer<Connection> overflow;

    /** @param overflow told of a connection whose client does not read; may be told more than once */
    Mail(Consumer<Connection> overflow) {
        this.overflow = overflow;
    }

    void send(
            Collection<Connection> to,
            String namespace,
            Optional<JsonNumber> transaction,
            Instant at,
            JsonObject payload) {
        if (to.isEmpty()) {
            return;
        }
        String text = envelope(namespace, transaction, at, payload);
        for (Connection connection : to) {
            if (connection.isOpen() && !connection.socket.send(text)) {
                overflow.accept(connection);
            }
        }
    }

    private static String envelope(String namespace, Optional<JsonNumber> transaction, Instant at, JsonObject payload) {
        StringBuilder text = new StringBuilder(256).append("{\"namespace\":").append(Wire.text(namespace));
        transaction.ifPresent(id -> text.append(",\"transaction_id\":").append(id));
        return text.append(",\"timestamp\":\"")
                .append(at)
                .append("\",\"payload\":")
                .append(payload)
                .append('}')
                .toString();
    }
}
