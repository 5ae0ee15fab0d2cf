/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.Wire;

/** Up to where one person has read. */
final class LastSeen {
    private final Map<ParticipantId, Instant> people = new LinkedHashMap<>();
    private Optional<Instant> global = Optional.empty();
    private Optional<Instant> breakout = Optional.empty();

    void global(Instant time) {
        global = Optional.of(time);
    }

    void breakout(Instant time) {
        breakout = Optional.of(time);
    }

    void person(ParticipantId other, Instant time) {
        people.put(other, time);
    }

    void forgetBreakout() {
        breakout = Optional.empty();
    }

    void forget(ParticipantId other) {
        people.remove(other);
    }

    /** Adds the fields of the join block. */
    void describe(JsonObjectBuilder block) {
        global.ifPresentOrElse(
                time -> block.add("last_seen_timestamp_global", Wire.time(time)),
                () -> block.addNull("last_seen_timestamp_global"));
        breakout.ifPresent(time -> block.add("last_seen_timestamp_breakout", Wire.time(time)));
        JsonObjectBuilder times = Wire.object();
        people.forEach((id, time) -> times.add(id.toString(), Wire.time(time)));
        block.add("last_seen_timestamps_private", times).add("last_seen_timestamps_group", Wire.object());
    }

    JsonObject snapshot() {
        JsonObjectBuilder state = Wire.object();
        describe(state);
        return state.build();
    }

    static LastSeen restored(JsonObject state) {
        LastSeen seen = new LastSeen();
        if (!state.isNull("last_seen_timestamp_global")) {
            seen.global(Instant.parse(state.getString("last_seen_timestamp_global")));
        }
        if (state.containsKey("last_seen_timestamp_breakout")) {
            seen.breakout(Instant.parse(state.getString("last_seen_timestamp_breakout")));
        }
        JsonObject times = state.getJsonObject("last_seen_timestamps_private");
        times.keySet().forEach(id -> seen.person(ParticipantId.of(id), Instant.parse(times.getString(id))));
        return seen;
    }
}
