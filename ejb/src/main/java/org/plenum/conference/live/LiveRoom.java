/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.plenum.conference.event.Admission;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModuleFactory;

/**
 * One meeting: everything that happens in it happens one after the other, on the room's own logical thread. Public
 * methods may be called from any thread and return at once.
 */
final class LiveRoom {
    /** What must run whatever the tariff says, because the web app cannot live without (README.md of the contract). */
    private static final Set<String> ESSENTIAL = Set.of("echo", "chat", "livekit");

    /** Namespaces whose refusals are the business of one connection, not of its owner's others (ENV-9). */
    private static final Set<String> ANSWERS_ONE = Set.of(CoreEvents.CORE, CoreEvents.BREAKOUT);

    private final UUID id;
    private final RoomLimits limits;
    private final RoomThread room;
    private final People people;
    private final Mail mail;
    private final ModuleHost modules;
    private final Attendance attendance;
    private final RoomFacts facts;
    private final Devices devices;
    private final Set<ParticipantId> banned = ConcurrentHashMap.newKeySet();
    private final Map<Connection, Alarms.Alarm> drains = new HashMap<>();
    private final Consumer<LiveRoom> gone;
    private Optional<Alarms.Alarm> idle = Optional.empty();
    private Optional<Alarms.Alarm> timeLimit = Optional.empty();
    private Optional<Alarms.Alarm> end = Optional.empty();
    private CloseReason closeReason;
    private boolean ended;
    private volatile boolean open = true;
    private volatile Counts counts = new Counts(0, 0, 0, 0, 0);

    /** Gauges of one room; timers are those of its modules and its own. */
    record Counts(int participants, int waiting, int connections, int timers, int jobs) {}

    /** @param gone told once, when nothing of the room is left */
    LiveRoom(
            Admission.Meeting meeting,
            List<SignalingModuleFactory> factories,
            RoomLimits limits,
            Surroundings surroundings,
            Consumer<LiveRoom> gone) {
        this.id = meeting.room();
        this.limits = limits;
        this.gone = gone;
        this.facts = new RoomFacts(meeting);
        this.devices = new Devices(2 * limits.participants());
        this.people = new People(limits.remembered());
        this.room = new RoomThread(surroundings, this::afterTurn);
        this.mail = new Mail(slow -> room.turn(() -> lost(slow)));
        this.modules = new ModuleHost(room, people, mail);
        this.attendance = new Attendance(people, modules, room, limits, devices, facts, banned);
        modules.attendance(attendance);
        attendance.onJobEnd(this::endIfDone);
        factories.stream().filter(this::runs).forEach(factory -> modules.add(slot(factory, meeting)));
        room.turn(() -> {}); // starts the idle timer
    }

    private boolean runs(SignalingModuleFactory factory) {
        return ESSENTIAL.contains(factory.namespace())
                || facts.meeting().modules().containsKey(factory.namespace());
    }

    private static ModuleHost.Slot slot(SignalingModuleFactory factory, Admission.Meeting meeting) {
        RoomSettings settings =
                new RoomSettings(meeting.room(), meeting.modules().getOrDefault(factory.namespace(), Set.of()));
        ModuleHost.Slot slot = new ModuleHost.Slot(factory, settings, new HashMap<>());
        slot.open(RoomKind.MAIN, JsonValue.EMPTY_JSON_OBJECT);
        return slot;
    }

    UUID id() {
        return id;
    }

    /** Whether somebody may still come in. */
    boolean isOpen() {
        return open;
    }

    Counts counts() {
        return counts;
    }

    boolean knows(UUID device) {
        return devices.knows(device, room.time());
    }

    boolean isBanned(UUID account) {
        return banned.contains(new ParticipantId(account));
    }

    /** A start request was granted: stay open for whom it brings. */
    void expect(Admission.Meeting meeting) {
        room.turn(() -> {
            facts.read(meeting);
            stopIdle();
        });
    }

