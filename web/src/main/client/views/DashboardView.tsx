/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useState } from "react";
import { useModel, useRegion, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { Banner } from "../components/Banner/Banner";
import { Button } from "../components/Button/Button";
import { CreateForm } from "../components/CreateForm/CreateForm";
import { Dialog } from "../components/Dialog/Dialog";
import { EmptyState } from "../components/EmptyState/EmptyState";
import { TextField } from "../components/Field/Field";
import { grouped } from "../components/MeetingCard/grouped";
import { MeetingCard } from "../components/MeetingCard/MeetingCard";
import { Page } from "../components/Page/Page";
import { SkeletonCards } from "../components/Skeleton/Skeleton";
import type { Messages } from "../locales";
import type { MeetingEvent } from "../protocol/rest";
import { systemClock } from "../state/clock";
import { CreateMeeting } from "../state/CreateMeeting";
import { Dashboard } from "../state/Dashboard";
import { roomPath } from "../state/routes";
import { AppHeader } from "./App";
import { Footer } from "./StartPage";
import { useTitle } from "./useTitle";
import "./DashboardView.css";

export function DashboardView({ plenum }: { plenum: Plenum }) {
  const text = useText();
  const locale = useRegion();
  const [model] = useState(() => dashboard(plenum));
  const [form, setForm] = useState<CreateMeeting>();
  const [created, setCreated] = useState<string>();
  const { status, dated, open, problem, busy, deleting, link } = useModel(model);
  useTitle(text.dashboard.pageTitle);
  useEffect(() => void model.load(), [model]);

  const start = (meeting: MeetingEvent) => plenum.router.go(roomPath(meeting.room.id));
  const plan = () =>
    setForm(new CreateMeeting(plenum.api, systemClock, Intl.DateTimeFormat().resolvedOptions().timeZone));
  const now = async () => {
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(systemClock.now());
    const room = await model.meetNow(text.dashboard.nowTitle(time));
    if (room !== undefined) {
      plenum.router.go(roomPath(room));
    }
  };
  const list = (title: string, meetings: readonly MeetingEvent[], empty: string) => (
    <section className="dashboard-part">
      <h2>{title}</h2>
      {meetings.length === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        <ul className="dashboard-list">
          {meetings.map((meeting) => (
            <MeetingCard
              key={meeting.id}
              meeting={meeting}
              now={new Date(systemClock.now())}
              busy={busy === meeting.id}
              copied={link?.meeting === meeting.id && link.copied}
              onStart={() => start(meeting)}
              onCopy={() => void model.copyLink(meeting)}
              onInvite={() => void model.copyLink(meeting, (url) => invitation(meeting, url, text))}
              onDelete={() => model.askToDelete(meeting)}
            />
          ))}
        </ul>
      )}
    </section>
  );

  return (
    <Page header={<AppHeader plenum={plenum} />} footer={<Footer config={plenum.config} />}>
      <div className="dashboard">
        <div className="dashboard-head">
          <h1>{text.dashboard.title}</h1>
          <div className="row">
            <Button icon="video" size="l" busy={busy === "now"} onClick={() => void now()} data-testid="meet-now">
              {text.dashboard.now}
            </Button>
            <Button kind="primary" size="l" icon="plus" onClick={plan} data-testid="create-meeting">
              {text.dashboard.create}
            </Button>
          </div>
        </div>
        {problem && (
          <Banner kind="error" action={<Button onClick={() => void model.load()}>{text.common.retry}</Button>}>
            {text.dashboard.problems[problem]}
          </Banner>
        )}
        {created !== undefined && !problem && <Banner kind="success">{text.create.created(created)}</Banner>}
        {status === "loading" && <SkeletonCards count={3} label={text.common.loading} />}
        {status === "ready" && dated.length + open.length === 0 && (
          <EmptyState
            icon="calendar"
            title={text.dashboard.emptyTitle}
            text={text.dashboard.emptyText}
            action={
              <Button kind="primary" icon="plus" onClick={plan}>
                {text.dashboard.create}
              </Button>
            }
          />
        )}
        {status === "ready" && dated.length + open.length > 0 && (
          <>
            {list(text.dashboard.dated, dated, text.dashboard.emptyDated)}
            {list(text.dashboard.open, open, text.dashboard.emptyOpen)}
          </>
        )}
      </div>
      {form && (
        <NewMeeting
          form={form}
          onClose={() => setForm(undefined)}
          onCreated={(meeting) => {
            setForm(undefined);
            setCreated(meeting.title);
            void model.load();
          }}
        />
      )}
      {deleting && <Deletion model={model} meeting={deleting} />}
      {link && !link.copied && <LinkByHand url={link.url} onClose={() => model.closeLink()} />}
    </Page>
  );
}

/** A whole invitation: who has no computer finds the telephone in it, and the string that mobile telephones dial by themselves. */
function invitation({ title, room }: MeetingEvent, url: string, text: Messages): string {
  const { tel, id, password } = room.call_in ?? { tel: "", id: "", password: "" };
  const dial = `${tel.replace(/[^+\d]/g, "")},,${id},,${password}`;
  return text.dashboard.invitation({ title, url, tel, id: grouped(id), pin: grouped(password), dial });
}

function dashboard({ api, config }: Plenum): Dashboard {
  return new Dashboard({
    api,
    clock: systemClock,
    origin: new URL(config.baseUrl).origin,
    copy: async (text) => {
      await navigator.clipboard.writeText(text);
    },
  });
}

interface NewMeetingProps {
  readonly form: CreateMeeting;
  readonly onClose: () => void;
  readonly onCreated: (meeting: MeetingEvent) => void;
}

function NewMeeting({ form, onClose, onCreated }: NewMeetingProps) {
  const save = async () => {
    const meeting = await form.save();
    if (meeting !== undefined) {
      onCreated(meeting);
    }
  };
  return (
    <CreateForm
      state={useModel(form)}
      onChange={(change) => form.set(change)}
      onSave={() => void save()}
      onClose={onClose}
    />
  );
}

function Deletion({ model, meeting }: { model: Dashboard; meeting: MeetingEvent }) {
  const text = useText();
  return (
    <Dialog
      title={text.dashboard.removeTitle(meeting.title)}
      onClose={() => model.keep()}
      actions={
        <>
          <Button onClick={() => model.keep()}>{text.common.cancel}</Button>
          <Button kind="danger" icon="trash" onClick={() => void model.deleteAsked()}>
            {text.dashboard.remove}
          </Button>
        </>
      }
    >
      <p>{meeting.recurring_event_id === undefined ? text.dashboard.removeText : text.dashboard.removeOccurrence}</p>
    </Dialog>
  );
}

function LinkByHand({ url, onClose }: { url: string; onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text.dashboard.linkTitle} onClose={onClose}>
      <TextField
        label={text.dashboard.linkTitle}
        hint={text.dashboard.linkText}
        value={url}
        readOnly
        onText={() => undefined}
        onFocus={(event) => event.target.select()}
        data-testid="guest-link"
      />
    </Dialog>
  );
}
