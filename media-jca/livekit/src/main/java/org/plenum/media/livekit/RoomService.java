/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.MuteRoomTrackRequest;
import livekit.LivekitRoom.MuteRoomTrackResponse;
import livekit.LivekitRoom.RemoveParticipantResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.UpdateParticipantRequest;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;
import livekit.LivekitRoom.UpdateSubscriptionsRequest;
import livekit.LivekitRoom.UpdateSubscriptionsResponse;
import livekit.LivekitRtc.LeaveRequest.Action;
import org.plenum.media.api.MediaRoomId;
import org.plenum.media.api.ServiceAnswer;
import org.plenum.media.api.ServiceRequest;
import org.plenum.media.api.TrackSource;

/**
 * LiveKit's RoomService, as its server libraries call it by Twirp (contract livekit.md section 17). {@link #prepare} judges and
 * parses on any thread, what it gives runs on the loop of the rooms.
 */
public final class RoomService {
    private final Entrance entrance;
    private final Map<String, Method<?>> methods = new HashMap<>();

    /** A call that was understood and may be done, or its refusal. On the loop. */
    @FunctionalInterface
    public interface Call {
        ServiceAnswer on(SignalRooms rooms, long nowNs);
    }

    /** Faults by their names in Twirp, with their status in HTTP. */
    private enum Code {
        BAD_ROUTE(404),
        MALFORMED(400),
        INVALID_ARGUMENT(400),
        UNAUTHENTICATED(401),
        NOT_FOUND(404),
        FAILED_PRECONDITION(412),
        RESOURCE_EXHAUSTED(429);

        final int status;

        Code(int status) {
            this.status = status;
        }
    }

    /** A call that cannot be done. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final Code code;

        Fault(Code code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    @FunctionalInterface
    private interface Handler<Q> {
        Message answer(Q request, SignalRooms rooms, long nowNs) throws Fault;
    }

    private record Method<Q extends Message>(Q prototype, BiPredicate<ServiceGrants, Q> allowed, Handler<Q> action) {}

    public RoomService(Entrance entrance) {
        this.entrance = entrance;
        method("CreateRoom", CreateRoomRequest.getDefaultInstance(), (g, q) -> g.create(), this::createRoom);
        method("ListRooms", ListRoomsRequest.getDefaultInstance(), (g, q) -> g.list(), this::listRooms);
        method("DeleteRoom", DeleteRoomRequest.getDefaultInstance(), (g, q) -> g.create(), this::deleteRoom);
        administration(
                "ListParticipants",
                ListParticipantsRequest.getDefaultInstance(),
                ListParticipantsRequest::getRoom,
                this::listParticipants);
        administration(
                "GetParticipant",
                RoomParticipantIdentity.getDefaultInstance(),
                RoomParticipantIdentity::getRoom,
                (q, rooms, now) ->
                        participant(rooms, q.getRoom(), q.getIdentity(), now).info());
        administration(
                "RemoveParticipant",
                RoomParticipantIdentity.getDefaultInstance(),
                RoomParticipantIdentity::getRoom,
                this::removeParticipant);
        administration(
                "MutePublishedTrack",
                MuteRoomTrackRequest.getDefaultInstance(),
                MuteRoomTrackRequest::getRoom,
                this::muteTrack);
        administration(
                "UpdateParticipant",
                UpdateParticipantRequest.getDefaultInstance(),
                UpdateParticipantRequest::getRoom,
                this::updateParticipant);
        administration(
                "UpdateSubscriptions",
                UpdateSubscriptionsRequest.getDefaultInstance(),
                UpdateSubscriptionsRequest::getRoom,
                this::updateSubscriptions);
        administration(
                "UpdateRoomMetadata",
                UpdateRoomMetadataRequest.getDefaultInstance(),
                UpdateRoomMetadataRequest::getRoom,
                this::updateRoomMetadata);
    }

    /** For whoever administers the room that the request names. */
    private <Q extends Message> void administration(
            String name, Q prototype, Function<Q, String> room, Handler<Q> handler) {
        method(name, prototype, (grants, request) -> grants.administers(room.apply(request)), handler);
    }