    RoomLink enter(Admission admission, UUID device, String publicUrl, ClientSocket socket) {
        Connection connection = new Connection(
                new ConnectionId(UUID.randomUUID()),
                device,
                publicUrl,
                socket,
                new TokenBucket(limits.commands(), room.time()));
        room.turn(() -> {
            if (!open) {
                connection.close(CloseReason.GRACEFUL_SHUTDOWN.code(), "the room is closing");
                return;
            }
            attendance.enter(connection, admission.visitor());
            startTimeLimit();
        });
        return new Link(connection);
    }

    void close(CloseReason reason) {
        open = false;
        room.turn(() -> startClosing(reason));
    }

    void changed(RoomParametersChanged change) {
        room.turn(() -> {
            facts.changed(change);
            if (change.password().isPresent()) {
                devices.forgetAll();
            }
            attendance.tell(
                    attendance.thoseWhoSeeDetails(), CoreEvents.parametersChanged(change.password(), change.title()));
        });
    }

    /** The room's end of a socket. Reading JSON is done on the socket's thread. */
    private final class Link implements RoomLink {
        private final Connection connection;

        private Link(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void received(String message) {
            if (connection.flow.arrived()) {
                Envelope envelope = Envelope.read(message);
                room.turn(() -> arrived(connection, envelope));
            } else {
                room.turn(() -> lost(connection));
            }
        }

        @Override
        public void closed(boolean clean) {
            room.turn(() -> {
                LeaveReason reason = clean ? LeaveReason.LEAVE : LeaveReason.CONNECTION_LOST;
                attendance.leave(connection, reason, Departure.Cause.CLOSED);
                forgetDelayed(connection);
            });
        }
    }

    private void lost(Connection connection) {
        if (connection.isOpen()) {
            attendance.leave(connection, LeaveReason.CONNECTION_LOST, Departure.Cause.CLOSED);
            connection.close(1008, "too fast or too slow");
        }
        forgetDelayed(connection);
    }

    private void arrived(Connection connection, Envelope envelope) {
        if (!connection.isOpen() || ended) {
            connection.flow.handled();
        } else if (answersAtOnce(connection, envelope)) {
            connection.flow.handled();
            handle(connection, envelope);
        } else if (connection.delayed.isEmpty() && connection.bucket.take(room.now())) {
            connection.flow.handled();
            handle(connection, envelope);
        } else {
            connection.delayed.add(envelope);
            if (connection.slowDownIsDue(room.now())) {
                answer(connection, Optional.empty(), CoreEvents.plainError("slow_down"));
            }
            drains.computeIfAbsent(connection, this::drainLater);
        }
    }

    /** One heartbeat a second may overtake; more of them wait like everything else. */
    private boolean answersAtOnce(Connection connection, Envelope envelope) {
        return modules.find(envelope.namespace())
                        .filter(slot -> slot.factory().answersAtOnce())
                        .isPresent()
                && connection.heartbeatIsDue(room.now());
    }

    private Alarms.Alarm drainLater(Connection connection) {
        return room.in(connection.bucket.untilNext(room.now()), () -> drain(connection));
    }

    private void drain(Connection connection) {
        drains.remove(connection);
        while (connection.isOpen() && !connection.delayed.isEmpty() && connection.bucket.take(room.now())) {
            Envelope envelope = connection.delayed.remove();
            connection.flow.handled();
            handle(connection, envelope);
        }
        if (connection.isOpen() && !connection.delayed.isEmpty()) {
            drains.put(connection, drainLater(connection));
        }
    }

    private void forgetDelayed(Connection connection) {
        connection.delayed.clear();
        Optional.ofNullable(drains.remove(connection)).ifPresent(Alarms.Alarm::cancel);
    }

    private void handle(Connection connection, Envelope envelope) {
        Optional<JsonNumber> transaction = envelope.transaction();
        if (envelope.complaint().isPresent()) {
            answer(
                    connection,
                    transaction,
                    CoreEvents.invalidJson(envelope.complaint().get()));
            return;
        }
        try {
            dispatch(connection, envelope);
        } catch (CommandRejected refusal) {
            if (refusal.malformed()) {
                answer(
                        connection,
                        transaction,
                        CoreEvents.invalidJson(refusal.details().getString("message", "")));
            } else {
                refuse(connection, envelope, refusal);
            }
        } catch (RuntimeException fault) {
            answer(connection, transaction, CoreEvents.plainError("internal"));
            throw fault;
        }
    }

