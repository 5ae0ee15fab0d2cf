/* SPDX-License-Identifier: EUPL-1.2 */
import { useRegion, useText } from "../../app/context";
import type { MeetingEvent } from "../../protocol/rest";
import { Button } from "../Button/Button";
import { Icon } from "../Icon/Icon";
import { grouped } from "./grouped";
import { when } from "./when";
import "./MeetingCard.css";

interface Props {
  readonly meeting: MeetingEvent;
  readonly now: Date;
  readonly busy: boolean;
  readonly copied: boolean;
  readonly onStart: () => void;
  readonly onCopy: () => void;
  /** Copies link and telephone together, as a text for a letter. */
  readonly onInvite: () => void;
  readonly onDelete: () => void;
}

export function MeetingCard({ meeting, now, busy, copied, onStart, onCopy, onInvite, onDelete }: Props) {
  const text = useText();
  const locale = useRegion();
  const { title, starts_at: starts, ends_at: ends, can_edit: mine, room, created_by: owner } = meeting;
  const date = starts && when(new Date(starts.datetime), ends && new Date(ends.datetime), now, locale, text);
  return (
    <li className="card" data-meeting={meeting.id}>
      <div className={date ? "sheet" : "sheet sheet-open"} aria-hidden="true">
        {date ? (
          <>
            <span className="sheet-day">{date.day}</span>
            <span className="sheet-month">{date.month}</span>
          </>
        ) : (
          <Icon name="door" />
        )}
      </div>
      <div className="card-text">
        <h3>{title}</h3>
        <p className="muted">
          <span>{date ? date.words : text.dashboard.always}</span>
          {room.password !== undefined && (
            <span className="card-note">
              <Icon name="lock" size="s" />
              {text.dashboard.locked}
            </span>
          )}
          {!mine && <span className="card-note">{text.dashboard.by(owner.display_name)}</span>}
        </p>
        {room.call_in && (
          <p className="card-phone muted" data-testid="dial-in">
            <span className="card-note">
              <Icon name="phone" size="s" />
              <span className="sr-only">{text.dashboard.phone}</span>
              {room.call_in.tel}
            </span>
            <span>{text.dashboard.phoneId(grouped(room.call_in.id))}</span>
            <span>{text.dashboard.phonePin(grouped(room.call_in.password))}</span>
          </p>
        )}
        {meeting.description !== "" && <p className="card-description muted">{meeting.description}</p>}
      </div>
      <div className="card-actions">
        {mine && (
          <Button kind="quiet" icon="trash" iconOnly onClick={onDelete} title={text.dashboard.remove}>
            {text.dashboard.removeLabel(title)}
          </Button>
        )}
        {mine && room.call_in && room.guest_access !== "disabled" && (
          <Button kind="quiet" icon="phone" iconOnly onClick={onInvite} title={text.dashboard.invite}>
            {text.dashboard.inviteLabel(title)}
          </Button>
        )}
        {mine && room.guest_access !== "disabled" && (
          <Button
            icon={copied ? "check" : "copy"}
            busy={busy}
            onClick={onCopy}
            aria-label={copied ? text.dashboard.copied : text.dashboard.copyLabel(title)}
          >
            {copied ? text.dashboard.copied : text.dashboard.copy}
          </Button>
        )}
        <Button kind="primary" icon="video" onClick={onStart} aria-label={text.dashboard.startLabel(title)}>
          {text.dashboard.start}
        </Button>
      </div>
    </li>
  );
}
