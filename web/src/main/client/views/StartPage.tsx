/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { Banner } from "../components/Banner/Banner";
import { Button } from "../components/Button/Button";
import { Icon } from "../components/Icon/Icon";
import { Page } from "../components/Page/Page";
import type { ClientConfig } from "../protocol/config";
import { AppHeader } from "./App";
import { useTitle } from "./useTitle";
import "./StartPage.css";

/** What a person sees who is not signed in. */
export function StartPage({ plenum, needed = false }: { plenum: Plenum; needed?: boolean }) {
  const text = useText();
  const { session, router } = plenum;
  const { status, problem } = useModel(session);
  const { here, route } = useModel(router);
  useTitle("");
  return (
    <Page header={<AppHeader plenum={plenum} />} footer={<Footer config={plenum.config} />}>
      <div className="start">
        <section className="start-hero">
          <h1>{text.start.title}</h1>
          <p className="start-lead">{text.start.lead}</p>
          {problem && <Banner kind="error">{text.start.problems[problem]}</Banner>}
          {needed && !problem && <Banner kind="info">{text.start.needed}</Banner>}
          <Button
            kind="primary"
            size="l"
            busy={status === "leaving"}
            data-testid="sign-in"
            onClick={() => void session.signIn(route.page === "home" ? "/dashboard" : here)}
          >
            {status === "leaving" ? text.start.signingIn : text.start.signIn}
          </Button>
        </section>
        <section className="start-guest">
          <Icon name="door" />
          <div>
            <h2>{text.start.guestTitle}</h2>
            <p className="muted">{text.start.guestText}</p>
          </div>
        </section>
      </div>
    </Page>
  );
}

/** Links that the operator has to show by law, where they are configured. */
export function Footer({ config }: { config: ClientConfig }) {
  const links = [
    [config.imprintUrl, "Impressum"],
    [config.dataProtectionUrl, "Datenschutz"],
  ] as const;
  const shown = links.flatMap(([href, label]) => (href === undefined ? [] : [{ href, label }]));
  return shown.length === 0 ? null : (
    <footer className="footer">
      {shown.map(({ href, label }) => (
        <a key={label} href={href} target="_blank" rel="noreferrer">
          {label}
        </a>
      ))}
    </footer>
  );
}
