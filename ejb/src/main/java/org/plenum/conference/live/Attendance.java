/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plenum.conference.event.Admission;
import org.plenum.conference.signaling.Arrival;
import org.plenum.conference.signaling.Blocks;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.DisplayName;
import org.plenum.conference.signaling.Notice;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomControl;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.Wire;

/** How people come, wait and go: the rules of namespace core (core.md, envelope.md section 5). The room's thread only. */
final class Attendance {
    private static final int FINAL = 1000;
    private static final int POLICY = 1008;

    private final People people;
    private final ModuleHost modules;
    private final RoomThread room;
    private final RoomLimits limits;
    private final Devices devices;
    private final RoomFacts facts;
    private final Moves moves;
    private final Set<ParticipantId> banned;
    private RoomControl.WaitingRoom waitingRoom;
    private Runnable jobEnded = () -> {};

    Attendance(
            People people,
            ModuleHost modules,
            RoomThread room,
            RoomLimits limits,
            Devices devices,
            RoomFacts facts,
            Set<ParticipantId> banned) {
        this.people = people;
        this.modules = modules;
        this.room = room;
        this.limits = limits;
        this.devices = devices;
        this.facts = facts;
        this.banned = banned;
        this.moves = new Moves(people, modules, room);
        this.waitingRoom =
                RoomControl.WaitingRoom.valueOf(facts.meeting().waitingRoom().name());
    }

    void onJobEnd(Runnable action) {
        jobEnded = action;
    }

    void jobEnded() {
        jobEnded.run();
    }

    People people() {
        return people;
    }

    Moves moves() {
        return moves;
    }

    /** A socket has opened: in, into the waiting room, or out again. */
    void enter(Connection connection, Admission.Visitor visitor) {
        ParticipantId id = new ParticipantId(visitor.account().orElse(connection.device));
        Person person = people.find(id).orElseGet(() -> newcomer(id, visitor));
        connection.person = person;
        if (banned.contains(id)) {
            connection.close(FINAL, "banned");
        } else if (isFull(person)) {
            connection.state = Connection.State.WAITING;
            tell(List.of(connection), CoreEvents.joinBlocked());
            connection.close(FINAL, "participant limit reached");
        } else if (person.connections.size() + person.waiting.size() >= limits.connectionsOfOne()) {
            connection.close(POLICY, "too many connections");
        } else {
            people.add(person);
            if (mustWait(person)) {
                await(connection);
            } else {
                admit(connection);
            }
        }
    }

    private static Person newcomer(ParticipantId id, Admission.Visitor visitor) {
        return new Person(
                id,
                visitor.account(),
                new DisplayName(visitor.displayName()),
                visitor.avatarUrl(),
                participation(visitor),
                visitor.moderator() ? Participant.Role.MODERATOR : Participant.Role.USER,
                visitor.owner());
    }

    private static Participant.Participation participation(Admission.Visitor visitor) {
        if (visitor.phone()) {
            return Participant.Participation.CALL_IN;
        }
        return visitor.account().isPresent() ? Participant.Participation.REGISTERED : Participant.Participation.GUEST;
    }

    private boolean isFull(Person person) {
        int limit = facts.meeting()
                .tariff()
                .participantLimit()
                .map(quota -> Math.min(quota, limits.participants()))
                .orElse(limits.participants());
        return !person.isConnected() && !person.isWaiting() && people.present() >= limit;
    }

    private boolean mustWait(Person person) {
        if (person.isModerator() || person.isService() || person.accepted) {
            return false;
        }
        return switch (waitingRoom) {
            case DISABLED -> false;
            case FOR_GUESTS -> person.isGuest();
            case FOR_EVERYONE -> true;
        };
    }

    private void await(Connection connection) {
        Person person = connection.person;
        if (!person.isWaiting()) {
            person.waitingSince = Optional.of(room.now());
        }
        person.waiting.put(connection.id, connection);
        connection.state = Connection.State.WAITING;
        tell(List.of(connection), CoreEvents.inWaitingRoom(connection));
        tell(people.moderators(), CoreEvents.joinedWaitingRoom(person));
    }

