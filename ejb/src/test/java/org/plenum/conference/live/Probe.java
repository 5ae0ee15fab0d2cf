/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.live;

import static org.plenum.conference.signaling.Recipients.Group.CONFERENCE;
import static org.plenum.conference.signaling.Recipients.Group.CONN;
import static org.plenum.conference.signaling.Recipients.Group.ROOM;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plenum.conference.signaling.Arrival;
import org.plenum.conference.signaling.Blocks;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.Departure;
import org.plenum.conference.signaling.Job;
import org.plenum.conference.signaling.Participant;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.RoomControl;
import org.plenum.conference.signaling.RoomKind;
import org.plenum.conference.signaling.RoomSettings;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.SignalingModuleFactory;
import org.plenum.conference.signaling.Wire;

/** A namespace that uses everything the room offers, for tests of the room itself. */
final class Probe implements SignalingModule {
    static final SignalingModuleFactory FACTORY = new SignalingModuleFactory() {
        @Override
        public String namespace() {
            return "probe";
        }

        @Override
        public SignalingModule open(RoomSettings settings, RoomKind kind) {
            return new Probe();
        }
    };

    private int said;

    @Override
    public Blocks joined(Arrival arrival, RoomContext room) {
        room.send(ROOM, Wire.event("saw").add("first", arrival.first()).build());
        return blocks(arrival, room);
    }

    @Override
    public Blocks switched(Arrival arrival, RoomContext room) {
        return blocks(arrival, room);
    }

    private Blocks blocks(Arrival arrival, RoomContext room) {
        JsonObject own = Wire.object().add("said", said).build();
        JsonObject about =
                Wire.object().add("name", arrival.participant().name().value()).build();
        Map<ParticipantId, JsonObject> others = new LinkedHashMap<>();
        room.participants().forEach(other -> others.put(other.id(), own));
        return new Blocks(Optional.of(own), Optional.of(about), others);
    }

    @Override
    public void left(Departure departure, RoomContext room) {
        room.send(
                ROOM,
                Wire.event("lost")
                        .add("last", departure.last())
                        .add("cause", departure.cause().name())
                        .build());
    }

    @Override
    public void onCommand(JsonObject payload, RoomContext room) throws CommandRejected {
        switch (Wire.requiredText(payload, "action")) {
            case "say" -> {
                said++;
                room.send(ROOM, Wire.event("said").add("number", said).build());
            }
            case "refuse" -> {
                room.send(CONFERENCE, Wire.event("never").build());
                throw new CommandRejected("no");
            }
            case "fault" -> throw new IllegalStateException("somebody's secret");
            case "later" -> room.startTimer("later", Duration.ofSeconds(5));
            case "never" -> room.stopTimer("later");
            case "work" -> room.startJob(new Work(payload.getBoolean("fails", false)));
            case "wait" -> room.control().waitingRoom(RoomControl.WaitingRoom.FOR_EVERYONE);
            case "accept" -> room.control().admit(Wire.requiredParticipant(payload, "target"));
            case "send_back" -> room.control().sendToWaitingRoom(Wire.requiredParticipant(payload, "target"));
            case "kick" ->
                room.control().remove(Wire.requiredParticipant(payload, "target"), RoomControl.Removal.KICKED);
            case "ban" -> {
                room.control().ban(Wire.requiredParticipant(payload, "target"));
                room.control().remove(Wire.requiredParticipant(payload, "target"), RoomControl.Removal.BANNED);
            }
            case "open" -> room.control().openBreakouts(2);
            case "move" ->
                room.control()
                        .move(room.sender().id(), RoomKind.breakout((int) Wire.requiredNumber(payload, "to", 0, 9)));
            case "promote" ->
                room.control().changeRole(Wire.requiredParticipant(payload, "target"), Participant.Role.MODERATOR);
            default -> throw CommandRejected.invalidJson("unknown action");
        }
    }

    @Override
    public void onTimer(String name, RoomContext room) {
        room.send(CONN, Wire.event("rang").add("name", name).build());
    }

    private record Work(boolean fails) implements Job<String> {
        @Override
        public String run() {
            if (fails) {
                throw new IllegalStateException("broken");
            }
            return "fruit";
        }

        @Override
        public void done(String result, RoomContext room) {
            room.send(CONN, Wire.event("done").add("result", result).build());
        }

        @Override
        public void failed(Exception cause, RoomContext room) {
            room.send(CONN, Wire.event("failed").build());
        }
    }

    @Override
    public JsonObject snapshot() {
        return Wire.object().add("said", said).build();
    }

    @Override
    public void restore(JsonObject state) {
        said = state.getInt("said", 0);
    }
}
