/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A meeting with one namespace, for tests that read like the contract. After every step each module is thrown away and
 * restored from its snapshot as text, so every story is a failover test as well.
 */
public final class TestMeeting {
    private final SignalingModuleFactory factory;
    private final RoomSettings settings = new RoomSettings(new UUID(0, 1), Set.of());
    private final Map<RoomKind, SignalingModule> modules = new LinkedHashMap<>();
    private final Map<ConnectionId, Tab> tabs = new LinkedHashMap<>();
    private final Map<ParticipantId, Participant> people = new HashMap<>();
    private Instant now = Instant.parse("2026-06-12T09:00:00Z");
    private long ids;

    public TestMeeting(SignalingModuleFactory factory) {
        this.factory = factory;
        modules.put(RoomKind.MAIN, factory.open(settings, RoomKind.MAIN));
    }

    public Tab moderator(String name) {
        return join(name, Participant.Role.MODERATOR);
    }

    public Tab user(String name) {
        return join(name, Participant.Role.USER);
    }

    public Instant now() {
        return now;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    public void startBreakouts(int count) {
        for (int id = 0; id < count; id++) {
            SignalingModule module = factory.open(settings, RoomKind.breakout(id));
            module.restore(asText(modules.get(RoomKind.MAIN).breakoutStart()));
            modules.put(RoomKind.breakout(id), module);
        }
    }

    /** The wire names of what arrived, without the rest. */
    public static List<String> names(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("message")).toList();
    }

    private Tab join(String name, Participant.Role role) {
        return open(new Participant(
                new ParticipantId(new UUID(0, ++ids)),
                new DisplayName(name),
                Participant.Participation.REGISTERED,
                role,
                false,
                RoomKind.MAIN,
                Set.of()));
    }

    private Tab open(Participant owner) {
        ConnectionId connection = new ConnectionId(new UUID(1, ++ids));
        boolean first = owner.connections().isEmpty();
        Set<ConnectionId> connections = new HashSet<>(owner.connections());
        connections.add(connection);
        Tab tab = new Tab(owner.id(), connection);
        tabs.put(connection, tab);
        update(owner, owner.kind(), connections);
        Context room = new Context(tab, owner.kind());
        tab.blocks = module(tab).joined(new Arrival(tab.owner(), connection, first), room);
        room.deliver();
        return tab;
    }

    private void update(Participant p, RoomKind kind, Set<ConnectionId> connections) {
        people.put(
                p.id(),
                new Participant(
                        p.id(), p.name(), p.participation(), p.role(), p.owner(), kind, Set.copyOf(connections)));
    }

    private SignalingModule module(Tab tab) {
        return modules.get(tab.owner().kind());
    }

    private void failOver() {
        modules.replaceAll((kind, old) -> {
            SignalingModule fresh = factory.open(settings, kind);
            fresh.restore(asText(old.snapshot()));
            return fresh;
        });
    }

    private static JsonObject asText(JsonObject json) {
        return Json.createReader(new StringReader(json.toString())).readObject();
    }

    /** One connection of one person. */
    public final class Tab {
        private final ParticipantId id;
        private final ConnectionId connection;
        private final List<JsonObject> received = new ArrayList<>();
        private Blocks blocks = Blocks.NONE;

        private Tab(ParticipantId id, ConnectionId connection) {
            this.id = id;
            this.connection = connection;
        }

        public ParticipantId id() {
            return id;
        }

        /** What the last join or switch gave. */
        public Blocks blocks() {
            return blocks;
        }

        /** Everything since the last look. */
        public List<JsonObject> received() {
            List<JsonObject> events = List.copyOf(received);
            received.clear();
            return events;
        }

        /** @param payload JSON with ' for " */
        public void sends(String payload) {
            Context room = new Context(this, owner().kind());
            try {
                module(this).onCommand(asText(json(payload)), room);
                room.deliver();
            } catch (CommandRejected refusal) { // what the module wanted to send is dropped
                JsonObject answer = Json.createObjectBuilder(refusal.details())
                        .add("message", "error")
                        .add("error", refusal.error())
                        .build();
                owner().connections().forEach(each -> tabs.get(each).received.add(answer)); // ENV-9
            }
            failOver();
        }

