/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect } from "react";
import type { Meeting } from "../state/meeting/Meeting";

/**
 * Single letters, therefore they can be switched off in the settings (WCAG 2.2, 2.1.4), and they do nothing while
 * somebody types or chooses.
 */
export function useShortcuts(meeting: Meeting, active: boolean): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      m: () => void meeting.media.toggle("microphone"),
      v: () => void meeting.media.toggle("camera"),
      s: () => void meeting.media.toggle("screen"),
      c: () => meeting.show("chat"),
      p: () => meeting.show("people"),
    };
    const pressed = (event: KeyboardEvent) => {
      const action = actions[event.key.toLowerCase()];
      const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
      if (action !== undefined && !modified && !event.repeat && !typing(event.target)) {
        event.preventDefault();
        action();
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [meeting, active]);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
