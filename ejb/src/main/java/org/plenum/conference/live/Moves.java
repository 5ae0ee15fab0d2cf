/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plenum.conference.signaling.Arrival;
import org.plenum.conference.signaling.Blocks;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;

/** Breakout rooms open and close, and people move between them (breakout.md). The room's thread only. */
final class Moves {
    private final People people;
    private final ModuleHost modules;
    private final RoomThread room;

    Moves(People people, ModuleHost modules, RoomThread room) {
        this.people = people;
        this.modules = modules;
        this.room = room;
    }

    void openBreakouts(int count) {
        for (int id = 0; id < count; id++) {
            modules.openKind(RoomKind.breakout(id));
        }
    }

    void closeBreakouts(Cause cause) {
        modules.kinds().stream()
                .filter(kind -> !kind.equals(RoomKind.MAIN))
                .forEach(kind -> modules.closeKind(kind, cause));
    }

    /** All connections of the person move; one without any is in the other room when it comes back. */
    void move(ParticipantId id, RoomKind to, Cause cause) {
        people.find(id).filter(person -> !person.kind.equals(to)).ifPresent(person -> {
            RoomKind from = person.kind;
            List<Connection> moving = List.copyOf(person.connections.values());
            for (int i = 0; i < moving.size(); i++) {
                boolean last = i == moving.size() - 1;
                leave(moving.get(i), from, last);
            }
            person.kind = to;
            arrive(person, moving, from, cause);
        });
    }

    private void leave(Connection connection, RoomKind from, boolean last) {
        Departure departure = new Departure(connection.person.view(), connection.id, last, Departure.Cause.SWITCHED);
        List<Call> calls = new ArrayList<>();
        for (ModuleHost.Slot slot : modules.all()) {
            if (!slot.isOfConference()) {
                Call call = modules.call(slot, from, Cause.of(connection));
                modules.hook(call, (module, context) -> module.left(departure, context));
                calls.add(call);
            }
        }
        calls.forEach(Call::perform);
    }

    private void arrive(Person person, List<Connection> moving, RoomKind from, Cause cause) {
        List<Call> calls = new ArrayList<>();
        Map<String, JsonObject> forOthers = Map.of();
        for (int i = 0; i < moving.size(); i++) {
            Connection connection = moving.get(i);
            Attendance.Gathering gathering = new Attendance.Gathering();
            Arrival arrival = new Arrival(person.view(), connection.id, i == 0);
            for (ModuleHost.Slot slot : modules.all()) {
                Call call = modules.call(slot, person.kind, Cause.of(connection, cause.transaction()));
                gathering.add(
                        slot.namespace(),
                        modules.hook(call, () -> Blocks.NONE, (module, context) -> module.switched(arrival, context)));
                calls.add(call);
            }
            if (i == 0) {
                forOthers = gathering.aboutArrival();
            }
            tell(
                    List.of(connection),
                    cause.transaction(),
                    CoreEvents.switchedRoom(from, person.kind, gathering.own(), gathering.aboutOthers()));
        }
        List<Connection> others = people.conference().stream()
                .filter(connection -> !connection.person.equals(person))
                .toList();
        tell(others, Optional.empty(), CoreEvents.participantSwitchedRoom(person, from, person.kind, forOthers));
        calls.forEach(Call::perform);
    }

    private void tell(Collection<Connection> to, Optional<JsonNumber> transaction, JsonObject event) {
        modules.mail().send(to, CoreEvents.BREAKOUT, transaction, room.now(), event);
    }
}