    private void dispatch(Connection connection, Envelope envelope) throws CommandRejected {
        if (envelope.namespace().equals(CoreEvents.CORE)) {
            attendance.command(connection, envelope.payload());
            return;
        }
        Optional<ModuleHost.Slot> slot = modules.find(envelope.namespace());
        if (slot.isEmpty()) {
            answer(connection, envelope.transaction(), CoreEvents.unknownNamespace(envelope.namespace()));
        } else if (connection.state == Connection.State.WAITING
                && !slot.get().factory().servesWaitingRoom()) {
            answer(connection, envelope.transaction(), CoreEvents.plainError("not_supported"));
        } else {
            Call call = modules.call(slot.get(), connection.person.kind, Cause.of(connection, envelope.transaction()));
            modules.command(call, () -> null, (module, context) -> {
                module.onCommand(envelope.payload(), context);
                return null;
            });
            call.perform();
        }
    }

    private void refuse(Connection connection, Envelope envelope, CommandRejected refusal) {
        JsonObject event = refusal.event();
        List<Connection> to = ANSWERS_ONE.contains(envelope.namespace())
                ? List.of(connection)
                : People.ownConnections(connection.person);
        mail.send(to, envelope.namespace(), envelope.transaction(), room.now(), event);
    }

    private void answer(Connection connection, Optional<JsonNumber> transaction, JsonObject error) {
        mail.send(List.of(connection), CoreEvents.ERROR, transaction, room.now(), error);
    }

    private void startTimeLimit() {
        if (timeLimit.isEmpty()) {
            timeLimit = facts.closesAt()
                    .map(closesAt -> room.in(
                            Duration.between(room.now(), closesAt),
                            () -> startClosing(CloseReason.TIME_LIMIT_REACHED)));
        }
    }

    private void startClosing(CloseReason reason) {
        if (closeReason != null) {
            return;
        }
        open = false;
        closeReason = reason;
        stopIdle();
        timeLimit.ifPresent(Alarms.Alarm::cancel);
        attendance.tell(people.conference(), CoreEvents.closing(reason));
        attendance.tell(people.waitingConnections(), CoreEvents.closing(reason));
        modules.closing();
        end = Optional.of(room.in(limits.jobsAtEnd(), this::end));
        endIfDone();
    }

    private void endIfDone() {
        if (closeReason != null && modules.jobs() == 0) {
            end();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        end.ifPresent(Alarms.Alarm::cancel);
        people.conference().forEach(this::closeSocket);
        people.waitingConnections().forEach(this::closeSocket);
        people.clear();
        drains.values().forEach(Alarms.Alarm::cancel);
        drains.clear();
        modules.end();
        gone.accept(this);
    }

    private void closeSocket(Connection connection) {
        connection.close(closeReason.code(), closeReason.wireName());
    }

    private void afterTurn() {
        int connections = 0;
        int participants = 0;
        int waiting = 0;
        for (Person person : people.all()) {
            participants += person.isConnected() ? 1 : 0;
            waiting += person.isWaiting() ? 1 : 0;
            connections += person.connections.size() + person.waiting.size();
        }
        if (connections == 0 && idle.isEmpty() && closeReason == null) {
            idle = Optional.of(room.in(limits.idle(), () -> startClosing(CloseReason.IDLE_TIMEOUT_REACHED)));
        } else if (connections > 0) {
            stopIdle();
        }
        counts = new Counts(participants, waiting, connections, timersOpen(), modules.jobs());
    }

    private int timersOpen() {
        int own = (idle.isPresent() ? 1 : 0) + (timeLimit.isPresent() && !ended ? 1 : 0) + drains.size();
        return modules.timers() + own;
    }

    private void stopIdle() {
        idle.ifPresent(Alarms.Alarm::cancel);
        idle = Optional.empty();
    }

    /** When the room thinks it is; for tests. */
    Instant now() {
        return room.now();
    }
}
