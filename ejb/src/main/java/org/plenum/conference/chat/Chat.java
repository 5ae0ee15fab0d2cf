/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import static org.plenum.conference.signaling.Recipients.Group.CONFERENCE;
import static org.plenum.conference.signaling.Recipients.Group.CONN;
import static org.plenum.conference.signaling.Recipients.Group.OWN;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plenum.conference.signaling.Arrival;
import org.plenum.conference.signaling.Blocks;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.ParticipantIds;
import org.plenum.conference.signaling.Recipients;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.Wire;

/** The conversations of one meeting and who may read and write in them (chat.md). */
final class Chat implements SignalingModule, ChatCommand.Handler {
    /** People one can write to; those who are gone longest are forgotten. */
    static final int KNOWN = 5_000;

    private static final int SHORTEST_TERM = 2;
    private static final JsonObject GROUPS =
            Wire.object().add("groups", Wire.array()).build();

    private final Optional<RateLimit> rateLimit;
    private final Histories histories;
    private final Set<ParticipantId> known = new LinkedHashSet<>();
    private final Map<ParticipantId, LastSeen> lastSeen = new LinkedHashMap<>();
    private final Map<ConnectionId, Bucket> buckets = new LinkedHashMap<>();
    private boolean enabled = true;

    Chat(Optional<RateLimit> rateLimit, HistoryLimits limits) {
        this.rateLimit = rateLimit;
        this.histories = new Histories(limits);
    }

    @Override
    public Blocks joined(Arrival arrival, RoomContext room) {
        ParticipantId id = arrival.participant().id();
        known.remove(id);
        known.add(id);
        forgetSomebody(room);
        rateLimit.ifPresent(limit -> buckets.put(arrival.connection(), Bucket.full(limit, room.now())));
        return new Blocks(Optional.of(block(arrival.participant())), Optional.of(GROUPS), Map.of());
    }

    private void forgetSomebody(RoomContext room) {
        if (known.size() <= KNOWN) {
            return;
        }
        Set<ParticipantId> present =
                room.participants().stream().map(Participant::id).collect(Collectors.toSet());
        for (Iterator<ParticipantId> oldest = known.iterator(); oldest.hasNext(); ) {
            ParticipantId id = oldest.next();
            if (!present.contains(id)) {
                oldest.remove();
                lastSeen.remove(id);
                lastSeen.values().forEach(seen -> seen.forget(id));
                return;
            }
        }
    }

    @Override
    public Blocks switched(Arrival arrival, RoomContext room) {
        return new Blocks(Optional.of(block(arrival.participant())), Optional.empty(), Map.of());
    }

    private JsonObject block(Participant reader) {
        JsonObjectBuilder block = Wire.object()
                .add("enabled", enabled)
                .add("global_history", histories.global().newest());
        if (reader.kind() instanceof RoomKind.Breakout breakout) {
            block.add("breakout_room_history", histories.breakout(breakout.id()).newest());
        }
        block.add("private_history", histories.privateOf(reader.id()));
        lastSeen.getOrDefault(reader.id(), new LastSeen()).describe(block);
        return block.build();
    }

    @Override
    public void left(Departure departure, RoomContext room) {
        buckets.remove(departure.connection());
    }

    @Override
    public void kindClosed(RoomKind kind, RoomContext room) {
        if (kind instanceof RoomKind.Breakout breakout) {
            histories.closeBreakout(breakout.id());
            lastSeen.values().forEach(LastSeen::forgetBreakout);
        }
    }

    @Override
    public void onCommand(JsonObject payload, RoomContext room) throws CommandRejected {
        ChatCommand.parse(payload).handledBy(this, room);
    }

    @Override
    public void handle(ChatCommand.Send command, RoomContext room) throws CommandRejected {
        if (isTooFast(room)) {
            return;
        }
        if (!enabled) {
            throw new CommandRejected("chat_disabled");
        }
        if (command.scope() instanceof ChatScope.Breakout breakout) {
            sendToBreakout(ownRoom(breakout, room), command.content(), room);
        } else if (command.scope() instanceof ChatScope.Private person) {
            sendPrivately(person, command.content(), room);
        } else {
            Message message = message(command.content(), command.scope(), room);
            histories.addGlobal(message);
            room.send(CONFERENCE, sent(message, command.scope()));
        }
    }

    /** The room that is meant, if the sender is in it. */
    private static long ownRoom(ChatScope.Breakout scope, RoomContext room) throws CommandRejected {
        if (room.sender().kind() instanceof RoomKind.Breakout own) {
            long meant = scope.room().orElse((long) own.id());
            if (meant == own.id()) {
                return meant;
            }
        }
        throw new CommandRejected("invalid_breakout_scope");
    }

