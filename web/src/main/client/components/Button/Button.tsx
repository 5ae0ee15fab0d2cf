/* SPDX-License-Identifier: EUPL-1.2 */
import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "../Icon/Icon";
import "./Button.css";

interface Props extends Omit<ComponentProps<"button">, "className"> {
  readonly kind?: "primary" | "secondary" | "quiet" | "danger";
  readonly size?: "m" | "l";
  readonly icon?: IconName;
  /** Shows a turning circle instead of the icon; a second click does nothing. */
  readonly busy?: boolean;
  /** The text is for screen readers and the tooltip only. */
  readonly iconOnly?: boolean;
  readonly children: ReactNode;
}

export function Button({
  kind = "secondary",
  size = "m",
  icon,
  busy = false,
  iconOnly = false,
  children,
  ...rest
}: Props) {
  const { onClick, type = "button", title, ...attributes } = rest;
  return (
    <button
      {...attributes}
      type={type}
      title={title ?? (iconOnly && typeof children === "string" ? children : undefined)}
      className={`button button-${kind} button-${size}${iconOnly ? " button-icon" : ""}`}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={size === "l" || iconOnly ? "m" : "s"} />
      )}
      <span className={iconOnly ? "sr-only" : undefined}>{children}</span>
    </button>
  );
}
