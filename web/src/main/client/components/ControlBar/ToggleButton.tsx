/* SPDX-License-Identifier: EUPL-1.2 */
import type { Source } from "../../state/media/MediaRoom";
import { Icon, type IconName } from "../Icon/Icon";
import "./ControlBar.css";

interface Props {
  readonly source: Source;
  readonly state: "on" | "off" | "starting" | "forbidden";
  /** What a click does, as the name for screen readers and the tooltip. */
  readonly label: string;
  /** A word below the round button; none in the lobby. */
  readonly caption?: string;
  readonly shortcut?: string | undefined;
  readonly onClick: () => void;
}

const ICONS: Readonly<Record<Source, readonly [on: IconName, off: IconName]>> = {
  microphone: ["microphone", "microphoneOff"],
  camera: ["camera", "cameraOff"],
  screen: ["screenOff", "screen"],
};

/** Microphone, camera or screen. `data-state` is what end-to-end tests read. */
export function ToggleButton({ source, state, label, caption, shortcut, onClick }: Props) {
  const [on, off] = ICONS[source];
  const look =
    state === "on" ? (source === "screen" ? " control-active" : "") : source === "screen" ? "" : " control-off";
  return (
    <button
      type="button"
      className={`control${look}`}
      data-testid={`toggle-${source}`}
      data-state={state}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      aria-disabled={state === "forbidden" || undefined}
      aria-busy={state === "starting" || undefined}
      title={shortcut ? `${label} (${shortcut})` : label}
      onClick={onClick}
    >
      <span className="control-round">
        {state === "starting" ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon name={state === "on" ? on : off} />
        )}
      </span>
      {caption && (
        <span className="control-caption" aria-hidden="true">
          {caption}
        </span>
      )}
    </button>
  );
}
