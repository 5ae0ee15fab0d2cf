/* SPDX-License-Identifier: EUPL-1.2 */
import { beforeEach, describe, expect, test } from "vitest";
import type { ChatBlock, ChatMessage, ChatScope, Command } from "../../protocol/signaling";
import { Chat, EVERYONE } from "./Chat";

let sent: Command["payload"][];
let connected: boolean;
let chat: Chat;
let next = 0;

const nothing: ChatBlock = {
  enabled: true,
  global: { messages: [], nextIndex: null },
  privates: [],
  lastSeenGlobal: undefined,
  lastSeenPrivate: {},
};

function message(source: string, content: string, scope: ChatScope = { scope: "global" }, at = 1_000): ChatMessage {
  return { id: `m${next++}`, source, content, at, scope };
}

beforeEach(() => {
  sent = [];
  connected = true;
  chat = new Chat(({ payload }) => {
    sent.push(payload);
    return connected;
  });
  chat.joined(nothing, "me");
});

const contents = (key = EVERYONE) => chat.snapshot().conversations[key]?.messages.map((each) => each.content);

describe("receiving", () => {
  test("counts what nobody looks at, and announces it", () => {
    expect(chat.received(message("tom", "Hallo"))).toBe(true);
    expect(chat.snapshot().unread).toBe(1);
    expect(contents()).toEqual(["Hallo"]);
  });

  test("my own message is neither counted nor announced", () => {
    expect(chat.received(message("me", "Hallo"))).toBe(false);
    expect(chat.snapshot().unread).toBe(0);
  });

  test("a message that is looked at is read, here and on the server", () => {
    chat.look(true);
    expect(chat.received(message("tom", "Hallo", { scope: "global" }, Date.UTC(2026, 0, 1)))).toBe(false);
    expect(chat.snapshot().unread).toBe(0);
    expect(sent).toEqual([
      { action: "set_last_seen_timestamp", scope: "global", timestamp: "2026-01-01T00:00:00.000Z" },
    ]);
  });

  test("the same message twice is shown once", () => {
    const twice = message("tom", "Hallo");
    chat.received(twice);
    expect(chat.received(twice)).toBe(false);
    expect(contents()).toEqual(["Hallo"]);
    expect(chat.snapshot().unread).toBe(1);
  });

  test("private messages make a conversation of their own", () => {
    chat.look(true);
    expect(chat.received(message("tom", "Nur für dich", { scope: "private", target: "tom" }))).toBe(true);
    expect(contents("tom")).toEqual(["Nur für dich"]);
    expect(contents()).toEqual([]);
    chat.select("tom");
    expect(chat.snapshot().unread).toBe(0);
    expect(sent.at(-1)).toMatchObject({ action: "set_last_seen_timestamp", scope: "private", target: "tom" });
  });

  test("no more than 2000 messages are kept", () => {
    for (let index = 0; index < 2_100; index++) {
      chat.received(message("tom", String(index)));
    }
    expect(contents()).toHaveLength(2_000);
    expect(contents()?.[0]).toBe("100");
  });
});

describe("joining", () => {
  test("counts what came since the last visit", () => {
    const messages = [
      message("tom", "alt", undefined, 10),
      message("tom", "neu", undefined, 30),
      message("me", "ich", undefined, 40),
    ];
    const privates = [
      { correspondent: "tom", history: { messages: [message("tom", "?", undefined, 50)], nextIndex: null } },
    ];
    chat.joined(
      { ...nothing, global: { messages, nextIndex: 7 }, privates, lastSeenGlobal: 20, lastSeenPrivate: { tom: 60 } },
      "me",
    );
    const { conversations, unread } = chat.snapshot();
    expect(conversations[EVERYONE]).toMatchObject({ unread: 1, nextIndex: 7 });
    expect(conversations.tom).toMatchObject({ unread: 0 });
    expect(unread).toBe(1);
  });

  test("again keeps the conversation that was open", () => {
    chat.select("tom");
    const privates = [{ correspondent: "tom", history: { messages: [], nextIndex: null } }];
    chat.joined({ ...nothing, privates }, "me");
    expect(chat.snapshot().current).toBe("tom");
  });
});

describe("writing", () => {
  test("goes to everybody, without the blanks around it", () => {
    expect(chat.say("  Guten Morgen \n")).toBe(true);
    expect(sent).toEqual([{ action: "send_message", scope: "global", content: "Guten Morgen" }]);
    expect(contents()).toEqual([]); // it comes back from the server
  });

  test("goes to one person when that conversation is open", () => {
    chat.select("tom");
    chat.say("Frage");
    expect(sent).toEqual([{ action: "send_message", scope: "private", target: "tom", content: "Frage" }]);
  });

  test("nothing is not sent", () => {
    expect(chat.say(" \n ")).toBe(false);
    expect(sent).toEqual([]);
  });

  test("is limited to 4000 bytes, not characters", () => {
    expect(chat.say("ä".repeat(2_000))).toBe(true);
    expect(chat.say("ä".repeat(2_001))).toBe(false);
    expect(chat.snapshot().problem).toBe("tooLong");
  });

  test("without connection keeps the text and says why", () => {
    connected = false;
    expect(chat.say("Hallo")).toBe(false);
    expect(chat.snapshot().problem).toBe("notConnected");
  });

  test.each([
    ["chat_disabled", "disabled"],
    ["too_many_requests", "tooFast"],
    ["unknown_participant", "unknownPerson"],
    ["constructor_of_evil", undefined],
  ])("refused with %s is told as %s", (error, problem) => {
    chat.refused(error);
    expect(chat.snapshot().problem).toBe(problem);
  });
});

describe("history", () => {
  test("is asked for once and put before what is there", () => {
    chat.joined({ ...nothing, global: { messages: [message("tom", "c")], nextIndex: 1 } }, "me");
    chat.loadEarlier();
    chat.loadEarlier();
    expect(sent).toEqual([{ action: "get_history_chunk", scope: "global", message_index: 1 }]);
    chat.history(undefined, { messages: [message("tom", "a"), message("tom", "b")], nextIndex: null });
    expect(contents()).toEqual(["a", "b", "c"]);
    chat.loadEarlier();
    expect(sent).toHaveLength(1);
  });

  test("is emptied by a moderator, private conversations stay", () => {
    chat.received(message("tom", "alle"));
    chat.received(message("tom", "privat", { scope: "private", target: "tom" }));
    chat.cleared();
    expect(contents()).toEqual([]);
    expect(contents("tom")).toEqual(["privat"]);
    expect(chat.snapshot().unread).toBe(1);
  });
});
