/* SPDX-License-Identifier: EUPL-1.2 */
import type { ReactNode } from "react";
import { Icon, type IconName } from "../Icon/Icon";
import "./EmptyState.css";

export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName;
  title: string;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} size="l" />
      <h2>{title}</h2>
      <p className="muted">{text}</p>
      {action}
    </div>
  );
}
