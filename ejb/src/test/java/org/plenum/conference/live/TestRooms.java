/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.plenum.conference.event.Admission;
import org.plenum.conference.room.RoomDeleted;
import org.plenum.conference.room.RoomParametersChanged;
import org.plenum.conference.signaling.SignalingModuleFactory;
import org.plenum.conference.signaling.Wire;

/** Live rooms in virtual time with the people and sockets of a story. Alice owns the one room and moderates it. */
final class TestRooms {
    static final UUID ROOM = new UUID(0xb00c, 1);
    final VirtualTime time = new VirtualTime();
    final LiveRooms rooms;
    private Admission.Meeting meeting = meeting();

    TestRooms(SignalingModuleFactory... factories) {
        this(RoomLimits.USUAL, factories);
    }

    TestRooms(RoomLimits limits, SignalingModuleFactory... factories) {
        NodeId self = new NodeId("here");
        rooms = new LiveRooms(new SingleNodePlacement(self), self, List.of(factories), time.surroundings(), limits);
    }

    private static Admission.Meeting meeting() {
        return new Admission.Meeting(
                ROOM,
                Optional.of("s3cret"),
                new Admission.Owner(id("alice"), "", "Alice", "Adams", "Alice", ""),
                tariff(Optional.empty(), Optional.empty()),
                Map.of("core", Set.of("guests_allowed"), "echo", Set.of(), "chat", Set.of(), "probe", Set.of("loud")),
                Set.of("recording::stream"),
                Optional.empty(),
                new Admission.Details(Optional.of(new UUID(0x17, 1)), Optional.empty(), List.of()),
                false,
                Admission.WaitingRoom.DISABLED);
    }

    private static Admission.Tariff tariff(Optional<Integer> people, Optional<Integer> seconds) {
        return new Admission.Tariff(new UUID(7, 1), "Test", Optional.of(5_000L), people, seconds, 12);
    }

    TestRooms limitedTo(int people) {
        return with(tariff(Optional.of(people), Optional.empty()), meeting.detailsPublic(), meeting.waitingRoom());
    }

    TestRooms limitedTo(Duration time) {
        Optional<Integer> seconds = Optional.of((int) time.toSeconds());
        return with(tariff(Optional.empty(), seconds), meeting.detailsPublic(), meeting.waitingRoom());
    }

    TestRooms withPublicDetails() {
        return with(meeting.tariff(), true, meeting.waitingRoom());
    }

    TestRooms withWaitingRoom(Admission.WaitingRoom state) {
        return with(meeting.tariff(), meeting.detailsPublic(), state);
    }

