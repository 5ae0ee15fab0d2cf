/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.plenum.conference.signaling.Wire;

/**
 * The messages of one conversation. Index 0 is the first message that was ever in it: indices stay when old messages are
 * forgotten.
 */
final class History {
    private static final int CHUNK = 100;
    private final Deque<Message> messages = new ArrayDeque<>();
    private long forgotten;

    void add(Message message) {
        messages.addLast(message);
    }

    Message forgetOldest() {
        forgotten++;
        return messages.removeFirst();
    }

    Message oldest() {
        return messages.getFirst();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<Message> all() {
        return List.copyOf(messages);
    }

    JsonObject newest() {
        return chunk(List.copyOf(messages), forgotten, forgotten + messages.size() - 1);
    }

    JsonObject chunk(long index) {
        return chunk(List.copyOf(messages), forgotten, index);
    }

    /** @param index in the list of matches, below 0: the newest */
    JsonObject search(String term, long index) {
        List<Message> matches = new ArrayList<>();
        for (Message message : messages) {
            if (message.content().contains(term)) {
                matches.add(message);
            }
        }
        return chunk(matches, 0, index < 0 ? matches.size() - 1 : index);
    }

    /** Up to 100 messages that end with the one at the index; nothing when there is none. */
    private static JsonObject chunk(List<Message> messages, long first, long index) {
        long last = first + messages.size() - 1;
        JsonArrayBuilder chunk = Wire.array();
        JsonObjectBuilder result = Wire.object();
        if (index < first || index > last) {
            return result.add("messages", chunk).addNull("next_index").build();
        }
        long start = Math.max(first, index - CHUNK + 1);
        for (Message message : messages.subList((int) (start - first), (int) (index - first) + 1)) {
            chunk.add(message.json());
        }
        result.add("messages", chunk);
        if (start == first) {
            return result.addNull("next_index").build();
        }
        return result.add("next_index", start - 1).build();
    }

    JsonObject snapshot() {
        JsonArrayBuilder array = Wire.array();
        messages.forEach(message -> array.add(message.snapshot()));
        return Wire.object().add("forgotten", forgotten).add("messages", array).build();
    }

    static History restored(JsonObject state) {
        History history = new History();
        history.forgotten = state.getJsonNumber("forgotten").longValueExact();
        JsonArray array = state.getJsonArray("messages");
        array.getValuesAs(JsonObject.class).forEach(json -> history.add(Message.restored(json)));
        return history;
    }
}
