/* SPDX-License-Identifier: EUPL-1.2 */
import { asObject, flag, instant, type Json, list, Malformed, number, object, objects, required, text } from "./json";
import type {
  ChatBlock,
  ChatChunk,
  ChatMessage,
  ChatScope,
  DisconnectReason,
  JoinSuccess,
  LivekitCredentials,
  ParticipantKind,
  Peer,
  SignalEvent,
} from "./signaling";

/**
 * One frame of the socket to an event. Undefined for everything this client has no use for and for what does not
 * fit the contract: such a frame is dropped, the session goes on.
 */
export function parseEvent(frame: string): SignalEvent | undefined {
  let envelope: Json | undefined;
  try {
    envelope = asObject(JSON.parse(frame));
  } catch {
    return undefined;
  }
  const payload = envelope && asObject(envelope.payload);
  if (envelope === undefined || payload === undefined) {
    return undefined;
  }
  const parse = parsers[`${text(envelope, "namespace") ?? ""}.${text(payload, "message") ?? ""}`];
  try {
    return parse?.(payload, instant(envelope, "timestamp") ?? Date.now());
  } catch (fault) {
    if (fault instanceof Malformed) {
      return undefined;
    }
    throw fault;
  }
}

type Parser = (payload: Json, at: number) => SignalEvent | undefined;

const parsers: Readonly<Record<string, Parser | undefined>> = {
  "core.join_success": (payload) => ({ type: "joined", join: joinSuccess(payload) }),
  "core.join_blocked": () => ({ type: "blocked" }),
  "core.in_waiting_room": () => ({ type: "waiting" }),
  "core.participant_connected": (payload) => ({
    type: "peerConnected",
    peer: peer(id(payload, "participant_id"), [id(payload, "connection_id")], object(payload, "peer_data")),
  }),
  "core.participant_disconnected": (payload) => ({
    type: "peerDisconnected",
    id: id(payload, "participant_id"),
    connectionId: id(payload, "connection_id"),
    reason: (text(payload, "reason") ?? "leave") as DisconnectReason,
  }),
  "core.closing": (payload) => ({ type: "closing", reason: text(payload, "reason") ?? "" }),
  "core.room_parameters_changed": (payload) => {
    const title = text(object(payload, "change"), "title");
    return title === undefined ? undefined : { type: "titleChanged", title };
  },
  "echo.pong": () => ({ type: "pong" }),
  "chat.message_sent": (payload, at) => ({ type: "chatMessage", message: chatMessage(payload, at) }),
  "chat.chat_enabled": (payload) => ({ type: "chatEnabled", enabled: true, by: text(payload, "issued_by") }),
  "chat.chat_disabled": (payload) => ({ type: "chatEnabled", enabled: false, by: text(payload, "issued_by") }),
  "chat.history_cleared": () => ({ type: "chatCleared" }),
  "chat.room_chat_history_chunk": (payload) => ({
    type: "chatHistory",
    correspondent: undefined,
    chunk: chunk(object(payload, "history")),
  }),
  "chat.private_chat_history_chunk": (payload) => ({
    type: "chatHistory",
    correspondent: id(payload, "correspondent"),
    chunk: chunk(object(payload, "history")),
  }),
  "chat.error": (payload) => ({
    type: "chatRefused",
    error: text(payload, "error") ?? "",
    retryAfterMs: number(payload, "retry_after_ms"),
  }),
  "livekit.credentials": (payload) => ({ type: "credentials", livekit: required(livekit(payload), "credentials") }),
  "livekit.error": (payload) =>
    text(payload, "error") === "livekit_unavailable" ? { type: "livekitUnavailable" } : undefined,
  "moderation.accepted": () => ({ type: "accepted" }),
  "moderation.sent_to_waiting_room": () => ({ type: "sentToWaitingRoom" }),
  "moderation.kicked": (payload) => ({
    type: "removed",
    how: text(payload, "reason") === "debriefed" ? "debriefed" : "kicked",
  }),
  "moderation.banned": () => ({ type: "removed", how: "banned" }),
  "moderation.muted": (payload) => ({ type: "mutedBy", moderator: id(payload, "moderator") }),
  "moderation.role_updated": (payload) => ({
    type: "roleChanged",
    id: id(payload, "participant_id"),
    moderator: text(payload, "new_role") === "moderator",
  }),
  "moderation.display_name_changed": (payload) => ({
    type: "renamed",
    id: id(payload, "target"),
    name: id(payload, "new_name"),
  }),
};

