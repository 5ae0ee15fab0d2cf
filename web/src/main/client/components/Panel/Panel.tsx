/* SPDX-License-Identifier: EUPL-1.2 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../../app/context";
import { Button } from "../Button/Button";
import "./Panel.css";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The side of a meeting: people or chat. Takes the focus when it opens unless its content did, Escape closes it. */
export function Panel({ title, onClose, children }: Props) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const text = useText();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (panel.current?.contains(document.activeElement) === false) {
      heading.current?.focus();
    }
  }, []);
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      onClose();
    }
  };
  return (
    // Escape bubbles here from whatever has the focus inside: the panel itself is not operated
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={panel} className="panel" aria-labelledby={id} onKeyDown={escape}>
      <header className="panel-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button kind="quiet" icon="close" iconOnly onClick={onClose}>
          {text.common.close}
        </Button>
      </header>
      {children}
    </aside>
  );
}