    private <Q extends Message> void method(
            String name, Q prototype, BiPredicate<ServiceGrants, Q> allowed, Handler<Q> action) {
        methods.put(name, new Method<>(prototype, allowed, action));
    }

    /** @param wallMs milliseconds since 1970 */
    public Call prepare(ServiceRequest request, long wallMs) {
        try {
            Method<?> method = methods.get(request.method());
            if (method == null) {
                throw new Fault(Code.BAD_ROUTE, "no such method");
            }
            return prepare(method, request, wallMs);
        } catch (Fault fault) {
            return (rooms, nowNs) -> answer(fault);
        }
    }

    private <Q extends Message> Call prepare(Method<Q> method, ServiceRequest request, long wallMs) throws Fault {
        Optional<ServiceGrants> grants = entrance.service(request.token(), wallMs);
        if (grants.isEmpty()) {
            throw new Fault(Code.UNAUTHENTICATED, "no valid token");
        }
        Q asked = parse(method.prototype(), request);
        if (!method.allowed().test(grants.get(), asked)) {
            throw new Fault(Code.UNAUTHENTICATED, "the token does not permit this");
        }
        return (rooms, nowNs) -> {
            try {
                return answer(method.action().answer(asked, rooms, nowNs), request.json());
            } catch (Fault fault) {
                return answer(fault);
            }
        };
    }

    @SuppressWarnings("unchecked") // a builder builds what it came from
    private static <Q extends Message> Q parse(Q prototype, ServiceRequest request) throws Fault {
        Message.Builder builder = prototype.newBuilderForType();
        try {
            if (request.json()) {
                JsonFormat.parser()
                        .ignoringUnknownFields()
                        .merge(new String(request.body(), StandardCharsets.UTF_8), builder);
            } else {
                builder.mergeFrom(request.body());
            }
        } catch (InvalidProtocolBufferException unreadable) {
            throw new Fault(Code.MALFORMED, "the body cannot be read");
        }
        return (Q) builder.build();
    }

    private static ServiceAnswer answer(Message message, boolean json) {
        if (!json) {
            return new ServiceAnswer(200, false, message.toByteArray());
        }
        try {
            String text = JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .alwaysPrintFieldsWithNoPresence()
                    .omittingInsignificantWhitespace()
                    .print(message);
            return new ServiceAnswer(200, true, text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidProtocolBufferException impossible) { // only messages of unknown types have no JSON
            throw new IllegalStateException(impossible);
        }
    }

    private static ServiceAnswer answer(Fault fault) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", fault.code.name().toLowerCase(Locale.ROOT));
        body.put("msg", fault.getMessage());
        return new ServiceAnswer(fault.code.status, true, Json.text(body).getBytes(StandardCharsets.UTF_8));
    }

    // ---- rooms

    private Room createRoom(CreateRoomRequest request, SignalRooms rooms, long nowNs) throws Fault {
        require(Entrance.isName(request.getName()), "name needs 1 to " + Entrance.LONGEST_NAME + " characters");
        require(octets(request.getMetadata()) <= Profile.LONGEST_METADATA, "metadata is too long");
        return rooms.create(request, nowNs)
                .map(SignalRoom::info)
                .orElseThrow(() -> new Fault(Code.RESOURCE_EXHAUSTED, "too many rooms"));
    }

    private ListRoomsResponse listRooms(ListRoomsRequest request, SignalRooms rooms, long nowNs) {
        Set<String> names = Set.copyOf(request.getNamesList());
        return ListRoomsResponse.newBuilder()
                .addAllRooms(rooms.all().stream()
                        .filter(room -> names.isEmpty() || names.contains(room.name()))
                        .map(SignalRoom::info)
                        .toList())
                .build();
    }

    private DeleteRoomResponse deleteRoom(DeleteRoomRequest request, SignalRooms rooms, long nowNs) throws Fault {
        room(rooms, request.getRoom(), nowNs);
        rooms.deleteRoom(new MediaRoomId(request.getRoom()), nowNs);
        return DeleteRoomResponse.getDefaultInstance();
    }

    private Room updateRoomMetadata(UpdateRoomMetadataRequest request, SignalRooms rooms, long nowNs) throws Fault {
        require(octets(request.getMetadata()) <= Profile.LONGEST_METADATA, "metadata is too long");
        SignalRoom room = room(rooms, request.getRoom(), nowNs);
        room.describe(request.getMetadata());
        return room.info();
    }