    /** Blocks first, then join_success, then what the others hear, then what the modules said meanwhile. */
    private void admit(Connection connection) {
        Person person = connection.person;
        boolean first = !person.isConnected();
        person.waiting.remove(connection.id);
        person.connections.put(connection.id, connection);
        person.accepted = true;
        person.joinedAt = person.joinedAt.or(() -> Optional.of(room.now()));
        person.leftAt = Optional.empty();
        devices.entered(connection.device, room.now());

        Gathering gathering = new Gathering();
        List<Call> calls = new ArrayList<>();
        for (ModuleHost.Slot slot : modules.all()) {
            Call call = modules.call(slot, person.kind, Cause.of(connection));
            gathering.add(
                    slot.namespace(),
                    modules.hook(
                            call,
                            () -> Blocks.NONE,
                            (module, context) ->
                                    module.joined(new Arrival(person.view(), connection.id, first), context)));
            calls.add(call);
        }
        connection.state = Connection.State.IN;
        facts.joined(room.now());
        tell(List.of(connection), new JoinSuccess(facts, people, modules, connection).event(gathering));
        tell(others(connection), CoreEvents.participantConnected(connection, about(person, gathering)));
        calls.forEach(Call::perform);
    }

    private static Map<String, JsonObject> about(Person person, Gathering gathering) {
        Map<String, JsonObject> blocks = new LinkedHashMap<>();
        blocks.put(CoreEvents.CORE, CoreEvents.about(person));
        blocks.put(CoreEvents.BREAKOUT, CoreEvents.place(person));
        blocks.putAll(gathering.aboutArrival());
        return blocks;
    }

    private List<Connection> others(Connection connection) {
        return people.conference().stream()
                .filter(other -> !other.equals(connection))
                .toList();
    }

    /** A command of namespace core; there is one only. */
    void command(Connection connection, JsonObject payload) throws CommandRejected {
        if (!Wire.requiredText(payload, "action").equals("enter_room")) {
            throw CommandRejected.invalidJson("unknown action");
        }
        Person person = connection.person;
        if (connection.state == Connection.State.IN) {
            throw new CommandRejected("already_in_room");
        }
        if (!person.accepted) {
            throw new CommandRejected("not_accepted");
        }
        List<ConnectionId> waited = List.copyOf(person.waiting.keySet()); // at least this one
        List<Connection> entering = List.copyOf(person.waiting.values());
        person.waiting.clear();
        tell(people.moderators(), CoreEvents.leftWaitingRoom(person, waited));
        entering.forEach(this::admit);
    }

    /** The connection has ended, or is sent to wait: the modules hear it, then the others. */
    void leave(Connection connection, LeaveReason reason, Departure.Cause cause) {
        Person person = connection.person;
        if (connection.state == Connection.State.WAITING) {
            connection.state = Connection.State.GONE;
            stopWaiting(person, List.of(connection.id));
        } else if (connection.state == Connection.State.IN) {
            connection.state = Connection.State.GONE;
            boolean last = person.connections.size() == 1;
            List<Call> calls =
                    tellModules(connection, person.kind, new Departure(person.view(), connection.id, last, cause));
            person.connections.remove(connection.id);
            if (last) {
                person.leftAt = Optional.of(room.now());
            }
            calls.forEach(Call::perform);
            devices.left(connection.device, room.now());
            tell(people.conference(), CoreEvents.participantDisconnected(connection, reason));
            if (last) {
                people.gone(person);
            }
        }
    }

    private List<Call> tellModules(Connection connection, RoomKind kind, Departure departure) {
        List<Call> calls = new ArrayList<>();
        for (ModuleHost.Slot slot : modules.all()) {
            Call call = modules.call(slot, kind, Cause.of(connection));
            modules.hook(call, (module, context) -> module.left(departure, context));
            calls.add(call);
        }
        return calls;
    }

    private void stopWaiting(Person person, List<ConnectionId> connections) {
        connections.forEach(person.waiting::remove);
        tell(people.moderators(), CoreEvents.leftWaitingRoom(person, connections));
        if (!person.isWaiting() && !person.isConnected()) {
            people.gone(person);
        }
    }

