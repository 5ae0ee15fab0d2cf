/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.echo;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.Recipients;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.SignalingModule;
import org.plenum.conference.signaling.Wire;

/** Answers every ping. Without it the web app believes its socket dead and reconnects. Has no state. */
final class Echo implements SignalingModule {
    private static final JsonObject PONG = Wire.event("pong").build();

    @Override
    public void onCommand(JsonObject payload, RoomContext room) throws CommandRejected {
        if (!Wire.requiredText(payload, "action").equals("ping")) {
            throw CommandRejected.invalidJson("unknown action");
        }
        room.send(Recipients.Group.CONN, PONG);
    }

    @Override
    public JsonObject snapshot() {
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public void restore(JsonObject state) {} // there is none
}
