/* SPDX-License-Identifier: EUPL-1.2 */
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useText } from "../../app/context";
import { Button } from "../Button/Button";
import "./Dialog.css";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
}

/** The browser's modal dialog: focus stays inside, Escape closes, focus goes back to where it was. */
export function Dialog({ title, onClose, children, actions, wide = false }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  const text = useText();
  // a layout effect: its end runs while the dialog is still in the page, and only then the browser gives the focus back
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(".dialog-body :is(input, select, textarea)")?.focus(); // not the close button
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" icon="close" iconOnly onClick={onClose}>
          {text.common.close}
        </Button>
      </header>
      <div className="dialog-body">{children}</div>
      {actions && <footer className="dialog-foot">{actions}</footer>}
    </dialog>
  );
}
