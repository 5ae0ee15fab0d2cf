/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useState } from "react";
import { useModel, usePreferences } from "../app/context";
import { ControlBar } from "../components/ControlBar/ControlBar";
import { Button } from "../components/Button/Button";
import { ChatPanel } from "../components/ChatPanel/ChatPanel";
import { Notices } from "../components/Notices/Notices";
import { Panel } from "../components/Panel/Panel";
import { PeopleList } from "../components/PeopleList/PeopleList";
import { SettingsDialog } from "../components/SettingsDialog/SettingsDialog";
import { Stage } from "../components/Stage/Stage";
import type { Messages } from "../locales";
import type { Devices } from "../state/devices/Devices";
import type { Meeting } from "../state/meeting/Meeting";
import { Loading } from "./Loading";
import { StatusBanners } from "./StatusBanners";
import { useShortcuts } from "./useShortcuts";
import { useTitle } from "./useTitle";
import { useWakeLock } from "./useWakeLock";
import { WaitingView } from "./WaitingView";
import "./MeetingView.css";

interface Props {
  readonly meeting: Meeting;
  readonly devices: Devices;
  readonly copyLink: (invite: string) => Promise<void>;
  readonly text: Messages;
}

export function MeetingView({ meeting, devices, copyLink, text }: Props) {
  const state = useModel(meeting);
  useEffect(() => {
    const online = () => meeting.hurry();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [meeting]);
  if (state.phase === "waiting" || state.phase === "entering") {
    return <WaitingView meeting={meeting} />;
  }
  if (state.phase !== "inMeeting") {
    return (
      <div className="meeting">
        <main className="meeting-body">
          <Loading label={state.reconnecting ? text.meeting.reconnecting : text.meeting.connecting} />
          <Button onClick={() => meeting.leave()}>{text.common.cancel}</Button>
        </main>
      </div>
    );
  }
  return <Room meeting={meeting} devices={devices} copyLink={copyLink} text={text} />;
}

function Room({ meeting, devices, copyLink, text }: Props) {
  const { title, panel, inviteCode } = useModel(meeting);
  const stage = useModel(meeting.stage);
  const media = useModel(meeting.media);
  const chat = useModel(meeting.chat);
  const { present } = useModel(meeting.people);
  const { shown } = useModel(meeting.notices);
  const { shortcuts } = useModel(usePreferences());
  const [settings, setSettings] = useState(false);
  const name = title === "" ? text.meeting.untitled : title;
  const me = present.find((person) => person.me)?.id ?? "";
  useTitle(text.meeting.pageTitle(name, chat.unread));
  useShortcuts(meeting, shortcuts && !settings);
  useWakeLock();
  const copy = async (invite: string) => {
    await copyLink(invite);
    meeting.notices.tell({ kind: "linkCopied" });
  };
  const nameOf = (id: string) => meeting.people.find(id)?.name ?? "";

  return (
    <div className="meeting">
      <header className="meeting-head">
        <h1>{name}</h1>
        <span className="muted meeting-count">
          {present.length > 1 ? text.meeting.count(present.length) : text.meeting.alone}
        </span>
        {inviteCode !== undefined && (
          <Button kind="quiet" icon="copy" onClick={() => void copy(inviteCode)}>
            {text.meeting.copyLink}
          </Button>
        )}
      </header>
      <StatusBanners meeting={meeting} />
      <main className="meeting-body">
        <div className="meeting-stage">
          <Stage stage={stage} onPin={(key) => meeting.stage.pin(key)} />
          <Notices shown={shown} />
        </div>
        {panel === "people" && (
          <Panel title={`${text.people.title} (${present.length})`} onClose={() => meeting.show("people")}>
            <PeopleList people={present} tiles={stage.main ? [stage.main, ...stage.tiles] : stage.tiles} />
          </Panel>
        )}
        {panel === "chat" && (
          <Panel title={text.chat.title} onClose={() => meeting.show("chat")}>
            <ChatPanel
              chat={chat}
              people={present}
              me={me}
              nameOf={nameOf}
              onSay={(content) => meeting.chat.say(content)}
              onSelect={(key) => meeting.chat.select(key)}
              onEarlier={() => meeting.chat.loadEarlier()}
            />
          </Panel>
        )}
      </main>
      <ControlBar
        sources={media.sources}
        panel={panel}
        unread={chat.unread}
        people={present.length}
        shortcuts={shortcuts}
        screenPossible={"getDisplayMedia" in ((navigator as Partial<Navigator>).mediaDevices ?? {})}
        onToggle={(source) => void meeting.media.toggle(source)}
        onPanel={(next) => meeting.show(next)}
        onSettings={() => {
          void devices.list();
          setSettings(true);
        }}
        onLeave={() => meeting.leave()}
      />
      {settings && <Settings meeting={meeting} devices={devices} onClose={() => setSettings(false)} />}
    </div>
  );
}

function Settings({ meeting, devices, onClose }: { meeting: Meeting; devices: Devices; onClose: () => void }) {
  const state = useModel(devices);
  return (
    <SettingsDialog
      devices={state}
      onChoose={(change) => {
        void devices.choose(change).then(() => meeting.media.use(devices.snapshot().choice));
      }}
      onClose={onClose}
    />
  );
}
