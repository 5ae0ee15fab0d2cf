/* SPDX-License-Identifier: EUPL-1.2 */
import type { MouseEvent } from "react";
import { useText } from "../../app/context";
import { LanguageSelect, ThemeSelect } from "../Appearance/Appearance";
import { Avatar } from "../Avatar/Avatar";
import { Button } from "../Button/Button";
import { Logo } from "../Logo/Logo";
import "./Header.css";

interface Props {
  /** Who is signed in; undefined for guests. */
  readonly account: { readonly name: string; readonly email: string } | undefined;
  readonly onHome: () => void;
  readonly onSignOut: () => void;
}

/** The bar at the top of every page outside of a meeting. */
export function Header({ account, onHome, onSignOut }: Props) {
  const text = useText();
  const home = (event: MouseEvent) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      onHome();
    }
  };
  return (
    <header className="header">
      <a
        className="header-home"
        href={account ? "/dashboard" : "/"}
        onClick={home}
        aria-label={`${text.product}: ${text.header.home}`}
      >
        <Logo />
      </a>
      <div className="header-tools">
        <ThemeSelect compact />
        <LanguageSelect compact />
        {account && (
          <>
            <span className="header-account" title={account.email}>
              <Avatar id={account.email} name={account.name} size="s" />
              <span className="sr-only">{text.header.account(account.name)}</span>
              <span className="header-name" aria-hidden="true">
                {account.name}
              </span>
            </span>
            <Button kind="quiet" icon="signOut" iconOnly onClick={onSignOut}>
              {text.header.signOut}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}
