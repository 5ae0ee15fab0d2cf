/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.sip.conference;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Locale;
import org.plenum.conference.live.ClientSocket;
import org.plenum.conference.live.RoomLink;
import org.plenum.media.api.MediaRoomId;
import org.plenum.sip.call.Conference;
import org.plenum.sip.call.SipCall.Exit;

/**
 * A caller's signaling connection: the room speaks to it as to every client, only that there is no network between. It understands what
 * matters to somebody who only hears.
 */
final class SeatSocket implements ClientSocket, Conference.Seat {
    private static final int KICKED_WITH = 1000;

    private final Conference.Guest guest;
    private RoomLink link; // set before anything can be said to the room
    private String closing = "";
    private boolean out;

    SeatSocket(Conference.Guest guest) {
        this.guest = guest;
    }

    synchronized void connected(RoomLink room) {
        link = room;
    }

    // ---- to the room

    @Override
    public void enterRoom() {
        tell("core", "enter_room");
    }

    @Override
    public void raiseHand(boolean raised) {
        tell("raise_hands", raised ? "raise_hand" : "lower_hand");
    }

    @Override
    public void consent(boolean given) {
        send(Json.createObjectBuilder()
                .add("namespace", "recording")
                .add(
                        "payload",
                        Json.createObjectBuilder().add("action", "set_consent").add("consent", given))
                .build());
    }

    @Override
    public synchronized void leave() {
        out = true;
        if (link != null) {
            link.closed(true);
        }
    }

    private void tell(String namespace, String action) {
        send(Json.createObjectBuilder()
                .add("namespace", namespace)
                .add("payload", Json.createObjectBuilder().add("action", action))
                .build());
    }

    private synchronized void send(JsonObject command) {
        if (link != null && !out) {
            link.received(command.toString());
        }
    }

    // ---- from the room

    @Override
    public boolean send(String message) {
        try (JsonReader reader = Json.createReader(new StringReader(message))) {
            JsonObject envelope = reader.readObject();
            JsonObject payload = envelope.getJsonObject("payload");
            String event = payload.getString("message", "");
            switch (envelope.getString("namespace")) {
                case "core" -> core(event, payload);
                case "moderation" -> moderation(event);
                case "raise_hands" -> raisedHands(event);
                case "recording" -> recording(event, payload);
                default -> {} // nothing to hear of it
            }
        }
        return true;
    }

    private void core(String event, JsonObject payload) {
        switch (event) {
            case "join_success" -> joined(payload);
            case "in_waiting_room" -> guest.inWaitingRoom();
            case "join_blocked" -> {
                closing = "full";
            }
            case "closing" -> closing = payload.getString("reason", "");
            default -> {} // others come and go
        }
    }

    private void joined(JsonObject payload) {
        JsonObject data = payload.getJsonObject("module_data");
        JsonObject livekit = data.getJsonObject("livekit");
        boolean recording = data.containsKey("recording")
                && data.getJsonObject("recording").toString().contains("\"active\"");
        boolean alone = payload.getJsonArray("participants").stream()
                .noneMatch(other ->
                        !other.asJsonObject().getJsonArray("connections").isEmpty());
        guest.joined(
                new MediaRoomId(livekit.getString("room")),
                payload.getString("id") + ":" + payload.getString("connection_id"),
                alone,
                recording);
    }

    private void moderation(String event) {
        switch (event) {
            case "accepted" -> guest.admitted();
            case "sent_to_waiting_room", "moved_to_waiting_room" -> guest.inWaitingRoom();
            case "kicked", "banned", "debriefed" -> closing = "kicked";
            default -> {} // for moderators, or about others
        }
    }

    private void raisedHands(String event) {
        switch (event) {
            case "hand_lowered_by_moderator", "raised_hand_reset_by_moderator" -> guest.handLowered();
            default -> {} // about others
        }
    }

    private void recording(String event, JsonObject payload) {
        if (event.equals("stream_updated") || event.equals("recording_started") || event.equals("recording_stopped")) {
            guest.recording(event.equals("recording_started")
                    || payload.getString("status", "").equals("active"));
        }
    }

    @Override
    public void close(int code, String reason) {
        String why = closing.isEmpty() ? reason.toLowerCase(Locale.ROOT) : closing;
        guest.exit(
                switch (why) {
                    case "full", "participant limit reached" -> Exit.FULL;
                    case "time_limit_reached" -> Exit.TIME_LIMIT;
                    case "kicked", "banned", "debriefed" -> Exit.KICKED;
                    case "sent_to_waiting_room" -> Exit.NOT_ADMITTED;
                    case "fatal_error" -> Exit.BROKEN;
                    default -> code == KICKED_WITH || code == 1001 ? Exit.CLOSED : Exit.BROKEN;
                });
        synchronized (this) {
            if (!out && link != null) {
                out = true;
                link.closed(true);
            }
        }
    }

    @Override
    public void pause() {
        // a telephone sends a command a second at most
    }

    @Override
    public void resume() {
        // see pause
    }
}
