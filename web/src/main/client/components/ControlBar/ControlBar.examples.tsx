/* SPDX-License-Identifier: EUPL-1.2 */
import type { ComponentProps } from "react";
import { type Examples, nothing } from "../examples";
import { ControlBar } from "./ControlBar";

const props: ComponentProps<typeof ControlBar> = {
  sources: { microphone: "on", camera: "on", screen: "off" },
  panel: "none",
  unread: 0,
  people: 4,
  shortcuts: true,
  screenPossible: true,
  onToggle: nothing,
  onPanel: nothing,
  onSettings: nothing,
  onLeave: nothing,
};

export const examples: Examples = {
  talking: <ControlBar {...props} />,
  muted: <ControlBar {...props} sources={{ microphone: "off", camera: "off", screen: "forbidden" }} unread={3} />,
  sharing: <ControlBar {...props} sources={{ microphone: "starting", camera: "on", screen: "on" }} panel="chat" />,
};
