/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum.conference.chat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.plenum.conference.signaling.CommandRejected;
import org.plenum.conference.signaling.RoomContext;
import org.plenum.conference.signaling.Wire;

/** Everything a client may ask of the chat (chat.md). */
sealed interface ChatCommand {
    record Send(ChatScope scope, String content) implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }

        @Override
        public String toString() {
            return "Send";
        }
    }

    record Enable() implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    record Disable() implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    record Clear() implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    record GetChunk(ChatScope scope, long index) implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    /** @param index in the list of matches; absent: the newest */
    record Search(ChatScope scope, String term, OptionalLong index) implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }

        @Override
        public String toString() {
            return "Search";
        }
    }

    record SetLastSeen(ChatScope scope, Instant timestamp) implements ChatCommand {
        @Override
        public void handledBy(Handler handler, RoomContext room) throws CommandRejected {
            handler.handle(this, room);
        }
    }

    /** One method a command keeps the dispatch complete. */
    interface Handler {
        void handle(Send command, RoomContext room) throws CommandRejected;

        void handle(Enable command, RoomContext room) throws CommandRejected;

        void handle(Disable command, RoomContext room) throws CommandRejected;

        void handle(Clear command, RoomContext room) throws CommandRejected;

        void handle(GetChunk command, RoomContext room) throws CommandRejected;

        void handle(Search command, RoomContext room) throws CommandRejected;

        void handle(SetLastSeen command, RoomContext room) throws CommandRejected;
    }

    void handledBy(Handler handler, RoomContext room) throws CommandRejected;

    static ChatCommand parse(JsonObject payload) throws CommandRejected {
        return switch (Wire.requiredText(payload, "action")) {
            case "send_message" -> new Send(ChatScope.parse(payload), content(payload));
            case "enable_chat" -> new Enable();
            case "disable_chat" -> new Disable();
            case "clear_history" -> new Clear();
            case "get_history_chunk" ->
                new GetChunk(ChatScope.parse(payload), Wire.requiredNumber(payload, "message_index", 0, ChatScope.U32));
            case "search_history" ->
                new Search(
                        ChatScope.parse(payload),
                        Wire.requiredText(payload, "term"),
                        Wire.number(payload, "message_index", 0, ChatScope.U32));
            case "set_last_seen_timestamp" ->
                new SetLastSeen(ChatScope.parse(payload), Wire.requiredTime(payload, "timestamp"));
            default -> throw CommandRejected.invalidJson("unknown action");
        };
    }

    private static String content(JsonObject payload) throws CommandRejected {
        String content = Wire.requiredText(payload, "content");
        if (content.length() > HistoryLimits.ONE_MESSAGE
                || content.getBytes(StandardCharsets.UTF_8).length > HistoryLimits.ONE_MESSAGE) {
            throw CommandRejected.invalidJson("content is longer than " + HistoryLimits.ONE_MESSAGE + " octets");
        }
        return content;
    }
}
