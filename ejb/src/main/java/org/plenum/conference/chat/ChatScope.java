/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.OptionalLong;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.Wire;

/** For whom a message is meant, as the fields {@code scope} and {@code target} say it. */
sealed interface ChatScope {
    long U32 = 0xFFFF_FFFFL;

    /** Everybody in all rooms. */
    record Global() implements ChatScope {}

    /** One breakout room; without an id the one in which the sender is. */
    record Breakout(Optional<Long> room) implements ChatScope {}

    /** One person; without one there is nothing to be found (the web app leaves it out when it asks for histories). */
    record Private(Optional<ParticipantId> other) implements ChatScope {}

    static ChatScope parse(JsonObject payload) throws CommandRejected {
        return switch (Wire.requiredText(payload, "scope")) {
            case "global" -> new Global();
            case "breakout" -> new Breakout(boxed(Wire.number(payload, "target", 0, U32)));
            case "private" -> new Private(Wire.participant(payload, "target"));
            default -> throw CommandRejected.invalidJson("unknown scope");
        };
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    /** Adds the fields to a message. */
    static JsonObjectBuilder write(JsonObjectBuilder message, ChatScope scope) {
        if (scope instanceof Breakout breakout) {
            message.add("scope", "breakout");
            breakout.room().ifPresent(room -> message.add("target", room));
        } else if (scope instanceof Private person) {
            message.add("scope", "private");
            person.other().ifPresent(id -> message.add("target", id.toString()));
        } else {
            message.add("scope", "global");
        }
        return message;
    }
}