        public Tab opensSecondTab() {
            Tab second = open(owner());
            failOver();
            return second;
        }

        /** Back after the last connection had closed. */
        public Tab returns() {
            return opensSecondTab();
        }

        public void closes() {
            Set<ConnectionId> rest = new HashSet<>(owner().connections());
            rest.remove(connection);
            leave(connection, rest.isEmpty(), Departure.Cause.CLOSED);
            update(owner(), owner().kind(), rest);
            tabs.remove(connection);
            failOver();
        }

        public void switchesTo(RoomKind kind) {
            List<ConnectionId> moving = List.copyOf(owner().connections());
            for (int i = 0; i < moving.size(); i++) {
                leave(moving.get(i), i == moving.size() - 1, Departure.Cause.SWITCHED);
            }
            update(owner(), kind, owner().connections());
            for (int i = 0; i < moving.size(); i++) {
                Tab tab = tabs.get(moving.get(i));
                Context room = new Context(tab, kind);
                tab.blocks = module(tab).switched(new Arrival(owner(), moving.get(i), i == 0), room);
                room.deliver();
            }
            failOver();
        }

        private void leave(ConnectionId leaving, boolean last, Departure.Cause cause) {
            Context room = new Context(this, owner().kind());
            module(this).left(new Departure(owner(), leaving, last, cause), room);
            room.deliver();
        }

        private Participant owner() {
            return people.get(id);
        }

        private static JsonObject json(String payload) {
            return Json.createReader(new StringReader(payload.replace('\'', '"')))
                    .readObject();
        }
    }

    private final class Context implements RoomContext {
        private record Outgoing(Recipients to, JsonObject event) {}

        private final Tab from;
        private final RoomKind kind;
        private final List<Outgoing> outgoing = new ArrayList<>();

        private Context(Tab from, RoomKind kind) {
            this.from = from;
            this.kind = kind;
        }

        private void deliver() {
            for (Outgoing out : outgoing) {
                tabs.values().stream()
                        .filter(tab -> reaches(out.to(), tab))
                        .forEach(tab -> tab.received.add(out.event()));
            }
        }

        private boolean reaches(Recipients to, Tab tab) {
            if (to instanceof Recipients.People people) {
                return people.ids().contains(tab.id);
            }
            if (to instanceof Recipients.Connections connections) {
                return connections.ids().contains(tab.connection);
            }
            return switch ((Recipients.Group) to) {
                case CONN -> tab == from;
                case OWN -> tab.id.equals(from.id);
                case ROOM -> tab.owner().kind().equals(kind);
                case CONFERENCE -> true;
                case MODERATORS -> tab.owner().role() == Participant.Role.MODERATOR;
                case WAITING -> false;
            };
        }

        @Override
        public RoomKind kind() {
            return kind;
        }

        @Override
        public Participant sender() {
            return from.owner();
        }

        @Override
        public Collection<Participant> participants() {
            return people.values().stream()
                    .filter(p -> !p.connections().isEmpty())
                    .toList();
        }

        @Override
        public ConnectionId connection() {
            return from.connection;
        }

        @Override
        public String publicUrl() {
            return "https://plenum.example";
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void send(Recipients to, JsonObject event) {
            outgoing.add(new Outgoing(to, event));
        }

        @Override
        public void tell(Notice notice) {} // there is no other namespace here

        @Override
        public void startTimer(String name, Duration after) {
            throw new UnsupportedOperationException("add timers when a namespace needs them");
        }

        @Override
        public void stopTimer(String name) {
            throw new UnsupportedOperationException("add timers when a namespace needs them");
        }

        @Override
        public void startJob(Job<?> job) {
            throw new UnsupportedOperationException("add jobs when a namespace needs them");
        }

        @Override
        public RoomControl control() {
            throw new UnsupportedOperationException("add it with moderation");
        }
    }
}