    // ---- people

    private ListParticipantsResponse listParticipants(ListParticipantsRequest request, SignalRooms rooms, long nowNs) {
        List<ParticipantInfo> people = rooms.room(request.getRoom(), nowNs).stream()
                .flatMap(room -> room.participants().stream())
                .map(Participant::info)
                .toList();
        return ListParticipantsResponse.newBuilder().addAllParticipants(people).build();
    }

    private RemoveParticipantResponse removeParticipant(RoomParticipantIdentity request, SignalRooms rooms, long nowNs)
            throws Fault {
        participant(rooms, request.getRoom(), request.getIdentity(), nowNs)
                .end(Action.DISCONNECT, DisconnectReason.PARTICIPANT_REMOVED);
        return RemoveParticipantResponse.getDefaultInstance();
    }

    private MuteRoomTrackResponse muteTrack(MuteRoomTrackRequest request, SignalRooms rooms, long nowNs) throws Fault {
        Participant participant = participant(rooms, request.getRoom(), request.getIdentity(), nowNs);
        Track track = participant
                .publishing()
                .track(request.getTrackSid())
                .orElseThrow(() -> new Fault(Code.NOT_FOUND, "no such track"));
        if (!request.getMuted() && track.isMuted()) {
            throw new Fault(Code.FAILED_PRECONDITION, "only the participant can unmute");
        }
        if (request.getMuted()) {
            participant.muteTrack(track);
        }
        return MuteRoomTrackResponse.newBuilder().setTrack(track.info()).build();
    }

    private ParticipantInfo updateParticipant(UpdateParticipantRequest request, SignalRooms rooms, long nowNs)
            throws Fault {
        Participant participant = participant(rooms, request.getRoom(), request.getIdentity(), nowNs);
        Grants changed = Profile.changed(
                        participant.grants(), request.getName(), request.getMetadata(), request.getAttributesMap())
                .orElseThrow(() -> new Fault(Code.INVALID_ARGUMENT, "name, metadata or attributes are too long"));
        participant.change(request.hasPermission() ? permitted(changed, request.getPermission()) : changed, nowNs);
        return participant.info();
    }

    /** An empty list of sources means all of them. */
    private static Grants permitted(Grants grants, ParticipantPermission permission) {
        Set<TrackSource> named = permission.getCanPublishSourcesList().stream()
                .flatMap(s -> Set.of(TrackSource.values()).stream()
                        .filter(t -> t.name().equals(s.name())))
                .collect(Collectors.toSet());
        Set<TrackSource> sources = permission.getCanPublishSourcesCount() == 0 ? Grants.ALL_SOURCES : named;
        return grants.withRights(
                permission.getCanPublish() ? sources : Set.of(),
                permission.getCanSubscribe(),
                permission.getCanPublishData(),
                permission.getCanUpdateMetadata());
    }

    private UpdateSubscriptionsResponse updateSubscriptions(
            UpdateSubscriptionsRequest request, SignalRooms rooms, long nowNs) throws Fault {
        Set<String> sids = new LinkedHashSet<>(request.getTrackSidsList());
        request.getParticipantTracksList().forEach(p -> sids.addAll(p.getTrackSidsList()));
        participant(rooms, request.getRoom(), request.getIdentity(), nowNs)
                .receive(sids, request.getSubscribe(), nowNs);
        return UpdateSubscriptionsResponse.getDefaultInstance();
    }

    private static SignalRoom room(SignalRooms rooms, String name, long nowNs) throws Fault {
        return rooms.room(name, nowNs).orElseThrow(() -> new Fault(Code.NOT_FOUND, "requested room does not exist"));
    }

    private static Participant participant(SignalRooms rooms, String room, String identity, long nowNs) throws Fault {
        return rooms.room(room, nowNs)
                .flatMap(r -> r.participant(identity))
                .orElseThrow(() -> new Fault(Code.NOT_FOUND, "participant does not exist"));
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean fine, String otherwise) throws Fault {
        if (!fine) {
            throw new Fault(Code.INVALID_ARGUMENT, otherwise);
        }
    }
}
