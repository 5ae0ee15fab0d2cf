/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../../app/context";
import type { MediaState } from "../../state/media/Media";
import type { Source } from "../../state/media/MediaRoom";
import type { Panel } from "../../state/meeting/Meeting";
import { Icon, type IconName } from "../Icon/Icon";
import { ToggleButton } from "./ToggleButton";
import "./ControlBar.css";

interface Props {
  readonly sources: MediaState["sources"];
  readonly panel: Panel;
  readonly unread: number;
  readonly people: number;
  readonly shortcuts: boolean;
  readonly screenPossible: boolean;
  readonly onToggle: (source: Source) => void;
  readonly onPanel: (panel: Panel) => void;
  readonly onSettings: () => void;
  readonly onLeave: () => void;
}

/** The bar at the bottom of a meeting. */
export function ControlBar(props: Props) {
  const text = useText();
  const { sources, panel, unread, people, shortcuts, onToggle, onPanel } = props;
  const key = (name: string) => (shortcuts ? name : undefined);
  const { meeting } = text;
  return (
    <nav className="controls" aria-label={meeting.controls}>
      <div className="controls-group">
        <ToggleButton
          source="microphone"
          state={sources.microphone}
          caption={meeting.microphone}
          shortcut={key("M")}
          label={sources.microphone === "on" ? meeting.mute : meeting.unmute}
          onClick={() => onToggle("microphone")}
        />
        <ToggleButton
          source="camera"
          state={sources.camera}
          caption={meeting.camera}
          shortcut={key("V")}
          label={sources.camera === "on" ? meeting.cameraOff : meeting.cameraOn}
          onClick={() => onToggle("camera")}
        />
        {props.screenPossible && (
          <ToggleButton
            source="screen"
            state={sources.screen}
            caption={meeting.screen}
            shortcut={key("S")}
            label={sources.screen === "on" ? meeting.shareOff : meeting.shareOn}
            onClick={() => onToggle("screen")}
          />
        )}
      </div>
      <div className="controls-group">
        <PanelButton
          icon="people"
          open={panel === "people"}
          label={meeting.people}
          count={people}
          shortcut={key("P")}
          onClick={() => onPanel("people")}
        />
        <PanelButton
          icon="chat"
          open={panel === "chat"}
          label={meeting.chat}
          name={unread > 0 ? meeting.chatUnread(unread) : meeting.chat}
          badge={unread}
          shortcut={key("C")}
          onClick={() => onPanel("chat")}
        />
        <PanelButton icon="settings" label={meeting.settings} onClick={props.onSettings} />
      </div>
      <button
        type="button"
        className="control control-leave"
        onClick={props.onLeave}
        aria-label={meeting.leaveLabel}
        title={meeting.leaveLabel}
        data-testid="leave"
      >
        <span className="control-round">
          <Icon name="leave" />
        </span>
        <span className="control-caption" aria-hidden="true">
          {meeting.leave}
        </span>
      </button>
    </nav>
  );
}

interface PanelButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly name?: string;
  /** Undefined: opens a dialog, not a panel. */
  readonly open?: boolean;
  readonly count?: number;
  readonly badge?: number;
  readonly shortcut?: string | undefined;
  readonly onClick: () => void;
}

function PanelButton({ icon, label, name, open, count, badge = 0, shortcut, onClick }: PanelButtonProps) {
  const caption = count === undefined ? label : `${label} ${count}`;
  return (
    <button
      type="button"
      className={open ? "control control-active" : "control"}
      aria-label={name ?? caption}
      aria-expanded={open}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
      data-testid={`open-${icon}`}
      onClick={onClick}
    >
      <span className="control-round">
        <Icon name={icon} />
        {badge > 0 && (
          <span className="control-badge" aria-hidden="true">
            {badge > 99 ? "99+" : badge}
          </span>
        )}
      </span>
      <span className="control-caption" aria-hidden="true">
        {caption}
      </span>
    </button>
  );
}
