/* SPDX-License-Identifier: EUPL-1.2 */
import type { ChatBlock, ChatChunk, ChatMessage, ChatScope, Command } from "../../protocol/signaling";
import { ViewModel } from "../ViewModel";

/** `global`, or the participant id of the other person. */
export type ConversationKey = string;
export const EVERYONE: ConversationKey = "global";

export interface Conversation {
  readonly messages: readonly ChatMessage[];
  readonly nextIndex: number | null;
  readonly unread: number;
  readonly loading: boolean;
}

export interface ChatState {
  readonly enabled: boolean;
  readonly current: ConversationKey;
  readonly conversations: Readonly<Record<ConversationKey, Conversation>>;
  readonly unread: number;
  /** Why the last message was not sent. */
  readonly problem: "disabled" | "tooFast" | "tooLong" | "notConnected" | "unknownPerson" | undefined;
}

/** The original client stops here too; the server takes 16 KiB. */
export const MAX_MESSAGE_BYTES = 4_000;
/** More than this is not kept per conversation: the server has the rest. */
const KEPT = 2_000;
const NOTHING: Conversation = { messages: [], nextIndex: null, unread: 0, loading: false };

/** Chat with everybody and with single persons (chat contract). Messages come back from the server, none is echoed here. */
export class Chat extends ViewModel<ChatState> {
  private me = "";
  private visible = false;

  constructor(private readonly send: (command: Command) => boolean) {
    super({ enabled: true, current: EVERYONE, conversations: { [EVERYONE]: NOTHING }, unread: 0, problem: undefined });
  }

  joined(block: ChatBlock, me: string): void {
    this.me = me;
    const conversations: Record<ConversationKey, Conversation> = {
      [EVERYONE]: this.restored(block.global, block.lastSeenGlobal ?? 0),
    };
    for (const { correspondent, history } of block.privates) {
      conversations[correspondent] = this.restored(history, block.lastSeenPrivate[correspondent] ?? 0);
    }
    const current = this.state.current in conversations ? this.state.current : EVERYONE;
    this.patch({ enabled: block.enabled, current, problem: undefined });
    this.show(conversations);
    this.seen();
  }

  /** @returns true when the message should be announced: it is not mine and nobody is looking at it */
  received(message: ChatMessage): boolean {
    if (message.scope.scope === "breakout") {
      return false; // only sent to people in that room, which this client never enters
    }
    const key = message.scope.scope === "private" ? message.scope.target : EVERYONE;
    const before = this.state.conversations[key] ?? NOTHING;
    if (before.messages.some((known) => known.id === message.id)) {
      return false;
    }
    const mine = message.source === this.me;
    const looking = this.visible && key === this.state.current;
    const messages = [...before.messages, message];
    const cut = Math.max(0, messages.length - KEPT);
    this.show({
      ...this.state.conversations,
      [key]: {
        ...before,
        messages: messages.slice(cut),
        unread: mine || looking ? before.unread : before.unread + 1,
      },
    });
    this.seen();
    return !mine && !looking;
  }

  history(correspondent: string | undefined, chunk: ChatChunk): void {
    const key = correspondent ?? EVERYONE;
    const before = this.state.conversations[key] ?? NOTHING;
    const known = new Set(before.messages.map((message) => message.id));
    const older = chunk.messages.filter((message) => !known.has(message.id));
    const messages = [...older, ...before.messages].slice(-KEPT);
    const full = messages.length === KEPT;
    this.show({
      ...this.state.conversations,
      [key]: { ...before, messages, nextIndex: full ? null : chunk.nextIndex, loading: false },
    });
  }

  cleared(): void {
    this.show({ ...this.state.conversations, [EVERYONE]: NOTHING });
  }

  enabled(enabled: boolean): void {
    this.patch({ enabled, problem: undefined });
  }

  refused(error: string): void {
    const problems: Record<string, ChatState["problem"]> = {
      chat_disabled: "disabled",
      too_many_requests: "tooFast",
      unknown_participant: "unknownPerson",
    };
    this.patch({ problem: problems[error] });
  }

  /** @returns true when the text is on its way and the input may be emptied */
  say(content: string): boolean {
    const trimmed = content.trim();
    if (trimmed === "") {
      return false;
    }
    if (new TextEncoder().encode(trimmed).length > MAX_MESSAGE_BYTES) {
      this.patch({ problem: "tooLong" });
      return false;
    }
    const scope = this.scope();
    const sent = this.send({ namespace: "chat", payload: { action: "send_message", content: trimmed, ...scope } });
    this.patch({ problem: sent ? undefined : "notConnected" });
    return sent;
  }

  loadEarlier(): void {
    const { current, conversations } = this.state;
    const conversation = conversations[current];
    if (conversation === undefined || conversation.nextIndex === null || conversation.loading) {
      return;
    }
    const payload = { action: "get_history_chunk", message_index: conversation.nextIndex, ...this.scope() } as const;
    if (this.send({ namespace: "chat", payload })) {
      this.show({ ...conversations, [current]: { ...conversation, loading: true } });
    }
  }

  select(key: ConversationKey): void {
    const conversations = this.state.conversations;
    this.patch({ current: key, problem: undefined });
    this.show(key in conversations ? conversations : { ...conversations, [key]: NOTHING });
    this.seen();
  }

  /** @param visible whether the messages are on the screen */
  look(visible: boolean): void {
    this.visible = visible;
    this.seen();
  }

  private scope(): ChatScope {
    const { current } = this.state;
    return current === EVERYONE ? { scope: "global" } : { scope: "private", target: current };
  }

  private restored(chunk: ChatChunk, lastSeen: number): Conversation {
    const unread = chunk.messages.filter((message) => message.at > lastSeen && message.source !== this.me).length;
    return { messages: chunk.messages, nextIndex: chunk.nextIndex, unread, loading: false };
  }

  /** Marks what is on the screen as read, here and on the server, so that the next visit starts where this one ended. */
  private seen(): void {
    const { current, conversations } = this.state;
    const conversation = conversations[current];
    const last = conversation?.messages.at(-1);
    if (!this.visible || conversation === undefined || last === undefined || this.marked === last.id) {
      return;
    }
    this.marked = last.id;
    const timestamp = new Date(last.at).toISOString();
    this.send({ namespace: "chat", payload: { action: "set_last_seen_timestamp", timestamp, ...this.scope() } });
    if (conversation.unread > 0) {
      this.show({ ...conversations, [current]: { ...conversation, unread: 0 } });
    }
  }

  private marked = "";

  private show(conversations: Readonly<Record<ConversationKey, Conversation>>): void {
    const unread = Object.values(conversations).reduce((sum, each) => sum + each.unread, 0);
    this.patch({ conversations, unread });
  }
}
