/* SPDX-License-Identifier: EUPL-1.2 */
import { describe, expect, test } from "vitest";
import { chatBlock, joinSuccess } from "../dev/test/fakes";
import { parseEvent } from "./parse";

function frame(namespace: string, payload: unknown, timestamp: unknown = "2026-06-12T09:30:00.125Z"): string {
  return JSON.stringify({ namespace, timestamp, payload });
}

describe("a frame of the signaling socket", () => {
  test("of a join becomes the complete state", () => {
    const event = parseEvent(frame("core", joinSuccess([{ id: "tom", name: "Tom Reuter" }])));
    expect(event).toMatchObject({
      type: "joined",
      join: {
        id: "me",
        connectionId: "c1",
        name: "Ines Kolb",
        moderator: true,
        owner: true,
        title: "Dienstbesprechung",
        inviteCode: "code",
        livekit: { room: "r:main", token: "t1", url: "https://plenum.example/livekit" },
        modules: ["core", "chat", "livekit"],
        peers: [{ id: "tom", name: "Tom Reuter", connections: ["tom-1"], moderator: false, room: "main" }],
      },
    });
  });

  test("of a guest's join without event, media and details is enough too", () => {
    const bare = { event_info: null, meeting_details: {}, module_data: { chat: chatBlock() }, role: "guest" };
    expect(parseEvent(frame("core", joinSuccess([], bare)))).toMatchObject({
      type: "joined",
      join: { title: undefined, inviteCode: undefined, livekit: undefined, moderator: false },
    });
  });

  test("with a chat message takes the time of the envelope", () => {
    const payload = { message: "message_sent", id: "m", source: "tom", content: "Guten Morgen", scope: "global" };
    expect(parseEvent(frame("chat", payload))).toEqual({
      type: "chatMessage",
      message: {
        id: "m",
        source: "tom",
        content: "Guten Morgen",
        at: Date.parse("2026-06-12T09:30:00.125Z"),
        scope: { scope: "global" },
      },
    });
  });

  test("with a private history names the other person", () => {
    const stored = {
      id: "m",
      source: "tom",
      timestamp: "2026-06-12T09:09:00Z",
      content: "?",
      scope: "private",
      target: "me",
    };
    const history = { messages: [stored], next_index: 4 };
    const payload = { message: "private_chat_history_chunk", correspondent: "tom", history };
    expect(parseEvent(frame("chat", payload))).toMatchObject({
      type: "chatHistory",
      correspondent: "tom",
      chunk: { nextIndex: 4, messages: [{ scope: { scope: "private", target: "me" } }] },
    });
  });

  test.each([
    [
      "a refusal of the chat",
      "chat",
      { message: "error", error: "too_many_requests", retry_after_ms: 5000 },
      "chatRefused",
    ],
    ["the waiting room", "core", { message: "in_waiting_room", participant_id: "p", connection_id: "c" }, "waiting"],
    ["a full meeting", "core", { message: "join_blocked", reason: "participant_limit_reached" }, "blocked"],
    ["an acceptance", "moderation", { message: "accepted" }, "accepted"],
    ["a debriefing", "moderation", { message: "kicked", reason: "debriefed" }, "removed"],
    ["a mute", "moderation", { message: "muted", moderator: "ines" }, "mutedBy"],
    ["a new name", "moderation", { message: "display_name_changed", target: "p", new_name: "Gast Süd" }, "renamed"],
    ["a title", "core", { message: "room_parameters_changed", change: { title: "Neu" } }, "titleChanged"],
    ["fresh credentials", "livekit", { message: "credentials", room: "r", token: "t", public_url: "u" }, "credentials"],
    ["media that is away", "livekit", { message: "error", error: "livekit_unavailable" }, "livekitUnavailable"],
    ["a pong", "echo", { message: "pong" }, "pong"],
  ])("with %s is understood", (_, namespace, payload, type) => {
    expect(parseEvent(frame(namespace, payload))).toMatchObject({ type });
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no payload", JSON.stringify({ namespace: "core" })],
    ["a payload that is text", frame("core", "join_success")],
    ["an unknown namespace", frame("karaoke", { message: "song" })],
    ["an unknown message", frame("core", { message: "constructor" })],
    ["an inherited name", frame("__proto__", { message: "toString" })],
    ["a join without id", frame("core", { ...joinSuccess(), id: 7 })],
    ["a message without text", frame("chat", { message: "message_sent", id: "m", source: "s", scope: "global" })],
    ["credentials without token", frame("livekit", { message: "credentials", room: "r" })],
  ])("with %s is dropped", (_, text) => {
    expect(parseEvent(text)).toBeUndefined();
  });

  test("mutated at any place is dropped or understood, never thrown", () => {
    const whole = frame("core", joinSuccess([{ id: "tom", name: "Tom" }]));
    let understood = 0;
    for (let at = 0; at < whole.length; at++) {
      for (const change of ["", "0", '"', "[", "null", "}"]) {
        understood += Number(parseEvent(whole.slice(0, at) + change + whole.slice(at + 1)) !== undefined);
      }
    }
    expect(understood).toBeGreaterThan(100); // the shape was valid often enough to get past JSON.parse
  });
});
