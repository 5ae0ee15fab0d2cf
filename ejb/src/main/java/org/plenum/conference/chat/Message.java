/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.Wire;

/**
 * One message as it is kept.
 *
 * @param number counts all messages of the meeting: the order in which they are forgotten
 */
record Message(long number, UUID id, ParticipantId source, Instant timestamp, String content, ChatScope scope) {
    JsonObject json() {
        return ChatScope.write(
                        Wire.object()
                                .add("id", id.toString())
                                .add("source", source.toString())
                                .add("timestamp", Wire.time(timestamp))
                                .add("content", content),
                        scope)
                .build();
    }

    JsonObject snapshot() {
        return Wire.object(json()).add("number", number).build();
    }

    static Message restored(JsonObject json) {
        try {
            return new Message(
                    json.getJsonNumber("number").longValueExact(),
                    UUID.fromString(json.getString("id")),
                    ParticipantId.of(json.getString("source")),
                    Instant.parse(json.getString("timestamp")),
                    json.getString("content"),
                    ChatScope.parse(json));
        } catch (CommandRejected broken) {
            throw new IllegalArgumentException("not a snapshot of a chat", broken);
        }
    }

    @Override
    public String toString() {
        return "Message[" + id + "]";
    }
}