    private void sendToBreakout(long breakout, String content, RoomContext room) {
        ChatScope scope = new ChatScope.Breakout(Optional.of(breakout));
        Message message = message(content, scope, room);
        histories.addBreakout(breakout, message);
        room.send(Recipients.Group.ROOM, sent(message, scope));
    }

    private void sendPrivately(ChatScope.Private scope, String content, RoomContext room) throws CommandRejected {
        ParticipantId target = scope.other().orElseThrow(() -> CommandRejected.invalidJson("field target is missing"));
        if (!known.contains(target)) {
            throw new CommandRejected("unknown_participant");
        }
        ParticipantId sender = room.sender().id();
        Message message = message(content, scope, room);
        histories.addPrivate(Pair.of(sender, target), message);
        room.send(OWN, sent(message, scope));
        if (!target.equals(sender)) { // each is told the other one; who waits outside is told nothing
            room.send(
                    new Recipients.Connections(connectionsOf(target, room)),
                    sent(message, new ChatScope.Private(Optional.of(sender))));
        }
    }

    private static Set<ConnectionId> connectionsOf(ParticipantId id, RoomContext room) {
        return room.participants().stream()
                .filter(participant -> participant.id().equals(id))
                .flatMap(participant -> participant.connections().stream())
                .collect(Collectors.toSet());
    }

    private Message message(String content, ChatScope scope, RoomContext room) {
        return new Message(histories.next(), UUID.randomUUID(), room.sender().id(), room.now(), content, scope);
    }

    private static JsonObject sent(Message message, ChatScope scope) {
        return ChatScope.write(
                        Wire.event("message_sent")
                                .add("id", message.id().toString())
                                .add("source", message.source().toString())
                                .add("content", message.content()),
                        scope)
                .build();
    }

    /** @return true: the message is refused, and everybody who should know has been told */
    private boolean isTooFast(RoomContext room) {
        if (rateLimit.isEmpty()) {
            return false;
        }
        RateLimit limit = rateLimit.get();
        ConnectionId connection = room.connection();
        Bucket bucket =
                buckets.getOrDefault(connection, Bucket.full(limit, room.now())).at(room.now(), limit);
        if (bucket.isEmpty()) {
            room.send(
                    OWN,
                    Wire.error("too_many_requests")
                            .add("retry_after_ms", limit.retryAfterMs())
                            .build());
            tellModerators(room);
            return true;
        }
        if (limit.isHigh(bucket.tokens())) {
            room.send(
                    CONN,
                    Wire.event("slow_down")
                            .add("recommended_wait_ms", limit.interval().toMillis())
                            .build());
        }
        buckets.put(connection, bucket.less());
        return false;
    }

    private static void tellModerators(RoomContext room) {
        Participant sender = room.sender();
        if (sender.owner()) {
            return;
        }
        Set<ParticipantId> moderators = room.participants().stream()
                .filter(other -> other.role() == Participant.Role.MODERATOR)
                .filter(other ->
                        other.kind().equals(sender.kind()) && !other.id().equals(sender.id()))
                .map(Participant::id)
                .collect(Collectors.toSet());
        room.send(
                new Recipients.People(moderators),
                Wire.event("participant_rate_limited")
                        .add("participant_id", sender.id().toString())
                        .build());
    }

    @Override
    public void handle(ChatCommand.Enable command, RoomContext room) throws CommandRejected {
        switchChat(true, room);
    }

    @Override
    public void handle(ChatCommand.Disable command, RoomContext room) throws CommandRejected {
        switchChat(false, room);
    }

    private void switchChat(boolean on, RoomContext room) throws CommandRejected {
        room.requireModerator();
        enabled = on;
        room.send(CONFERENCE, issued(on ? "chat_enabled" : "chat_disabled", room));
    }

    @Override
    public void handle(ChatCommand.Clear command, RoomContext room) throws CommandRejected {
        room.requireModerator();
        histories.clearGlobal();
        room.send(CONFERENCE, issued("history_cleared", room));
    }

    private static JsonObject issued(String message, RoomContext room) {
        return Wire.event(message)
                .add("issued_by", room.sender().id().toString())
                .build();
    }

