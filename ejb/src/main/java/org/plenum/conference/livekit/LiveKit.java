/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import static org.plenum.conference.signaling.Recipients.Group.CONN;
import static org.plenum.conference.signaling.Recipients.Group.OWN;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.plenum.conference.signaling.Arrival;
import org.plenum.conference.signaling.Blocks;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ConnectionId;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.Notice;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.Participant.Participation;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.ParticipantIds;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.Wire;
import org.plenum.media.api.TrackSource;

/** Who gets which access to the media engine in one meeting (livekit.md). Media itself never passes here. */
final class LiveKit implements SignalingModule, LiveKitCommand.Handler {
    private static final Set<TrackSource> UNASKED = EnumSet.of(TrackSource.CAMERA, TrackSource.MICROPHONE);
    private static final JsonObject NO_RESTRICTION =
            Wire.object().add("type", "disabled").build();

    private final MediaRooms rooms;
    private final boolean sharingNeedsPermission;
    private final Seats seats = new Seats();
    private final Set<ParticipantId> mayShare = new LinkedHashSet<>();

    LiveKit(MediaRooms rooms, boolean sharingNeedsPermission) {
        this.rooms = rooms;
        this.sharingNeedsPermission = sharingNeedsPermission;
    }

    @Override
    public Blocks joined(Arrival arrival, RoomContext room) {
        seats.take(
                arrival.participant().id(),
                arrival.connection(),
                arrival.participant().kind());
        return own(arrival, room);
    }

    @Override
    public Blocks switched(Arrival arrival, RoomContext room) {
        Optional<Seats.Seat> before = seats.take(
                arrival.participant().id(),
                arrival.connection(),
                arrival.participant().kind());
        before.ifPresent(seat -> room.startJob(EngineCall.quietly(() -> vacate(seat))));
        return own(arrival, room);
    }

    /** Without the engine the token is empty: the media client is refused, and asks for new ones until it gets one. */
    private Blocks own(Arrival arrival, RoomContext room) {
        String token;
        try {
            token = token(arrival.participant(), arrival.connection());
        } catch (CommandRejected engineIsDown) {
            token = "";
        }
        JsonObject block = access(arrival.participant(), token, room)
                .add("microphone_restriction_state", NO_RESTRICTION)
                .build();
        return new Blocks(Optional.of(block), Optional.empty(), Map.of());
    }

    private String token(Participant participant, ConnectionId connection) throws CommandRejected {
        String identity = MediaRooms.identity(participant.id(), connection);
        return rooms.token(participant.kind(), identity, sources(participant), isHidden(participant));
    }

    private JsonObjectBuilder access(Participant participant, String token, RoomContext room) {
        return Wire.object()
                .add("room", rooms.name(participant.kind()).value())
                .add("token", token)
                .add("public_url", room.publicUrl() + "/livekit");
    }

    private static boolean isHidden(Participant participant) {
        return participant.participation() == Participation.RECORDER
                || participant.participation() == Participation.TRANSCRIPTION;
    }

    private Set<TrackSource> sources(Participant participant) {
        if (participant.participation() == Participation.CALL_IN) {
            return EnumSet.of(TrackSource.MICROPHONE);
        }
        boolean sharing = !sharingNeedsPermission
                || participant.role() == Participant.Role.MODERATOR
                || mayShare.contains(participant.id());
        return sharing ? EnumSet.allOf(TrackSource.class) : UNASKED;
    }

    @Override
    public void left(Departure departure, RoomContext room) {
        seats.leave(departure.connection()).ifPresent(seat -> room.startJob(EngineCall.quietly(() -> vacate(seat))));
    }

    private void vacate(Seats.Seat seat) throws Exception {
        for (String identity : seat.identities()) {
            rooms.remove(seat.kind(), identity);
        }
    }

    @Override
    public void kindClosed(RoomKind kind, RoomContext room) {
        room.startJob(EngineCall.quietly(() -> rooms.delete(kind)));
    }

    @Override
    public void closing(RoomContext room) {
        Set<RoomKind> kinds = seats.kinds();
        kinds.add(RoomKind.MAIN);
        kinds.forEach(kind -> room.startJob(EngineCall.quietly(() -> rooms.delete(kind))));
    }

