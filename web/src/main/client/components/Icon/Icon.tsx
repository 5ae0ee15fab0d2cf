/* SPDX-License-Identifier: EUPL-1.2 */
import type { ReactNode } from "react";
import "./Icon.css";

/** Drawn for Plenum on a grid of 24, one stroke width, round ends. */
const SHAPES = {
  microphone: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  microphoneOff: (
    <>
      <path d="M9 9v2a3 3 0 0 0 4.6 2.5M15 10.5V6a3 3 0 0 0-5.7-1.3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5c0 .9-.2 1.8-.5 2.6M12 18v3M4 3l16 18" />
    </>
  ),
  camera: (
    <>
      <rect x="3" y="6.5" width="12.5" height="11" rx="2.5" />
      <path d="m15.5 10.5 4.3-2.7a.8.8 0 0 1 1.2.7v7a.8.8 0 0 1-1.2.7l-4.3-2.7" />
    </>
  ),
  cameraOff: (
    <>
      <path d="M9.5 6.5H13A2.5 2.5 0 0 1 15.5 9v1.5l4.3-2.7a.8.8 0 0 1 1.2.7v7c0 .3-.1.5-.4.7" />
      <path d="M15.5 15.5A2.5 2.5 0 0 1 13 17.5H5.5A2.5 2.5 0 0 1 3 15V9a2.5 2.5 0 0 1 2.3-2.5M4 3l16 18" />
    </>
  ),
  screen: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2" />
      <path d="M8.5 20h7M12 13.5V8m0 0L9.5 10.5M12 8l2.5 2.5" />
    </>
  ),
  screenOff: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2" />
      <path d="M8.5 20h7M9.7 8.2l4.6 4.6m0-4.6-4.6 4.6" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8" r="3.25" />
      <path d="M3 19.5a6 6 0 0 1 12 0M15.5 5a3.25 3.25 0 0 1 0 6M17.5 13.9a6 6 0 0 1 3.5 5.6" />
    </>
  ),
  chat: (
    <path d="M20.5 11.5a7.5 7.5 0 0 1-8 7.3c-1 0-2-.2-2.9-.5L5 19.5l1.1-3.7A7 7 0 0 1 4.5 11.5a7.5 7.5 0 0 1 8-7.3 7.5 7.5 0 0 1 8 7.3Z" />
  ),
  settings: (
    <>
      <path d="M4 7.5h8M18 7.5h2M4 16.5h2M12 16.5h8" />
      <circle cx="15" cy="7.5" r="2.5" />
      <circle cx="9" cy="16.5" r="2.5" />
    </>
  ),
  leave: (
    <path d="M3.5 15.2c-.9-.9-.9-2.2-.1-3.1C5.5 9.7 8.5 8.5 12 8.5s6.5 1.2 8.6 3.6c.8.9.8 2.2-.1 3.1l-.7.7c-.5.5-1.2.6-1.8.2l-2.4-1.5a1.4 1.4 0 0 1-.6-1.6l.4-1.2a10.5 10.5 0 0 0-6.8 0l.4 1.2c.2.6 0 1.3-.6 1.6L6 16.1c-.6.4-1.3.3-1.8-.2Z" />
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
      <path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7" />,
  trash: (
    <path d="M4.5 7h15M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6.5 7l.8 11.2a2 2 0 0 0 2 1.8h5.4a2 2 0 0 0 2-1.8L17.5 7M10 11v5M14 11v5" />
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  calendar: (
    <>
      <rect x="4" y="5.5" width="16" height="14.5" rx="2.5" />
      <path d="M4 10h16M8.5 3.5v4M15.5 3.5v4" />
    </>
  ),
  door: (
    <>
      <path d="M6 20.5V5.5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v15M4 20.5h16" />
      <path d="M14.5 12v.5" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />
      <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" />
    </>
  ),
  close: <path d="M6 6l12 12M18 6 6 18" />,
  send: <path d="M4.5 12 20 4.5 14.5 20l-3-6.5-7-1.5ZM11.5 13.5 20 4.5" />,
  warning: (
    <path d="M12 9v4.5M12 17v.2M10.3 4.5 3 17.2A2 2 0 0 0 4.7 20h14.6a2 2 0 0 0 1.7-2.8L13.7 4.5a2 2 0 0 0-3.4 0Z" />
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8v.2" />
    </>
  ),
  pin: <path d="M9 4.5h6l-.7 6 2.7 3v1.5H7V13.5l2.7-3ZM12 15v5.5" />,
  phone: (
    <path d="M6.5 4h2.3a1.5 1.5 0 0 1 1.4 1l.8 2.3a1.5 1.5 0 0 1-.4 1.6L9.3 10.2a11 11 0 0 0 4.5 4.5l1.3-1.3a1.5 1.5 0 0 1 1.6-.4l2.3.8a1.5 1.5 0 0 1 1 1.4v2.3A2.5 2.5 0 0 1 17.3 20 14 14 0 0 1 4 6.7 2.5 2.5 0 0 1 6.5 4Z" />
  ),
  sound: (
    <>
      <path d="M4.5 9.5v5h3l4.5 4v-13l-4.5 4Z" />
      <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M3.5 12h17M12 3.5c2.5 2.3 3.7 5.2 3.7 8.5s-1.2 6.2-3.7 8.5c-2.5-2.3-3.7-5.2-3.7-8.5S9.5 5.8 12 3.5Z" />
    </>
  ),
  theme: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 4v16a8 8 0 0 0 0-16Z" fill="currentColor" />
    </>
  ),
  signOut: <path d="M14 4.5H7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h7M10.5 12H20m0 0-3.5-3.5M20 12l-3.5 3.5" />,
  signal: <path d="M5 19v-3M10 19v-7M15 19V8.5M20 19V5" />,
  video: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m10.3 9 4.7 3-4.7 3Z" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export const iconNames = Object.keys(SHAPES) as IconName[];

/** Always decoration: the word stands beside it or is the label of the control. */
export function Icon({ name, size = "m" }: { name: IconName; size?: "s" | "m" | "l" }) {
  return (
    <svg className={`icon icon-${size}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
