/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.livekit;

import jakarta.json.JsonObject;
import java.util.Set;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.ParticipantId;
import org.plenum.conference.signaling.ParticipantIds;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.Wire;

/** Everything a client may ask of this namespace. */
sealed interface LiveKitCommand {
    record CreateToken() implements LiveKitCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    record CreatePopoutToken() implements LiveKitCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    /** @param grant false takes the permission away */
    record AllowSharing(Set<ParticipantId> participants, boolean grant) implements LiveKitCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    /** One method a command keeps the dispatch complete. */
    interface Handler {
        void handle(CreateToken command, RoomContext room) throws CommandRejected;

        void handle(CreatePopoutToken command, RoomContext room) throws CommandRejected;

        void handle(AllowSharing command, RoomContext room) throws CommandRejected;
    }

    void handledBy(Handler handler, RoomContext room) throws CommandRejected;

    static LiveKitCommand parse(JsonObject payload) throws CommandRejected {
        return switch (Wire.requiredText(payload, "action")) {
            case "create_new_access_token" -> new CreateToken();
            case "request_popout_stream_access_token" -> new CreatePopoutToken();
            case "grant_screen_share_permission" -> new AllowSharing(participants(payload), true);
            case "revoke_screen_share_permission" -> new AllowSharing(participants(payload), false);
            default -> throw CommandRejected.invalidJson("unknown action");
        };
    }

    private static Set<ParticipantId> participants(JsonObject payload) throws CommandRejected {
        return ParticipantIds.oneOrMany(payload.get("participants"))
                .orElseThrow(() -> CommandRejected.invalidJson("field participants is missing"));
    }
}