    void waitingRoom(RoomControl.WaitingRoom state) {
        waitingRoom = state;
    }

    void accept(ParticipantId waiting) {
        people.find(waiting).ifPresent(person -> person.accepted = true);
    }

    void sendToWaitingRoom(ParticipantId id) {
        people.find(id).filter(Person::isConnected).ifPresent(person -> {
            List<Connection> connections = List.copyOf(person.connections.values());
            for (Connection connection : connections) {
                leave(connection, LeaveReason.SENT_TO_WAITING_ROOM, Departure.Cause.REMOVED);
            }
            people.add(person); // it may have been forgotten as one who has left
            person.accepted = false;
            person.waitingSince = Optional.of(room.now());
            for (Connection connection : connections) {
                devices.forget(connection.device);
                connection.state = Connection.State.WAITING;
                person.waiting.put(connection.id, connection);
            }
            tell(people.moderators(), CoreEvents.joinedWaitingRoom(person));
        });
    }

    /** Out with all connections; whoever comes back has to wait, where anybody has to. */
    void remove(ParticipantId id, LeaveReason reason) {
        people.find(id).ifPresent(person -> {
            for (Connection connection : List.copyOf(person.connections.values())) {
                leave(connection, reason, Departure.Cause.REMOVED);
                devices.forget(connection.device);
                connection.close(FINAL, reason.wireName());
            }
            List<Connection> waiting = List.copyOf(person.waiting.values());
            if (!waiting.isEmpty()) {
                stopWaiting(person, List.copyOf(person.waiting.keySet()));
                waiting.forEach(connection -> connection.close(FINAL, reason.wireName()));
            }
            person.accepted = false;
            if (!person.owner) {
                person.role = Participant.Role.USER;
            }
        });
    }

    void ban(ParticipantId account) {
        banned.add(account);
    }

    void unban(ParticipantId account) {
        banned.remove(account);
    }

    void changeRole(ParticipantId id, Participant.Role role, Cause cause) {
        people.find(id).ifPresent(person -> {
            person.role = role;
            modules.tell(new Notice.RoleChanged(id), CoreEvents.CORE, cause);
        });
    }

    void rename(ParticipantId id, DisplayName name) {
        people.find(id).ifPresent(person -> person.name = name);
    }

    /** Everybody in the meeting, or moderators only. */
    Collection<Connection> thoseWhoSeeDetails() {
        return facts.meeting().detailsPublic() ? people.conference() : people.moderators();
    }

    /** Events of namespace core carry no transaction id unless they answer its one command. */
    void tell(Collection<Connection> to, JsonObject event) {
        modules.mail().send(to, CoreEvents.CORE, Optional.empty(), room.now(), event);
    }

    /** What the modules gave for one arrival. */
    static final class Gathering {
        private final Map<String, JsonObject> own = new LinkedHashMap<>();
        private final Map<String, JsonObject> aboutArrival = new LinkedHashMap<>();
        private final Map<ParticipantId, Map<String, JsonObject>> aboutOthers = new LinkedHashMap<>();

        void add(String namespace, Blocks blocks) {
            blocks.own().ifPresent(block -> own.put(namespace, block));
            blocks.aboutArrival().ifPresent(block -> aboutArrival.put(namespace, block));
            blocks.aboutOthers()
                    .forEach((id, block) -> aboutOthers
                            .computeIfAbsent(id, unseen -> new LinkedHashMap<>())
                            .put(namespace, block));
        }

        Map<String, JsonObject> own() {
            return own;
        }

        Map<String, JsonObject> aboutArrival() {
            return aboutArrival;
        }

        Map<String, JsonObject> about(ParticipantId id) {
            return aboutOthers.getOrDefault(id, Map.of());
        }

        JsonObject aboutOthers() {
            Map<String, JsonObject> all = new LinkedHashMap<>();
            new HashSet<>(aboutOthers.keySet()).forEach(id -> all.put(id.toString(), Wire.map(aboutOthers.get(id))));
            return Wire.map(all);
        }
    }
}
