/* SPDX-License-Identifier: EUPL-1.2 */
import type { ComponentProps } from "react";
import type { ChatMessage } from "../../protocol/signaling";
import type { Conversation } from "../../state/meeting/Chat";
import { type Examples, nothing } from "../examples";
import { ChatPanel } from "./ChatPanel";

const NAMES: Readonly<Record<string, string>> = { ines: "Ines Kolb", tom: "Tom Reuter" };

function message(id: number, source: string, content: string): ChatMessage {
  return { id: String(id), source, content, at: Date.UTC(2026, 10, 25, 9, id), scope: { scope: "global" } };
}

const talk: Conversation = {
  messages: [
    message(1, "tom", "Guten Morgen"),
    message(2, "ines", "Guten Morgen! Die Unterlagen liegen unter https://intranet.example/haushalt."),
    message(3, "ines", "Bitte vorab lesen."),
    message(5, "tom", "Danke"),
  ],
  nextIndex: 12,
  unread: 0,
  loading: false,
};

const props: ComponentProps<typeof ChatPanel> = {
  chat: { enabled: true, current: "global", conversations: { global: talk }, unread: 0, problem: undefined },
  people: [],
  me: "ines",
  nameOf: (id) => NAMES[id] ?? "",
  onSay: () => true,
  onSelect: nothing,
  onEarlier: nothing,
};

function chat(change: Partial<ComponentProps<typeof ChatPanel>["chat"]>) {
  return (
    <div className="example-chat">
      <ChatPanel {...props} chat={{ ...props.chat, ...change }} />
    </div>
  );
}

export const examples: Examples = {
  talk: chat({}),
  empty: chat({ conversations: { global: { ...talk, messages: [], nextIndex: null } } }),
  off: chat({ enabled: false }),
  problem: chat({ problem: "tooFast" }),
  private: chat({
    current: "tom",
    conversations: { global: { ...talk, unread: 2 }, tom: { ...talk, nextIndex: null } },
  }),
};
