/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import org.plenum.conference.signaling.Wire;

/**
 * One message from a client (envelope.md section 2).
 *
 * @param transaction absent when there is none, or when it could not be read
 * @param complaint present: this is no command, and that is why
 */
record Envelope(String namespace, Optional<JsonNumber> transaction, JsonObject payload, Optional<String> complaint) {
    private static final int NAMESPACE = 64;
    private static final BigDecimal U64 = new BigDecimal("18446744073709551615");

    static Envelope read(String text) {
        Optional<String> bomb = JsonLimits.complaint(text);
        if (bomb.isPresent()) {
            return rubbish(Optional.empty(), bomb.get());
        }
        JsonObject message;
        try {
            message = Wire.read(text);
        } catch (JsonException | ArithmeticException | NumberFormatException notJson) {
            return rubbish(Optional.empty(), "not a JSON object");
        }
        JsonValue id = message.get("transaction_id");
        Optional<JsonNumber> transaction = transaction(id);
        if (id != null && id != JsonValue.NULL && transaction.isEmpty()) {
            return rubbish(Optional.empty(), "transaction_id must be a number of 64 bits");
        }
        if (!(message.get("namespace") instanceof JsonString namespace) || !isName(namespace.getString())) {
            return rubbish(transaction, "namespace is missing");
        }
        if (!(message.get("payload") instanceof JsonObject payload)) {
            return rubbish(transaction, "payload must be an object");
        }
        return new Envelope(namespace.getString(), transaction, payload, Optional.empty());
    }

    private static Envelope rubbish(Optional<JsonNumber> transaction, String complaint) {
        return new Envelope("", transaction, JsonValue.EMPTY_JSON_OBJECT, Optional.of(complaint));
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= NAMESPACE
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }

    private static Optional<JsonNumber> transaction(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return Optional.empty();
        }
        BigDecimal exact = number.bigDecimalValue();
        boolean valid = exact.signum() >= 0 && exact.compareTo(U64) <= 0 && exact.scale() == 0;
        return valid ? Optional.of(number) : Optional.empty();
    }
}
