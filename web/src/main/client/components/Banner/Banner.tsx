/* SPDX-License-Identifier: EUPL-1.2 */
import type { ReactNode } from "react";
import { Icon, type IconName } from "../Icon/Icon";
import "./Banner.css";

interface Props {
  readonly kind: "info" | "warning" | "error" | "success";
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Something is going on: a turning circle instead of the icon. */
  readonly working?: boolean;
}

const ICONS: Readonly<Record<Props["kind"], IconName>> = {
  info: "info",
  warning: "warning",
  error: "warning",
  success: "check",
};

/** A message in the flow of the page. Errors interrupt a screen reader, everything else waits its turn. */
export function Banner({ kind, children, action, working = false }: Props) {
  return (
    <div className={`banner banner-${kind}`} role={kind === "error" ? "alert" : "status"}>
      {working ? <span className="spinner" aria-hidden="true" /> : <Icon name={ICONS[kind]} />}
      <div className="banner-text">{children}</div>
      {action}
    </div>
  );
}