function id(from: Json, key: string): string {
  return required(text(from, key), key);
}

function joinSuccess(payload: Json): JoinSuccess {
  const blocks = object(payload, "module_data");
  return {
    id: id(payload, "id"),
    connectionId: id(payload, "connection_id"),
    ownConnections: objects(payload, "connections").map((each) => id(each, "connection_id")),
    name: id(payload, "display_name"),
    moderator: text(payload, "role") === "moderator",
    owner: flag(payload, "is_room_owner"),
    title: text(object(payload, "event_info"), "title"),
    closesAt: instant(payload, "closes_at"),
    inviteCode: text(object(payload, "meeting_details"), "invite_code_id"),
    peers: objects(payload, "participants").map((each) =>
      peer(
        id(each, "id"),
        objects(each, "connections").map((connection) => id(connection, "connection_id")),
        object(each, "module_data"),
      ),
    ),
    chat: chatBlock(object(blocks, "chat")),
    livekit: livekit(object(blocks, "livekit")),
    modules: Object.keys(object(payload, "enabled_modules")),
  };
}

function peer(participant: string, connections: readonly string[], blocks: Json): Peer {
  const core = object(blocks, "core");
  const room = object(object(blocks, "breakout"), "room");
  return {
    id: participant,
    connections,
    name: id(core, "display_name"),
    moderator: text(core, "role") === "moderator",
    owner: flag(core, "is_room_owner"),
    kind: (text(core, "participation_kind") ?? "registered") as ParticipantKind,
    joinedAt: instant(core, "joined_at") ?? 0,
    leftAt: instant(core, "left_at"),
    room: text(room, "kind") === "breakout" ? String(number(room, "id") ?? 0) : "main",
  };
}

function livekit(block: Json): LivekitCredentials | undefined {
  const [room, token, url] = [text(block, "room"), text(block, "token"), text(block, "public_url")];
  return room === undefined || token === undefined || url === undefined ? undefined : { room, token, url };
}

function chatBlock(block: Json): ChatBlock {
  const seen = object(block, "last_seen_timestamps_private");
  return {
    enabled: block.enabled !== false,
    global: chunk(object(block, "global_history")),
    privates: objects(block, "private_history").map((each) => ({
      correspondent: id(each, "correspondent"),
      history: chunk(object(each, "history")),
    })),
    lastSeenGlobal: instant(block, "last_seen_timestamp_global"),
    lastSeenPrivate: Object.fromEntries(Object.keys(seen).map((key) => [key, instant(seen, key) ?? 0])),
  };
}

function chunk(from: Json): ChatChunk {
  return {
    messages: list(from, "messages").flatMap((each) => {
      const message = asObject(each);
      return message === undefined ? [] : [chatMessage(message, instant(message, "timestamp") ?? 0)];
    }),
    nextIndex: number(from, "next_index") ?? null,
  };
}

function chatMessage(from: Json, at: number): ChatMessage {
  return { id: id(from, "id"), source: id(from, "source"), content: id(from, "content"), at, scope: scope(from) };
}

function scope(from: Json): ChatScope {
  switch (text(from, "scope")) {
    case "private":
      return { scope: "private", target: id(from, "target") };
    case "breakout":
      return { scope: "breakout", target: required(number(from, "target"), "target") };
    default:
      return { scope: "global" };
  }
}
