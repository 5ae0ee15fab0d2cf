/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.Wire;

/** Payloads of the namespaces core and error, and of the switches of namespace breakout (core.md, error.md, breakout.md). */
final class CoreEvents {
    static final String CORE = "core";
    static final String ERROR = "error";
    static final String BREAKOUT = "breakout";

    private CoreEvents() {}

    static JsonObject joinBlocked() {
        return Wire.event("join_blocked")
                .add("reason", "participant_limit_reached")
                .build();
    }

    static JsonObject inWaitingRoom(Connection connection) {
        return Wire.event("in_waiting_room")
                .add("connection_id", id(connection))
                .add("participant_id", connection.person.id.toString())
                .build();
    }

    static JsonObject joinedWaitingRoom(Person person) {
        JsonObjectBuilder event = Wire.event("joined_waiting_room")
                .add("participant_id", person.id.toString())
                .add("connection_ids", ids(person.waiting.keySet()))
                .add("joined_at", Wire.time(person.waitingSince.orElseThrow()))
                .add("display_name", person.name.value());
        person.avatarUrl.ifPresentOrElse(url -> event.add("avatar_url", url), () -> event.addNull("avatar_url"));
        return event.build();
    }

    /** Both forms of the connections, because the dialects differ. */
    static JsonObject leftWaitingRoom(Person person, Collection<ConnectionId> connections) {
        return Wire.event("left_waiting_room")
                .add("id", person.id.toString())
                .add("connection_id", connections.iterator().next().value().toString())
                .add("connection_ids", ids(connections))
                .build();
    }

    static JsonObject participantConnected(Connection connection, Map<String, JsonObject> blocks) {
        return Wire.event("participant_connected")
                .add("participant_id", connection.person.id.toString())
                .add("connection_id", id(connection))
                .add("peer_data", Wire.map(blocks))
                .build();
    }

    static JsonObject participantDisconnected(Connection connection, LeaveReason reason) {
        return Wire.event("participant_disconnected")
                .add("participant_id", connection.person.id.toString())
                .add("connection_id", id(connection))
                .add("reason", reason.wireName())
                .build();
    }

    static JsonObject closing(CloseReason reason) {
        return Wire.event("closing").add("reason", reason.wireName()).build();
    }

    /** What did not change is left out: a null password means that there is none any more. */
    static JsonObject parametersChanged(Optional<Optional<String>> password, Optional<String> title) {
        JsonObjectBuilder change = Wire.object();
        password.ifPresent(
                now -> now.ifPresentOrElse(text -> change.add("password", text), () -> change.addNull("password")));
        title.ifPresent(text -> change.add("title", text));
        return Wire.event("room_parameters_changed").add("change", change).build();
    }

    static JsonObject switchedRoom(RoomKind from, RoomKind to, Map<String, JsonObject> own, JsonObject peers) {
        JsonObjectBuilder event = Wire.event("switched_room")
                .add("own_data", Wire.map(own))
                .add("old_room", room(from))
                .add("new_room", room(to));
        if (!peers.isEmpty()) {
            event.add("peer_data", peers);
        }
        return event.build();
    }

    static JsonObject participantSwitchedRoom(
            Person person, RoomKind from, RoomKind to, Map<String, JsonObject> blocks) {
        JsonObjectBuilder event = Wire.event("participant_switched_room")
                .add("participant_id", person.id.toString())
                .add("old_room", room(from))
                .add("new_room", room(to));
        if (!blocks.isEmpty()) {
            event.add("module_data", Wire.map(blocks));
        }
        return event.build();
    }

    static JsonObject unknownNamespace(String namespace) {
        return Wire.object()
                .add("error", "unknown_namespace")
                .add("invalid_namespace", namespace)
                .build();
    }

    static JsonObject invalidJson(String why) {
        return Wire.object().add("error", "invalid_json").add("message", why).build();
    }

    static JsonObject fatalModuleError(String namespace) {
        return Wire.object()
                .add("error", "fatal_module_error")
                .add("namespace", namespace)
                .build();
    }

    /** One of the errors without fields: internal, not_supported, slow_down. */
    static JsonObject plainError(String error) {
        return Wire.object().add("error", error).build();
    }

    /** The peer block of namespace core. */
    static JsonObject about(Person person) {
        JsonObjectBuilder block = Wire.object()
                .add("display_name", person.name.value())
                .add("role", role(person))
                .add("participation_kind", wireName(person.participation))
                .add("joined_at", Wire.time(person.joinedAt.orElseThrow()))
                .add("is_room_owner", person.owner);
        person.avatarUrl.ifPresent(url -> block.add("avatar_url", url));
        person.leftAt.ifPresent(time -> block.add("left_at", Wire.time(time)));
        return block.build();
    }

    /** The peer block of namespace breakout. */
    static JsonObject place(Person person) {
        return Wire.object().add("room", room(person.kind)).build();
    }

    static JsonObject room(RoomKind kind) {
        JsonObjectBuilder room = Wire.object();
        if (kind instanceof RoomKind.Breakout breakout) {
            return room.add("kind", "breakout").add("id", breakout.id()).build();
        }
        return room.add("kind", "main").build();
    }

    static String role(Person person) {
        return person.isModerator() ? "moderator" : "user";
    }

    static String wireName(Participant.Participation participation) {
        return participation.name().toLowerCase(java.util.Locale.ROOT);
    }

    static JsonArray connections(Collection<Connection> connections) {
        JsonArrayBuilder array = Wire.array();
        connections.forEach(connection -> array.add(
                Wire.object().add("connection_id", id(connection)).add("device_id", connection.device.toString())));
        return array.build();
    }

    static JsonValue id(Connection connection) {
        return Wire.text(connection.id.value().toString());
    }

    private static JsonArray ids(Collection<ConnectionId> connections) {
        JsonArrayBuilder array = Wire.array();
        connections.forEach(connection -> array.add(connection.value().toString()));
        return array.build();
    }
}
