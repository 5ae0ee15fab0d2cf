/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.media.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.Room;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.MuteRoomTrackRequest;
import livekit.LivekitRoom.MuteRoomTrackResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.UpdateParticipantRequest;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;
import livekit.LivekitRoom.UpdateSubscriptionsRequest;
import livekit.LivekitRtc.LeaveRequest.Action;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalResponse.MessageCase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.plenum.media.api.ConnectParameters;
import org.plenum.media.api.ServiceAnswer;
import org.plenum.media.api.ServiceRequest;

class RoomServiceTest {
    private static final String ROOM = Meeting.ROOM.value();
    private static final String ADMIN = "\"roomAdmin\":true,\"room\":\"" + ROOM + "\"";

    private final Meeting meeting = new Meeting();
    private final RoomService service = new RoomService(meeting.entrance);

    @Test
    @DisplayName(
            "MEDIA-4 the first join makes a room; where it may not, joining fails twice and works after CreateRoom")
    void creation() {
        meeting.joins("alice");
        assertEquals(1, meeting.gauge("rooms"));

        Meeting strict = new Meeting(SignalLimits.USUAL, false);
        RoomService strictly = new RoomService(strict.entrance);
        String token = strict.entrance.refreshed(mayJoinOnly(), Duration.ofMinutes(1), strict.wallMs());
        for (int i = 0; i < 2; i++) {
            assertEquals(404, validate(strict, token));
            TestClient refused = strict.arrives(token, Map.of());
            assertEquals(1008, refused.closeCode);
            assertEquals(0, strict.gauge("rooms"));
        }
        assertEquals(
                200,
                strictly.prepare(request("CreateRoom", "\"roomCreate\":true", create(ROOM)), strict.wallMs())
                        .on(strict.rooms, strict.nowNs())
                        .status());
        assertEquals(200, validate(strict, token));
        assertEquals(
                "alice", strict.arrives(token, Map.of()).join().getParticipant().getIdentity());
    }

    private static int validate(Meeting at, String token) {
        return at.entrance
                .validate(token, new ConnectParameters(Map.of("protocol", "17"), ""), at.wallMs())
                .status();
    }

    private static Grants mayJoinOnly() {
        return new Grants(
                ROOM,
                true,
                false,
                "alice",
                "alice",
                "",
                Map.of(),
                ParticipantInfo.Kind.STANDARD,
                Grants.ALL_SOURCES,
                true,
                false,
                false,
                false,
                false);
    }

    @Test
    @DisplayName(
            "a room that was asked for stays empty for a while, also after the last has left, and takes no more than it may")
    void timeouts() throws InvalidProtocolBufferException {
        Room made = Room.parseFrom(done(
                "CreateRoom",
                "\"roomCreate\":true",
                create(ROOM).toBuilder()
                        .setMaxParticipants(1)
                        .setDepartureTimeout(7)
                        .build()));
        assertTrue(made.getSid().startsWith("RM_"));
        assertEquals(300, made.getEmptyTimeout());
        meeting.after(299_000);
        TestClient alice = meeting.joins("alice");
        assertEquals(made.getSid(), alice.join().getRoom().getSid());
        assertEquals(1013, meeting.arrives("bob").closeCode);
        alice.leaves();
        meeting.after(6900);
        assertEquals(1, meeting.gauge("rooms"));
        meeting.after(200);
        assertEquals(0, meeting.gauge("rooms"));
    }

    @Test
    @DisplayName("MEDIA-33 what is about an unknown identity or room is not_found")
    void unknown() {
        meeting.joins("alice");
        assertFault(
                404,
                "not_found",
                call("UpdateParticipant", ADMIN, update("nobody").build()));
        assertFault(404, "not_found", call("RemoveParticipant", ADMIN, who("nobody")));
        assertFault(404, "not_found", call("GetParticipant", ADMIN, who("nobody")));
        assertFault(404, "not_found", call("MutePublishedTrack", ADMIN, mute("TR_x", true)));
        assertFault(
                404,
                "not_found",
                call(
                        "DeleteRoom",
                        "\"roomCreate\":true",
                        DeleteRoomRequest.newBuilder().setRoom("elsewhere").build()));
        assertFault(404, "bad_route", call("Destroy", ADMIN, who("alice")));
    }

