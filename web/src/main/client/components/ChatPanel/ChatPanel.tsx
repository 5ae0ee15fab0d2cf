/* SPDX-License-Identifier: EUPL-1.2 */
import { type SubmitEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useText } from "../../app/context";
import { type ChatState, EVERYONE } from "../../state/meeting/Chat";
import type { Person } from "../../state/meeting/People";
import { Button } from "../Button/Button";
import { Icon } from "../Icon/Icon";
import { Select } from "../Select/Select";
import { ChatLog } from "./ChatLog";
import "./ChatPanel.css";

interface Props {
  readonly chat: ChatState;
  readonly people: readonly Person[];
  readonly me: string;
  readonly nameOf: (id: string) => string;
  readonly onSay: (text: string) => boolean;
  readonly onSelect: (key: string) => void;
  readonly onEarlier: () => void;
}

export function ChatPanel({ chat, people, me, nameOf, onSay, onSelect, onEarlier }: Props) {
  const text = useText();
  const { current, conversations } = chat;
  const conversation = conversations[current] ?? { messages: [], nextIndex: null, unread: 0, loading: false };
  const others = new Set([...Object.keys(conversations), ...people.filter((each) => !each.me).map((each) => each.id)]);
  others.delete(EVERYONE);
  const named = (id: string) => nameOf(id) || text.chat.gone;
  const option = (value: string, label: string) => {
    const unread = conversations[value]?.unread ?? 0;
    return { value, label: unread > 0 ? `${label} (${text.chat.unread(unread)})` : label };
  };
  return (
    <div className="chat">
      {others.size > 0 && (
        <div className="chat-with">
          <Select
            label={text.chat.with}
            icon={current === EVERYONE ? "people" : "lock"}
            compact
            value={current}
            options={[
              option(EVERYONE, text.chat.everyone),
              ...[...others].map((id) => option(id, text.chat.privateWith(named(id)))),
            ]}
            onValue={onSelect}
          />
        </div>
      )}
      <ChatLog
        key={current}
        conversation={conversation}
        me={me}
        nameOf={named}
        empty={current === EVERYONE ? text.chat.empty : text.chat.emptyPrivate(named(current))}
        onEarlier={onEarlier}
      />
      {chat.problem && (
        <p className="chat-problem field-problem" role="alert">
          <Icon name="warning" size="s" />
          {text.chat.problems[chat.problem]}
        </p>
      )}
      {chat.enabled ? (
        <Composer key={`input ${current}`} onSay={onSay} />
      ) : (
        <p className="chat-off muted">{text.chat.off}</p>
      )}
    </div>
  );
}

function Composer({ onSay }: { onSay: (text: string) => boolean }) {
  const id = useId();
  const text = useText();
  const [draft, setDraft] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // who has a keyboard wants to write at once; on a phone the keyboard would cover what there is to read
    if (window.matchMedia("(hover: hover)").matches) {
      input.current?.focus();
    }
  }, []);
  const say = () => {
    if (onSay(draft)) {
      setDraft("");
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    say();
  };
  const enter = (event: KeyboardEvent) => {
    // Enter while an input method is composing chooses a character
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      say();
    }
  };
  return (
    <form className="chat-form" onSubmit={submit}>
      <label htmlFor={id} className="sr-only">
        {text.chat.input}
      </label>
      <textarea
        id={id}
        ref={input}
        className="input"
        rows={Math.min(5, draft.split("\n").length)}
        placeholder={text.chat.placeholder}
        value={draft}
        data-testid="chat-input"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={enter}
      />
      <Button kind="primary" type="submit" icon="send" iconOnly>
        {text.chat.send}
      </Button>
    </form>
  );
}