    private TestRooms with(Admission.Tariff tariff, boolean detailsPublic, Admission.WaitingRoom waiting) {
        meeting = new Admission.Meeting(
                ROOM,
                meeting.password(),
                meeting.owner(),
                tariff,
                meeting.modules(),
                meeting.disabledFeatures(),
                meeting.event(),
                meeting.details(),
                detailsPublic,
                waiting);
        return this;
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    Tab owner(String name) {
        return connect(account(name, name, true, true));
    }

    Tab moderator(String name) {
        return connect(account(name, name, true, false));
    }

    Tab user(String name) {
        return connect(account(name, name, false, false));
    }

    Tab userCalled(String account, String name) {
        return connect(account(account, name, false, false));
    }

    Tab guest(String name) {
        return connect(new Admission.Visitor(
                Optional.empty(), name, Optional.empty(), false, false, false, "device secret of " + name));
    }

    Tab caller(String name) {
        return connect(new Admission.Visitor(
                Optional.empty(), name, Optional.empty(), false, false, true, "device secret of " + name));
    }

    private static Admission.Visitor account(String account, String name, boolean moderator, boolean owner) {
        return new Admission.Visitor(
                Optional.of(id(account)),
                name,
                Optional.empty(),
                moderator,
                owner,
                false,
                "device secret of " + account);
    }

    String ticket(String name) {
        String token = rooms.admit(new Admission(meeting, account(name, name, false, false)), "https://plenum.example");
        time.settle();
        return token;
    }

    String admitTo(LiveRooms door) {
        return door.admit(new Admission(meeting, account("bob", "bob", false, false)), "https://plenum.example");
    }

    private Tab connect(Admission.Visitor visitor) {
        String token = rooms.admit(new Admission(meeting, visitor), "https://plenum.example");
        if (rooms.claim(token).isPresent()) {
            throw new AssertionError("a fresh token was refused");
        }
        Tab tab = new Tab();
        tab.link = rooms.connect(token, tab).orElseThrow();
        time.settle();
        return tab;
    }

    void passes(Duration duration) {
        time.passes(duration);
    }

    void deleteRoom() {
        rooms.onDeleted(new RoomDeleted(ROOM));
        time.settle();
    }

    void changes(Optional<Optional<String>> password, Optional<String> title) {
        rooms.onChanged(new RoomParametersChanged(ROOM, password, title, meeting.detailsPublic()));
        time.settle();
    }

    /** One socket of one person; what it got is read from the text as a client would. */
    final class Tab implements ClientSocket {
        private final List<JsonObject> received = new ArrayList<>();
        private final List<String> history = new ArrayList<>();
        private RoomLink link;
        private int closed;
        private boolean reads = true;
        private boolean paused;

        @Override
        public boolean send(String message) {
            if (!reads) {
                return false;
            }
            JsonObject event = Wire.read(message);
            received.add(event);
            history.add(event.getString("namespace") + "."
                    + event.getJsonObject("payload").getString("message", "-"));
            return true;
        }

        @Override
        public void close(int code, String reason) {
            closed = closed == 0 ? code : closed;
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        boolean isPaused() {
            return paused;
        }

        /** From now on the client takes nothing any more: its queue is full. */
        void stopsReading() {
            reads = false;
        }

        /** @return 0 while the socket is open */
        int closeCode() {
            return closed;
        }

        /** @param json with ' for " */
        Tab sends(String json) {
            return sendsText(json.replace('\'', '"'));
        }

        Tab sendsText(String text) {
            link.received(text);
            time.settle();
            return this;
        }

        /** Without the room getting its turn in between. */
        void sendsAtOnce(int times, String json) {
            for (int i = 0; i < times; i++) {
                link.received(json.replace('\'', '"'));
            }
            time.settle();
        }

        void leaves() {
            link.closed(true);
            time.settle();
        }

        void breaksOff() {
            link.closed(false);
            time.settle();
        }

        /** All since the last look, whole envelopes. */
        List<JsonObject> received() {
            List<JsonObject> events = List.copyOf(received);
            received.clear();
            return events;
        }

        /** Namespace and message of all since the last look; for errors their name. */
        List<String> names() {
            return received().stream().map(TestRooms::name).toList();
        }

        /** The only event of this name since the last look. */
        JsonObject one(String name) {
            List<JsonObject> events = received().stream()
                    .filter(event -> name(event).equals(name))
                    .toList();
            if (events.size() != 1) {
                throw new AssertionError(events.size() + " times " + name + " in " + history);
            }
            return events.get(0);
        }

        JsonObject payload(String name) {
            return one(name).getJsonObject("payload");
        }

        /** The payload of join_success. */
        JsonObject welcome() {
            return payload("core.join_success");
        }
    }

    static String name(JsonObject event) {
        JsonObject payload = event.getJsonObject("payload");
        String what = payload.getString("message", "");
        String error = payload.getString("error", "");
        return event.getString("namespace") + "." + (error.isEmpty() ? what : error);
    }

    static List<String> ids(JsonArray participants) {
        return participants.getValuesAs(JsonObject.class).stream()
                .map(participant -> participant.getString("id"))
                .toList();
    }
}