    @Test
    @DisplayName("without the right, with a foreign room's right or a wrong token everything is unauthenticated")
    void rights() {
        meeting.joins("alice");
        String elsewhere = "\"roomAdmin\":true,\"room\":\"elsewhere\"";
        for (String grants : List.of(
                "\"roomCreate\":true,\"roomList\":true", elsewhere, "\"roomAdmin\":true", "\"roomJoin\":true")) {
            assertFault(401, "unauthenticated", call("RemoveParticipant", grants, who("alice")));
            assertFault(
                    401,
                    "unauthenticated",
                    call(
                            "ListParticipants",
                            grants,
                            ListParticipantsRequest.newBuilder().setRoom(ROOM).build()));
        }
        assertFault(401, "unauthenticated", call("CreateRoom", ADMIN, create("x")));
        assertFault(401, "unauthenticated", call("ListRooms", ADMIN, ListRoomsRequest.getDefaultInstance()));
        for (String token : new String[] {null, "", "a.b.c"}) {
            ServiceRequest request = new ServiceRequest("ListRooms", token, false, new byte[0]);
            assertFault(
                    401,
                    "unauthenticated",
                    service.prepare(request, meeting.wallMs()).on(meeting.rooms, meeting.nowNs()));
        }
    }

    @Test
    @DisplayName("MEDIA-34 the right to subscribe granted later brings all tracks, taken away it takes them")
    void subscribeLater() {
        TestClient alice = meeting.joins("alice");
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        TestClient bob = meeting.arrives(meeting.token("bob", Meeting.EVERYTHING, false, false), Map.of());
        assertFalse(bob.join().getSubscriberPrimary());
        permit("bob", ParticipantPermission.newBuilder().setCanSubscribe(true).setCanPublish(true));
        meeting.after(400);
        assertEquals(List.of(microphone), bob.offeredTracks());
        assertTrue(bob.sees("bob").orElseThrow().getPermission().getCanSubscribe());
        permit("bob", ParticipantPermission.newBuilder().setCanSubscribe(false).setCanPublish(true));
        meeting.after(400);
        assertEquals(List.of(), bob.offeredTracks());
        alice.publishes(TrackSource.CAMERA);
        meeting.after(400);
        assertEquals(List.of(), bob.offeredTracks());
    }

