/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.signaling;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A meeting with one namespace, for tests that read like the contract. After every step each module is thrown away and
 * restored from its snapshot as text, so every story is a failover test as well. Jobs run at once, between two turns.
 */
public final class TestMeeting {
    private final SignalingModuleFactory factory;
    private final RoomSettings settings = new RoomSettings(new UUID(0, 1), Set.of());
    private final Map<RoomKind, SignalingModule> modules = new LinkedHashMap<>();
    private final Map<ConnectionId, Tab> tabs = new LinkedHashMap<>();
    private final Map<ParticipantId, Participant> people = new HashMap<>();
    private final Map<TimerKey, Timer> timers = new LinkedHashMap<>();
    private final List<RoomKind> kinds = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-06-12T09:00:00Z");
    private long ids;

    private record TimerKey(RoomKind kind, String name) {}

    private record Timer(Instant due, Tab from) {}

    public TestMeeting(SignalingModuleFactory factory) {
        this.factory = factory;
        modules.put(RoomKind.MAIN, factory.open(settings, RoomKind.MAIN));
    }

    public Tab moderator(String name) {
        return join(name, Participant.Role.MODERATOR, false);
    }

    public Tab user(String name) {
        return join(name, Participant.Role.USER, false);
    }

    /** Moderates, and nobody may do anything to it. */
    public Tab owner(String name) {
        return join(name, Participant.Role.MODERATOR, true);
    }

    public Instant now() {
        return now;
    }

    /** Timers that are due on the way ring at their time. */
    public void passes(Duration time) {
        Instant end = now.plus(time);
        Optional<TimerKey> next = nextTimer(end);
        while (next.isPresent()) {
            Timer timer = timers.remove(next.get());
            now = timer.due();
            Context room = new Context(timer.from(), next.get().kind());
            modules.get(next.get().kind()).onTimer(next.get().name(), room);
            room.deliver();
            failOver();
            next = nextTimer(end);
        }
        now = end;
    }

    private Optional<TimerKey> nextTimer(Instant end) {
        return timers.entrySet().stream()
                .filter(entry -> !entry.getValue().due().isAfter(end))
                .min(Comparator.comparing(entry -> entry.getValue().due()))
                .map(Map.Entry::getKey);
    }

    /** What the namespace has told others since the last look. */
    public List<Notice> told() {
        List<Notice> notices = List.copyOf(told);
        told.clear();
        return notices;
    }

    /** Another namespace tells something, by an action of this tab's owner. */
    public void tells(Tab from, Notice notice) {
        for (RoomKind kind : List.copyOf(modules.keySet())) {
            Context room = new Context(from, kind);
            modules.get(kind).onNotice(notice, room);
            room.deliver();
        }
        failOver();
    }

    /** Somebody's role changes, and the namespaces hear of it. */
    public void promotes(Tab tab, Participant.Role role) {
        Participant p = tab.owner();
        people.put(
                p.id(),
                new Participant(p.id(), p.name(), p.participation(), role, p.owner(), p.kind(), p.connections()));
        tells(tab, new Notice.RoleChanged(p.id()));
    }

    private boolean isOfConference() {
        return factory.scope() == SignalingModuleFactory.Scope.CONFERENCE;
    }

    private RoomKind kindOf(RoomKind kind) {
        return isOfConference() ? RoomKind.MAIN : kind;
    }

    /** Everybody has to be back in main. */
    public void closeBreakouts(Tab by) {
        for (RoomKind kind : List.copyOf(kinds)) {
            Context room = new Context(by, kind);
            if (isOfConference()) {
                modules.get(RoomKind.MAIN).kindClosed(kind, room);
            } else {
                modules.remove(kind).closing(room);
            }
            room.deliver();
        }
        kinds.clear();
        failOver();
    }

    /** The meeting ends. */
    public void closes(Tab last) {
        Context room = new Context(last, RoomKind.MAIN);
        modules.get(RoomKind.MAIN).closing(room);
        room.deliver();
    }

    public void startBreakouts(int count) {
        for (int id = 0; id < count; id++) {
            kinds.add(RoomKind.breakout(id));
        }
        for (int id = 0; id < count && !isOfConference(); id++) {
            SignalingModule module = factory.open(settings, RoomKind.breakout(id));
            module.restore(asText(modules.get(RoomKind.MAIN).breakoutStart()));
            modules.put(RoomKind.breakout(id), module);
        }
    }

    /** The wire names of what arrived, without the rest. */
    public static List<String> names(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("message")).toList();
    }

    private Tab join(String name, Participant.Role role, boolean owner) {
        return open(new Participant(
                new ParticipantId(new UUID(0, ++ids)),
                new DisplayName(name),
                Participant.Participation.REGISTERED,
                role,
                owner,
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
        return modules.get(kindOf(tab.owner().kind()));
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

        public ConnectionId connection() {
            return connection;
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
            closesWithoutFailover();
            failOver();
        }

        /** For crowds: copying a large state thousands of times takes minutes. */
        public void closesWithoutFailover() {
            Set<ConnectionId> rest = new HashSet<>(owner().connections());
            rest.remove(connection);
            leave(connection, rest.isEmpty(), Departure.Cause.CLOSED);
            update(owner(), owner().kind(), rest);
            tabs.remove(connection);
        }

        public void switchesTo(RoomKind kind) {
            List<ConnectionId> moving = List.copyOf(owner().connections());
            for (int i = 0; i < moving.size() && !isOfConference(); i++) { // such a module hears switched only
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
        private final Tab from;
        private final RoomKind kind;
        private final List<Runnable> effects = new ArrayList<>();

        private Context(Tab from, RoomKind kind) {
            this.from = from;
            this.kind = kind;
        }

        private void deliver() {
            effects.forEach(Runnable::run);
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
            effects.add(() ->
                    tabs.values().stream().filter(tab -> reaches(to, tab)).forEach(tab -> tab.received.add(event)));
        }

        @Override
        public void tell(Notice notice) {
            effects.add(() -> told.add(notice));
        }

        @Override
        public void startTimer(String name, Duration after) {
            effects.add(() -> timers.put(new TimerKey(kindOf(kind), name), new Timer(now.plus(after), from)));
        }

        @Override
        public void stopTimer(String name) {
            effects.add(() -> timers.remove(new TimerKey(kindOf(kind), name)));
        }

        @Override
        public void startJob(Job<?> job) {
            effects.add(() -> work(job));
        }

        private <T> void work(Job<T> job) {
            Context after = new Context(from, kind);
            try {
                T result = job.run();
                job.done(result, after);
            } catch (Exception cause) {
                job.failed(cause, after);
            }
            after.deliver();
        }

        @Override
        public RoomControl control() {
            throw new UnsupportedOperationException("add it with moderation");
        }
    }
}
