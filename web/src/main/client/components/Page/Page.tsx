/* SPDX-License-Identifier: EUPL-1.2 */
import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../../app/context";
import "./Page.css";

interface Props {
  readonly header: ReactNode;
  readonly children: ReactNode;
  /** Links of the operator: imprint, data protection. */
  readonly footer?: ReactNode;
  readonly width?: "narrow" | "wide";
}

/** Frame of every page outside of a meeting. A new page takes the focus, so that screen readers start at its top. */
export function Page({ header, children, footer, width = "wide" }: Props) {
  const main = useRef<HTMLElement>(null);
  const text = useText();
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      main.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <>
      <a className="skip" href="#main">
        {text.common.skip}
      </a>
      {header}
      <main id="main" ref={main} tabIndex={-1} className={`page page-${width}`}>
        {children}
      </main>
      {footer}
    </>
  );
}

interface MessageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly icon?: ReactNode;
}

/** A page that says one thing. */
export function MessageCard({ title, children, actions, icon }: MessageProps) {
  return (
    <section className="message">
      {icon && <div className="message-icon">{icon}</div>}
      <h1>{title}</h1>
      <div className="muted">{children}</div>
      {actions && <div className="row message-actions">{actions}</div>}
    </section>
  );
}