    @Test
    @DisplayName("MEDIA-35, MEDIA-36 rights taken away end tracks; the refreshed token has exactly the new ones")
    void revoke() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        alice.publishes(TrackSource.CAMERA);
        String microphone = alice.publishes(TrackSource.MICROPHONE);
        permit(
                "alice",
                ParticipantPermission.newBuilder()
                        .setCanSubscribe(true)
                        .setCanPublish(true)
                        .addCanPublishSources(TrackSource.MICROPHONE)
                        .setCanUpdateMetadata(true));
        meeting.after(300);
        assertEquals(
                1,
                alice.kinds().stream()
                        .filter(MessageCase.TRACK_UNPUBLISHED::equals)
                        .count());
        assertEquals(List.of(microphone), bob.offeredTracks());
        String token = alice.last(MessageCase.REFRESH_TOKEN, SignalResponse::getRefreshToken);
        alice.leaves();
        ParticipantPermission again =
                meeting.arrives(token, Map.of()).join().getParticipant().getPermission();
        assertEquals(List.of(TrackSource.MICROPHONE), again.getCanPublishSourcesList());
        assertTrue(again.getCanUpdateMetadata());
        permit("alice", ParticipantPermission.newBuilder().setCanPublish(false));
        assertFalse(bob.sees("alice").orElseThrow().getPermission().getCanPublish());
    }

    @Test
    @DisplayName("MEDIA-37 a removed participant is told so and listed no more")
    void remove() throws InvalidProtocolBufferException {
        TestClient alice = meeting.joins("alice");
        meeting.joins("bob");
        done("RemoveParticipant", ADMIN, who("alice"));
        assertEquals(Action.DISCONNECT, alice.leave().getAction());
        assertEquals(DisconnectReason.PARTICIPANT_REMOVED, alice.leave().getReason());
        List<ParticipantInfo> people = ListParticipantsResponse.parseFrom(done(
                        "ListParticipants",
                        ADMIN,
                        ListParticipantsRequest.newBuilder().setRoom(ROOM).build()))
                .getParticipantsList();
        assertEquals(
                List.of("bob"),
                people.stream().map(ParticipantInfo::getIdentity).toList());
    }

    @Test
    @DisplayName("MEDIA-38 a track is muted for all and returned so; only its owner can unmute it")
    void muting() throws InvalidProtocolBufferException {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        String camera = alice.publishes(TrackSource.CAMERA);
        assertTrue(MuteRoomTrackResponse.parseFrom(done("MutePublishedTrack", ADMIN, mute(camera, true)))
                .getTrack()
                .getMuted());
        assertTrue(alice.last(MessageCase.MUTE, SignalResponse::getMute).getMuted());
        assertTrue(bob.tracksOf("alice").get(0).getMuted());
        assertFault(412, "failed_precondition", call("MutePublishedTrack", ADMIN, mute(camera, false)));
        alice.mutes(camera, false);
        assertFalse(bob.tracksOf("alice").get(0).getMuted());
        done("MutePublishedTrack", ADMIN, mute(camera, false));
    }

    @Test
    @DisplayName("MEDIA-39 a deleted room ends all with ROOM_DELETED, also one nobody joined")
    void deleteRoom() {
        TestClient alice = meeting.joins("alice");
        DeleteRoomRequest delete = DeleteRoomRequest.newBuilder().setRoom(ROOM).build();
        done("DeleteRoom", "\"roomCreate\":true", delete);
        assertEquals(DisconnectReason.ROOM_DELETED, alice.leave().getReason());
        assertEquals(1, meeting.joins("alice").join().getRoom().getNumParticipants());
        done("DeleteRoom", "\"roomCreate\":true", delete);
        done("CreateRoom", "\"roomCreate\":true", create(ROOM));
        done("DeleteRoom", "\"roomCreate\":true", delete);
        meeting.settle();
        assertEquals(0, meeting.gauge("rooms"));
    }

    @Test
    @DisplayName("MEDIA-40 metadata of a room set before and during a session reaches all; rooms are listed by name")
    void roomMetadata() throws InvalidProtocolBufferException {
        done(
                "CreateRoom",
                "\"roomCreate\":true",
                create(ROOM).toBuilder().setMetadata("before").build());
        done("CreateRoom", "\"roomCreate\":true", create("other"));
        TestClient alice = meeting.joins("alice");
        assertEquals("before", alice.join().getRoom().getMetadata());
        done(
                "UpdateRoomMetadata",
                ADMIN,
                UpdateRoomMetadataRequest.newBuilder()
                        .setRoom(ROOM)
                        .setMetadata("during")
                        .build());
        assertEquals(
                "during",
                alice.last(MessageCase.ROOM_UPDATE, r -> r.getRoomUpdate().getRoom())
                        .getMetadata());
        assertEquals(2, rooms(ListRoomsRequest.getDefaultInstance()).size());
        List<Room> named = rooms(
                ListRoomsRequest.newBuilder().addNames("other").addNames("none").build());
        assertEquals(List.of("other"), named.stream().map(Room::getName).toList());
    }

    @Test
    @DisplayName("how many are in a room is told at most every five seconds")
    void counts() {
        TestClient alice = meeting.joins("alice");
        meeting.after(6000);
        alice.forget();
        meeting.joins("bob");
        meeting.joins("carol");
        meeting.after(6000);
        assertEquals(
                List.of(3),
                alice.all(
                        MessageCase.ROOM_UPDATE,
                        r -> r.getRoomUpdate().getRoom().getNumParticipants()));
    }

    private List<Room> rooms(ListRoomsRequest request) throws InvalidProtocolBufferException {
        return ListRoomsResponse.parseFrom(done("ListRooms", "\"roomList\":true", request))
                .getRoomsList();
    }

    @Test
    @DisplayName("MEDIA-41 attributes of the token are overlaid by those of the join where that is permitted")
    void attributes() {
        String join = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"a\":\"mine\",\"b\":\"\",\"c\":\"new\"}".getBytes(StandardCharsets.UTF_8));
        Map<String, String> given = Map.of("a", "token", "b", "kept");
        for (boolean may : new boolean[] {true, false}) {
            Grants grants = new Grants(
                    ROOM,
                    true,
                    true,
                    "alice",
                    "",
                    "",
                    given,
                    ParticipantInfo.Kind.STANDARD,
                    Grants.ALL_SOURCES,
                    true,
                    false,
                    may,
                    false,
                    false);
            String token = meeting.entrance.refreshed(grants, Duration.ofMinutes(1), meeting.wallMs());
            TestClient alice = meeting.arrives(token, Map.of("attributes", join));
            Map<String, String> expected = may ? Map.of("a", "mine", "b", "kept", "c", "new") : given;
            assertEquals(expected, alice.join().getParticipant().getAttributesMap());
        }
        TestClient odd =
                meeting.arrives(meeting.token("odd", Meeting.EVERYTHING, true, false), Map.of("attributes", "%%"));
        assertEquals("odd", odd.join().getParticipant().getIdentity());
    }

    @Test
    @DisplayName("MEDIA-42 name, metadata and attributes are changed from outside, within limits")
    void profile() throws InvalidProtocolBufferException {
        meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        ParticipantInfo changed = ParticipantInfo.parseFrom(done(
                "UpdateParticipant",
                ADMIN,
                update("alice")
                        .setName("Dr. Alice")
                        .setMetadata("m")
                        .putAttributes("k", "v")
                        .build()));
        assertEquals("Dr. Alice", changed.getName());
        assertEquals("m", bob.sees("alice").orElseThrow().getMetadata());
        assertEquals(Map.of("k", "v"), bob.sees("alice").orElseThrow().getAttributesMap());
        assertFault(
                400,
                "invalid_argument",
                call(
                        "UpdateParticipant",
                        ADMIN,
                        update("alice").setName("x".repeat(257)).build()));
        assertFault(400, "invalid_argument", call("CreateRoom", "\"roomCreate\":true", create("")));
    }

    @Test
    @DisplayName("subscriptions are changed from outside")
    void subscriptions() {
        TestClient alice = meeting.joins("alice");
        TestClient bob = meeting.joins("bob");
        String camera = alice.publishes(TrackSource.CAMERA);
        meeting.after(300);
        done(
                "UpdateSubscriptions",
                ADMIN,
                UpdateSubscriptionsRequest.newBuilder()
                        .setRoom(ROOM)
                        .setIdentity("bob")
                        .addTrackSids(camera)
                        .build());
        meeting.after(300);
        assertEquals(List.of(), bob.offeredTracks());
        assertEquals(0, bob.receives().size());
    }

    @Test
    @DisplayName("JSON is answered with JSON, and what cannot be read is malformed")
    void json() throws InvalidProtocolBufferException {
        meeting.joins("alice");
        ServiceAnswer answer =
                json("GetParticipant", "{\"room\":\"" + ROOM + "\",\"identity\":\"alice\",\"unknown\":1}");
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"can_subscribe\":true"), text);
        ParticipantInfo.Builder read = ParticipantInfo.newBuilder();
        JsonFormat.parser().merge(text, read);
        assertEquals("alice", read.getIdentity());
        assertFault(400, "malformed", json("GetParticipant", "{\"room\":"));
        ServiceRequest binary = new ServiceRequest("GetParticipant", token(ADMIN), false, new byte[] {(byte) 0xff});
        assertFault(400, "malformed", service.prepare(binary, meeting.wallMs()).on(meeting.rooms, meeting.nowNs()));
    }

    // ---- how a caller does it

    private ServiceAnswer json(String method, String body) {
        ServiceRequest request = new ServiceRequest(method, token(ADMIN), true, body.getBytes(StandardCharsets.UTF_8));
        return service.prepare(request, meeting.wallMs()).on(meeting.rooms, meeting.nowNs());
    }

    private void permit(String identity, ParticipantPermission.Builder permission) {
        done(
                "UpdateParticipant",
                ADMIN,
                update(identity).setPermission(permission).build());
    }

    private byte[] done(String method, String grants, Message message) {
        ServiceAnswer answer = call(method, grants, message);
        assertEquals(200, answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
        assertFalse(answer.json());
        return answer.body();
    }

    private ServiceAnswer call(String method, String grants, Message message) {
        ServiceAnswer answer = service.prepare(request(method, grants, message), meeting.wallMs())
                .on(meeting.rooms, meeting.nowNs());
        meeting.settle();
        return answer;
    }

    private static void assertFault(int status, String code, ServiceAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(status, answer.status(), text);
        assertTrue(answer.json() && text.contains("\"code\":\"" + code + "\""), text);
    }

    private ServiceRequest request(String method, String grants, Message message) {
        return new ServiceRequest(method, token(grants), false, message.toByteArray());
    }

    private String token(String grants) {
        String claims = "{\"iss\":\"key\",\"exp\":" + (meeting.wallMs() / 1000 + 60) + ",\"video\":{" + grants + "}}";
        String signed = base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("a secret of enough characters".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static CreateRoomRequest create(String name) {
        return CreateRoomRequest.newBuilder().setName(name).build();
    }

    private static RoomParticipantIdentity who(String identity) {
        return RoomParticipantIdentity.newBuilder()
                .setRoom(ROOM)
                .setIdentity(identity)
                .build();
    }

    private static MuteRoomTrackRequest mute(String track, boolean muted) {
        return MuteRoomTrackRequest.newBuilder()
                .setRoom(ROOM)
                .setIdentity("alice")
                .setTrackSid(track)
                .setMuted(muted)
                .build();
    }

    private static UpdateParticipantRequest.Builder update(String identity) {
        return UpdateParticipantRequest.newBuilder().setRoom(ROOM).setIdentity(identity);
    }
}
