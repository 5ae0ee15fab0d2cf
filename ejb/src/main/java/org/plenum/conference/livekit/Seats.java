/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.Wire;

/** Which connection sits in which room of the media engine, under which identities. */
final class Seats {
    /** Windows for single pictures that one connection may have opened. */
    static final int MOST_POPOUTS = 20;

    private final Map<ConnectionId, Seat> seats = new LinkedHashMap<>();

    /** @param popouts identities given out beside the connection's own */
    record Seat(ParticipantId participant, ConnectionId connection, RoomKind kind, int popouts) {
        String identity() {
            return MediaRooms.identity(participant, connection);
        }

        List<String> identities() {
            List<String> all = new ArrayList<>(List.of(identity()));
            for (int number = 1; number <= popouts; number++) {
                all.add(MediaRooms.popout(identity(), number));
            }
            return all;
        }
    }

    /** @return the seat the connection had before, in another room */
    Optional<Seat> take(ParticipantId participant, ConnectionId connection, RoomKind kind) {
        return Optional.ofNullable(seats.put(connection, new Seat(participant, connection, kind, 0)));
    }

    Optional<Seat> leave(ConnectionId connection) {
        return Optional.ofNullable(seats.remove(connection));
    }

    List<Seat> of(ParticipantId participant) {
        return seats.values().stream()
                .filter(seat -> seat.participant().equals(participant))
                .toList();
    }

    /** In which rooms somebody sits. */
    Set<RoomKind> kinds() {
        return seats.values().stream().map(Seat::kind).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @return number of the new identity, from 1; the last one again when there are too many */
    int popout(ConnectionId connection) {
        Seat seat = seats.get(connection);
        int number = Math.min(seat.popouts() + 1, MOST_POPOUTS);
        seats.put(connection, new Seat(seat.participant(), connection, seat.kind(), number));
        return number;
    }

    JsonArray snapshot() {
        JsonArrayBuilder array = Wire.array();
        seats.values().forEach(seat -> {
            JsonObjectBuilder entry = Wire.object()
                    .add("participant", seat.participant().toString())
                    .add("connection", seat.connection().value().toString())
                    .add("popouts", seat.popouts());
            if (seat.kind() instanceof RoomKind.Breakout breakout) {
                entry.add("breakout", breakout.id());
            }
            array.add(entry);
        });
        return array.build();
    }

    void restore(JsonArray array) {
        for (JsonObject entry : array.getValuesAs(JsonObject.class)) {
            ConnectionId connection = new ConnectionId(UUID.fromString(entry.getString("connection")));
            RoomKind kind = entry.containsKey("breakout") ? RoomKind.breakout(entry.getInt("breakout")) : RoomKind.MAIN;
            seats.put(
                    connection,
                    new Seat(
                            ParticipantId.of(entry.getString("participant")),
                            connection,
                            kind,
                            entry.getInt("popouts")));
        }
    }
}
