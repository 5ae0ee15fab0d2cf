/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { Button } from "../components/Button/Button";
import { Icon } from "../components/Icon/Icon";
import { MessageCard, Page } from "../components/Page/Page";
import type { MeetingEnd } from "../state/meeting/Meeting";
import type { Visit } from "../state/Visit";
import { AppHeader } from "./App";
import { Footer } from "./StartPage";
import { useTitle } from "./useTitle";

const NO_WAY_BACK: readonly MeetingEnd[] = ["forbidden", "notFound", "banned"];

/** After a meeting: why it is over, and the ways from here. */
export function EndView({ plenum, visit, end }: { plenum: Plenum; visit: Visit; end: MeetingEnd }) {
  const text = useText();
  const signedIn = useModel(plenum.session).status === "signedIn";
  const { here } = useModel(plenum.router);
  useTitle(text.ended.titles[end]);
  return (
    <Page header={<AppHeader plenum={plenum} />} footer={<Footer config={plenum.config} />}>
      <MessageCard
        title={text.ended.titles[end]}
        icon={<Icon name={end === "left" || end === "closed" || end === "debriefed" ? "check" : "info"} size="l" />}
        actions={
          <>
            <Button onClick={() => plenum.router.go(signedIn ? "/dashboard" : "/")}>
              {signedIn ? text.ended.home : text.ended.start}
            </Button>
            {end === "signedOut" ? (
              <Button kind="primary" onClick={() => void plenum.session.signIn(here)} data-testid="sign-in">
                {text.start.signIn}
              </Button>
            ) : (
              !NO_WAY_BACK.includes(end) && (
                <Button kind="primary" onClick={() => void visit.again()} data-testid="again">
                  {text.ended.again}
                </Button>
              )
            )}
          </>
        }
      >
        <p>{text.ended.texts[end]}</p>
      </MessageCard>
    </Page>
  );
}
