/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.Wire;

/** All conversations of a meeting. Together they are bounded; what is oldest goes first, wherever it was said. */
final class Histories {
    private final HistoryLimits limits;
    private final Map<Long, History> breakouts = new LinkedHashMap<>();
    private final Map<Pair, History> privates = new LinkedHashMap<>();
    private History global = new History();
    private long written;
    private int kept;
    private long characters;

    Histories(HistoryLimits limits) {
        this.limits = limits;
    }

    /** The number of the next message. */
    long next() {
        return written;
    }

    void addGlobal(Message message) {
        add(global, message);
    }

    void addBreakout(long room, Message message) {
        add(breakouts.computeIfAbsent(room, unused -> new History()), message);
    }

    void addPrivate(Pair pair, Message message) {
        add(privates.computeIfAbsent(pair, unused -> new History()), message);
    }

    private void add(History history, Message message) {
        history.add(message);
        written = message.number() + 1;
        kept++;
        characters += message.content().length();
        while (kept > limits.messages() || characters > limits.characters()) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        all().filter(history -> !history.isEmpty())
                .min(Comparator.comparing(history -> history.oldest().number()))
                .ifPresent(history -> {
                    Message oldest = history.forgetOldest();
                    kept--;
                    characters -= oldest.content().length();
                });
        privates.values().removeIf(History::isEmpty);
    }

    private Stream<History> all() {
        return Stream.concat(Stream.of(global), Stream.concat(breakouts.values().stream(), privates.values().stream()));
    }

    History global() {
        return global;
    }

    History breakout(long room) {
        return breakouts.getOrDefault(room, new History());
    }

    History between(Pair pair) {
        return privates.getOrDefault(pair, new History());
    }

    void clearGlobal() {
        drop(global);
        global = new History();
    }

    void closeBreakout(long room) {
        History history = breakouts.remove(room);
        if (history != null) {
            drop(history);
        }
    }

    private void drop(History history) {
        for (Message message : history.all()) {
            kept--;
            characters -= message.content().length();
        }
    }

    int kept() {
        return kept;
    }

    /** The newest chunk of each of somebody's private conversations. */
    JsonArray privateOf(ParticipantId id) {
        JsonArrayBuilder array = Wire.array();
        privates.forEach((pair, history) -> {
            if (pair.has(id)) {
                array.add(Wire.object()
                        .add("correspondent", pair.other(id).toString())
                        .add("history", history.newest()));
            }
        });
        return array.build();
    }

    JsonObject snapshot() {
        JsonArrayBuilder rooms = Wire.array();
        breakouts.forEach((id, history) -> rooms.add(Wire.object().add("id", id).add("history", history.snapshot())));
        JsonArrayBuilder pairs = Wire.array();
        privates.forEach((pair, history) -> pairs.add(Wire.object()
                .add("one", pair.one().toString())
                .add("two", pair.two().toString())
                .add("history", history.snapshot())));
        JsonObjectBuilder state = Wire.object().add("written", written);
        return state.add("global", global.snapshot())
                .add("breakouts", rooms)
                .add("privates", pairs)
                .build();
    }

    void restore(JsonObject state) {
        written = state.getJsonNumber("written").longValueExact();
        global = History.restored(state.getJsonObject("global"));
        for (JsonObject room : state.getJsonArray("breakouts").getValuesAs(JsonObject.class)) {
            breakouts.put(room.getJsonNumber("id").longValueExact(), History.restored(room.getJsonObject("history")));
        }
        for (JsonObject pair : state.getJsonArray("privates").getValuesAs(JsonObject.class)) {
            privates.put(
                    Pair.of(ParticipantId.of(pair.getString("one")), ParticipantId.of(pair.getString("two"))),
                    History.restored(pair.getJsonObject("history")));
        }
        all().flatMap(history -> history.all().stream()).forEach(message -> {
            kept++;
            characters += message.content().length();
        });
    }
}
