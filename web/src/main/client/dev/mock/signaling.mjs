/* SPDX-License-Identifier: EUPL-1.2 */
import { randomUUID } from "node:crypto";
import { WebSocketServer } from "ws";

const tokens = new Map(); // token -> { event, name, account, secret }
const rooms = new Map(); // room id -> { people: Map connection -> person, chat: [] }
const BOTS = ["Tom Reuter", "Aylin Demir", "Dr. Maria Weiß", "Jörg Öztürk", "Ole Hansen"];

export function startToken(start) {
  const token = randomUUID();
  tokens.set(token, start);
  return token;
}

export function attachSignaling(server) {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const token = /^\/v1\/signaling\/([^/?]+)$/.exec(request.url)?.[1];
    const start = tokens.get(token);
    tokens.delete(token);
    if (start === undefined) {
      socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => arrive(opened, start));
  });
}

function arrive(socket, { event, name, account, secret }) {
  const room = rooms.get(event.room.id) ?? open(event);
  const person = {
    id: account ? "ines" : `guest-${secret.slice(0, 6)}`,
    connection: randomUUID(),
    name,
    moderator: account,
    kind: account ? "registered" : "guest",
    joinedAt: now(),
    socket,
  };
  const send = (namespace, payload) => socket.send(JSON.stringify({ namespace, timestamp: now(), payload }));
  const enter = () => {
    send("core", join(room, person, event));
    tell(room, "core", {
      message: "participant_connected",
      participant_id: person.id,
      connection_id: person.connection,
      peer_data: blocks(person),
    });
    room.people.set(person.connection, person);
  };
  socket.on("message", (data) => {
    const { namespace, payload } = JSON.parse(data);
    if (namespace === "echo") {
      send("echo", { message: "pong" });
    } else if (namespace === "core") {
      enter();
    } else if (payload.action === "send_message") {
      say(room, person, payload);
    }
  });
  socket.on("close", () => {
    if (room.people.delete(person.connection)) {
      tell(room, "core", {
        message: "participant_disconnected",
        participant_id: person.id,
        connection_id: person.connection,
        reason: "leave",
      });
    }
  });
  if (event.title === "Warteraum") {
    send("core", { message: "in_waiting_room", participant_id: person.id, connection_id: person.connection });
    setTimeout(() => send("moderation", { message: "accepted" }), 4000);
  } else {
    enter();
  }
}

function open(event) {
  const room = { people: new Map(), chat: [] };
  for (const name of BOTS.slice(0, Number(process.env.MOCK_BOTS ?? 3))) {
    const bot = {
      id: `bot-${name}`,
      connection: `bot-${name}`,
      name,
      moderator: false,
      kind: "registered",
      joinedAt: now(),
    };
    room.people.set(bot.connection, bot);
  }
  rooms.set(event.room.id, room);
  return room;
}

function say(room, person, { content, scope, target }) {
  const message = { id: randomUUID(), source: person.id, content, scope };
  if (scope === "global") {
    room.chat.push({ ...message, timestamp: now() });
    tell(room, "chat", { message: "message_sent", ...message });
    return;
  }
  for (const each of room.people.values()) {
    const other = each.id === person.id ? target : each.id === target ? person.id : undefined;
    if (other !== undefined) {
      tell({ people: new Map([["", each]]) }, "chat", { message: "message_sent", ...message, target: other });
    }
  }
}

function tell(room, namespace, payload) {
  for (const { socket } of room.people.values()) {
    socket?.send(JSON.stringify({ namespace, timestamp: now(), payload }));
  }
}

function blocks({ name, moderator, kind, joinedAt }) {
  return {
    core: { display_name: name, role: moderator ? "moderator" : "user", participation_kind: kind, joined_at: joinedAt },
    breakout: { room: { kind: "main" } },
  };
}

function join(room, me, event) {
  const others = [...room.people.values()].filter((each) => each.id !== me.id);
  return {
    message: "join_success",
    id: me.id,
    connection_id: me.connection,
    device_id: me.connection,
    connections: [],
    display_name: me.name,
    role: me.moderator ? "moderator" : "guest",
    is_room_owner: me.moderator,
    tariff: { quotas: {}, used_quota: {} },
    enabled_modules: { core: [], chat: [] },
    module_data: {
      chat: {
        enabled: true,
        global_history: { messages: room.chat.slice(-100), next_index: null },
        private_history: [],
        last_seen_timestamp_global: null,
        last_seen_timestamps_private: {},
        last_seen_timestamps_group: {},
      },
    },
    participants: others.map((each) => ({
      id: each.id,
      connections: [{ connection_id: each.connection, device_id: each.connection }],
      module_data: blocks(each),
    })),
    event_info: { id: event.id, room_id: event.room.id, title: event.title },
    meeting_details: {},
    room_info: { id: event.room.id },
  };
}

function now() {
  return new Date().toISOString();
}
