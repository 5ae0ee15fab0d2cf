/* SPDX-License-Identifier: EUPL-1.2 */
import { lazy, Suspense, useEffect } from "react";
import { useModel, usePreferences, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { Button } from "../components/Button/Button";
import { Header } from "../components/Header/Header";
import { Icon } from "../components/Icon/Icon";
import { MessageCard, Page } from "../components/Page/Page";
import { DashboardView } from "./DashboardView";
import { Loading } from "./Loading";
import { Footer, StartPage } from "./StartPage";
import { useTitle } from "./useTitle";

/** Media takes most of the code: loaded when somebody goes to a room. */
const RoomView = lazy(() => import("./RoomView"));

export function App({ plenum }: { plenum: Plenum }) {
  useAppearance();
  useSignInCallback(plenum);
  const { session, router } = plenum;
  const { route } = useModel(router);
  const { status } = useModel(session);

  if (status === "restoring" || route.page === "callback" || route.page === "invite") {
    return <Loading />;
  }
  switch (route.page) {
    case "room":
      return (
        <Suspense fallback={<Loading />}>
          <RoomView
            key={`${route.room}/${route.invite ?? ""}`}
            plenum={plenum}
            room={route.room}
            invite={route.invite}
          />
        </Suspense>
      );
    case "dashboard":
      return status === "signedIn" ? <DashboardView plenum={plenum} /> : <StartPage plenum={plenum} needed />;
    case "home":
      return status === "signedIn" ? <DashboardView plenum={plenum} /> : <StartPage plenum={plenum} />;
    case "unknown":
      return <NotFound plenum={plenum} />;
  }
}

/** Light or dark and the language of the page, as attributes of the root element. */
function useAppearance(): void {
  const { theme, language } = useModel(usePreferences());
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    if (theme === "system") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
  }, [theme, language]);
}

let begun = false;

/** Restores or finishes the sign-in once a page load: the provider's answer in the address is good for one use. */
function useSignInCallback({ session, router, api }: Plenum): void {
  useEffect(() => {
    if (begun) {
      return;
    }
    begun = true;
    const { route } = router.snapshot();
    if (route.page === "callback") {
      void session.finish(window.location.href).then((path) => router.go(path, "replace"));
      return;
    }
    void session.restore();
    if (route.page === "invite") {
      const { invite } = route; // the older form of guest links
      void api.verifyInvite(invite).then(
        ({ room_id: room }) => router.go(`/room/${room}?invite=${invite}`, "replace"),
        () => router.go(`/room/00000000-0000-4000-8000-000000000000?invite=${encodeURIComponent(invite)}`, "replace"),
      );
    }
  }, [session, router, api]);
}

function NotFound({ plenum }: { plenum: Plenum }) {
  const text = useText();
  useTitle(text.problem.notFoundTitle);
  return (
    <Page header={<AppHeader plenum={plenum} />} footer={<Footer config={plenum.config} />}>
      <MessageCard
        title={text.problem.notFoundTitle}
        icon={<Icon name="warning" size="l" />}
        actions={
          <Button kind="primary" onClick={() => plenum.router.go("/")}>
            {text.ended.start}
          </Button>
        }
      >
        <p>{text.problem.notFound}</p>
      </MessageCard>
    </Page>
  );
}

export function AppHeader({ plenum }: { plenum: Plenum }) {
  const { session, router } = plenum;
  const { status, name, email } = useModel(session);
  return (
    <Header
      account={status === "signedIn" ? { name: name || email, email } : undefined}
      onHome={() => router.go(status === "signedIn" ? "/dashboard" : "/")}
      onSignOut={() => void session.signOut()}
    />
  );
}