    @Override
    public void onCommand(JsonObject payload, RoomContext room) throws CommandRejected {
        LiveKitCommand.parse(payload).handledBy(this, room);
    }

    @Override
    public void handle(LiveKitCommand.CreateToken command, RoomContext room) throws CommandRejected {
        // to this connection alone: the others have identities of their own
        JsonObjectBuilder access = access(room.sender(), token(room.sender(), room.connection()), room);
        room.send(
                CONN, Wire.object(access.build()).add("message", "credentials").build());
    }

    @Override
    public void handle(LiveKitCommand.CreatePopoutToken command, RoomContext room) throws CommandRejected {
        Participant sender = room.sender();
        String own = MediaRooms.identity(sender.id(), room.connection());
        String identity = MediaRooms.popout(own, seats.popout(room.connection()));
        String token = rooms.token(sender.kind(), identity, Set.of(), true);
        room.send(
                CONN,
                Wire.event("popout_stream_access_token").add("token", token).build());
    }

    @Override
    public void handle(LiveKitCommand.AllowSharing command, RoomContext room) throws CommandRejected {
        room.requireModerator();
        List<Participant> known = room.participants().stream()
                .filter(participant -> command.participants().contains(participant.id()))
                .toList();
        Set<ParticipantId> ids =
                known.stream().map(Participant::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<ParticipantId> unknown = new LinkedHashSet<>(command.participants());
        unknown.removeAll(ids);
        if (!unknown.isEmpty()) { // the rest is done all the same
            room.send(
                    CONN,
                    Wire.error("unknown_participant")
                            .add("participant", ParticipantIds.toJson(unknown))
                            .build());
        }
        if (ids.isEmpty()) {
            return;
        }
        if (command.grant()) {
            mayShare.addAll(ids);
        } else {
            mayShare.removeAll(ids);
        }
        JsonObject updated = Wire.event("screen_share_permissions_updated")
                .add("grant", command.grant())
                .add("participants", ParticipantIds.toJson(ids))
                .build();
        room.startJob(new EngineCall(permissions(known), context -> context.send(OWN, updated)));
    }

    /** What the engine is to be told of these people; read now, because it is told on another thread. */
    private EngineCall.Action permissions(List<Participant> people) {
        List<EngineCall.Action> calls = new ArrayList<>();
        for (Participant person : people) {
            Set<TrackSource> sources = sources(person);
            seats.of(person.id()).forEach(seat -> calls.add(() -> rooms.allow(seat.kind(), seat.identity(), sources)));
        }
        return EngineCall.all(calls);
    }

    @Override
    public void onNotice(Notice notice, RoomContext room) {
        if (notice instanceof Notice.RoleChanged changed) {
            List<Participant> person = room.participants().stream()
                    .filter(participant -> participant.id().equals(changed.participant()))
                    .toList();
            room.startJob(EngineCall.quietly(permissions(person)));
        } else if (notice instanceof Notice.MuteWanted wanted) {
            mute(wanted.participants(), room);
        }
    }

    private void mute(Set<ParticipantId> participants, RoomContext room) {
        List<EngineCall.Action> calls = new ArrayList<>();
        for (ParticipantId participant : participants) {
            seats.of(participant).forEach(seat -> calls.add(() -> rooms.mute(seat.kind(), seat.identity())));
        }
        room.startJob(new EngineCall(EngineCall.all(calls), context -> context.tell(new Notice.Muted(participants))));
    }

    @Override
    public JsonObject snapshot() {
        return Wire.object()
                .add("seats", seats.snapshot())
                .add("may_share", ParticipantIds.toJson(mayShare))
                .build();
    }

    @Override
    public void restore(JsonObject state) {
        if (!state.isEmpty()) {
            seats.restore(state.getJsonArray("seats"));
            state.getJsonArray("may_share").getValuesAs(JsonString.class).stream()
                    .map(id -> ParticipantId.of(id.getString()))
                    .forEach(mayShare::add);
        }
    }
}