    @Override
    public void handle(ChatCommand.GetChunk command, RoomContext room) throws CommandRejected {
        Function<History, JsonObject> read = history -> history.chunk(command.index());
        if (command.scope() instanceof ChatScope.Breakout breakout) {
            long id = readableRoom(breakout, room);
            room.send(
                    OWN,
                    Wire.event("breakout_chat_history_chunk")
                            .add("breakout_id", id)
                            .add("history", read.apply(histories.breakout(id)))
                            .build());
        } else if (command.scope() instanceof ChatScope.Private person) {
            ParticipantId self = room.sender().id();
            ParticipantId other = person.other().orElse(self); // left out by the web app: nothing is found
            room.send(
                    OWN,
                    Wire.event("private_chat_history_chunk")
                            .add("correspondent", other.toString())
                            .add("history", read.apply(histories.between(Pair.of(self, other))))
                            .build());
        } else {
            room.send(
                    OWN,
                    Wire.event("room_chat_history_chunk")
                            .add("history", read.apply(histories.global()))
                            .build());
        }
    }

    /** The room that is meant, if the sender may read what was said in it. */
    private static long readableRoom(ChatScope.Breakout scope, RoomContext room) throws CommandRejected {
        Participant reader = room.sender();
        Optional<Long> own =
                reader.kind() instanceof RoomKind.Breakout in ? Optional.of((long) in.id()) : Optional.empty();
        Optional<Long> meant = scope.room().or(() -> own);
        if (meant.isEmpty()) {
            throw new CommandRejected("invalid_breakout_scope");
        }
        if (!meant.equals(own) && reader.role() != Participant.Role.MODERATOR) {
            throw new CommandRejected("insufficient_permissions");
        }
        return meant.get();
    }

    @Override
    public void handle(ChatCommand.Search command, RoomContext room) throws CommandRejected {
        if (command.term().getBytes(StandardCharsets.UTF_8).length < SHORTEST_TERM) {
            throw new CommandRejected(
                    "invalid_search_term_length",
                    Wire.object().add("min", SHORTEST_TERM).build());
        }
        ChatScope scope = command.scope();
        History history = histories.global();
        if (scope instanceof ChatScope.Breakout breakout) {
            long id = readableRoom(breakout, room);
            scope = new ChatScope.Breakout(Optional.of(id));
            history = histories.breakout(id);
        } else if (scope instanceof ChatScope.Private person) {
            ParticipantId self = room.sender().id();
            history = histories.between(Pair.of(self, person.other().orElse(self)));
        }
        JsonObject matches = history.search(command.term(), command.index().orElse(-1));
        room.send(
                OWN,
                ChatScope.write(Wire.event("search_results").add("matches", matches), scope)
                        .build());
    }

    @Override
    public void handle(ChatCommand.SetLastSeen command, RoomContext room) throws CommandRejected {
        LastSeen seen = lastSeen.computeIfAbsent(room.sender().id(), id -> new LastSeen());
        if (command.scope() instanceof ChatScope.Breakout) {
            seen.breakout(command.timestamp());
        } else if (command.scope() instanceof ChatScope.Private person) {
            person.other().filter(known::contains).ifPresent(other -> seen.person(other, command.timestamp()));
        } else {
            seen.global(command.timestamp());
        }
        room.send(
                OWN,
                ChatScope.write(Wire.event("set_last_seen_timestamp"), command.scope())
                        .add("timestamp", Wire.time(command.timestamp()))
                        .build());
    }

    /** How many messages are kept, for the test of the limit. */
    int kept() {
        return histories.kept();
    }

    @Override
    public JsonObject snapshot() {
        JsonObjectBuilder seen = Wire.object();
        lastSeen.forEach((id, times) -> seen.add(id.toString(), times.snapshot()));
        JsonArrayBuilder tokens = Wire.array();
        buckets.forEach((id, bucket) -> tokens.add(Wire.object()
                .add("connection", id.value().toString())
                .add("tokens", bucket.tokens())
                .add("filled", Wire.time(bucket.filled()))));
        return Wire.object()
                .add("enabled", enabled)
                .add("histories", histories.snapshot())
                .add("known", ParticipantIds.toJson(known))
                .add("last_seen", seen)
                .add("buckets", tokens)
                .build();
    }

    @Override
    public void restore(JsonObject state) {
        if (state.isEmpty()) {
            return;
        }
        enabled = state.getBoolean("enabled");
        histories.restore(state.getJsonObject("histories"));
        state.getJsonArray("known")
                .getValuesAs(jakarta.json.JsonString.class)
                .forEach(id -> known.add(ParticipantId.of(id.getString())));
        JsonObject seen = state.getJsonObject("last_seen");
        seen.keySet().forEach(id -> lastSeen.put(ParticipantId.of(id), LastSeen.restored(seen.getJsonObject(id))));
        for (JsonObject bucket : state.getJsonArray("buckets").getValuesAs(JsonObject.class)) {
            buckets.put(
                    new ConnectionId(UUID.fromString(bucket.getString("connection"))),
                    new Bucket(
                            bucket.getJsonNumber("tokens").doubleValue(), Instant.parse(bucket.getString("filled"))));
        }
    }
}
