/* SPDX-License-Identifier: EUPL-1.2 */
import { useLayoutEffect, useRef } from "react";
import { useRegion, useText } from "../../app/context";
import type { ChatMessage } from "../../protocol/signaling";
import type { Conversation } from "../../state/meeting/Chat";
import { Button } from "../Button/Button";
import { linked } from "./linked";

interface Props {
  readonly conversation: Conversation;
  readonly me: string;
  readonly nameOf: (id: string) => string;
  readonly empty: string;
  readonly onEarlier: () => void;
}

/** Messages of one conversation, the newest in sight unless the reader scrolled up. */
export function ChatLog({ conversation, me, nameOf, empty, onEarlier }: Props) {
  const text = useText();
  const log = useRef<HTMLDivElement>(null);
  const followed = useRef(true);
  const { messages, nextIndex, loading } = conversation;
  const last = messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (log.current !== null && followed.current) {
      log.current.scrollTop = log.current.scrollHeight;
    }
  }, [last]);
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = log.current ?? { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };
    followed.current = scrollHeight - scrollTop - clientHeight < 48;
  };
  return (
    // scrollable, therefore reachable by keyboard

    <div
      className="chat-log"
      ref={log}
      onScroll={scrolled}
      role="log"
      aria-label={text.chat.log}
      aria-live="off"
      tabIndex={0}
      data-testid="chat-log"
    >
      {nextIndex !== null && (
        <Button kind="quiet" busy={loading} onClick={onEarlier}>
          {text.chat.earlier}
        </Button>
      )}
      {messages.length === 0 && <p className="chat-empty muted">{empty}</p>}
      {messages.map((message, index) => (
        <Message
          key={message.id}
          message={message}
          before={messages[index - 1]}
          mine={message.source === me}
          name={nameOf(message.source)}
        />
      ))}
    </div>
  );
}

interface MessageProps {
  readonly message: ChatMessage;
  readonly before: ChatMessage | undefined;
  readonly mine: boolean;
  readonly name: string;
}

const SAME_BREATH_MS = 120_000;

/** What one person says in one breath has its name only once. */
function Message({ message, before, mine, name }: MessageProps) {
  const text = useText();
  const locale = useRegion();
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(message.at);
  const goesOn = before?.source === message.source && message.at - before.at < SAME_BREATH_MS;
  return (
    <article
      className={`chat-message${mine ? " chat-mine" : ""}${goesOn ? " chat-goes-on" : ""}`}
      data-testid="chat-message"
    >
      <header className={goesOn ? "sr-only" : "chat-meta"}>
        <span className="chat-name">{mine ? text.chat.me : name}</span>{" "}
        <time dateTime={new Date(message.at).toISOString()}>{time}</time>
      </header>
      <p className="chat-bubble">{linked(message.content)}</p>
    </article>
  );
}
