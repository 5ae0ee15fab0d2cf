/* SPDX-License-Identifier: EUPL-1.2 */
import { type SubmitEvent, type ReactNode, useRef } from "react";
import { useModel, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { Banner } from "../components/Banner/Banner";
import { Button } from "../components/Button/Button";
import { CameraPreview } from "../components/CameraPreview/CameraPreview";
import { DeviceSelect } from "../components/DeviceSelect/DeviceSelect";
import { TextField } from "../components/Field/Field";
import { Icon } from "../components/Icon/Icon";
import { StreamLevel } from "../components/LevelBar/LevelBar";
import { MessageCard, Page } from "../components/Page/Page";
import type { DevicesState, PreviewStatus } from "../state/devices/Devices";
import type { SourceFault } from "../state/media/MediaRoom";
import type { NetworkState } from "../state/network/NetworkCheck";
import type { Visit } from "../state/Visit";
import { AppHeader } from "./App";
import { Loading } from "./Loading";
import { Footer } from "./StartPage";
import { useTitle } from "./useTitle";
import "./LobbyView.css";

export function LobbyView({ plenum, visit }: { plenum: Plenum; visit: Visit }) {
  const text = useText();
  const { status, title } = useModel(visit.lobby);
  const { here } = useModel(plenum.router);
  useTitle(text.lobby.pageTitle(title));
  const signIn = () => void plenum.session.signIn(here);
  const again = () => void visit.open();
  return (
    <Page header={<AppHeader plenum={plenum} />} footer={<Footer config={plenum.config} />}>
      {status === "loading" && <Loading />}
      {status === "ready" && <Door visit={visit} />}
      {status === "signInNeeded" && (
        <Refusal title={text.lobby.signInNeededTitle} body={text.lobby.signInNeeded}>
          <Button kind="primary" onClick={signIn} data-testid="sign-in">
            {text.start.signIn}
          </Button>
        </Refusal>
      )}
      {status === "forbidden" && <Refusal title={text.lobby.forbiddenTitle} body={text.lobby.forbidden} />}
      {status === "linkInvalid" && <Refusal title={text.lobby.linkInvalidTitle} body={text.lobby.linkInvalid} />}
      {status === "unavailable" && (
        <Refusal title={text.lobby.unavailableTitle} body={text.lobby.unavailable}>
          <Button kind="primary" onClick={again}>
            {text.common.retry}
          </Button>
        </Refusal>
      )}
    </Page>
  );
}

function Refusal({ title, body, children }: { title: string; body: string; children?: ReactNode }) {
  return (
    <MessageCard title={title} icon={<Icon name="door" size="l" />} actions={children}>
      <p>{body}</p>
    </MessageCard>
  );
}

function Door({ visit }: { visit: Visit }) {
  const text = useText();
  const { lobby, devices } = visit;
  const state = useModel(lobby);
  const network = useModel(visit.network);
  const device = useModel(devices);
  const form = useRef<HTMLFormElement>(null);
  const join = (event: SubmitEvent) => {
    event.preventDefault();
    visit.join();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  };
  return (
    <div className="lobby">
      <div className="lobby-look">
        <CameraPreview devices={device} name={state.name} onToggle={(kind) => void devices.toggle(kind)} />
        <DeviceProblems devices={device} />
        <NetworkLine network={network} />
        {device.microphoneStream && <StreamLevel stream={device.microphoneStream} />}
        {device.supported && <DeviceSelect devices={device} onChoose={(change) => void devices.choose(change)} />}
      </div>
      <form className="lobby-form" ref={form} onSubmit={join} noValidate>
        <div>
          <h1>{state.title || text.lobby.title}</h1>
          {state.title !== "" && <p className="muted">{text.lobby.title}</p>}
        </div>
        <TextField
          label={text.lobby.name}
          hint={text.lobby.nameHint}
          value={state.name}
          readOnly={state.nameFixed}
          problem={state.nameProblem && text.lobby.nameProblems[state.nameProblem]}
          onText={(name) => lobby.setName(name)}
          autoComplete="name"
          required
          data-testid="guest-name"
        />
        {state.passwordNeeded && (
          <TextField
            label={text.lobby.password}
            hint={text.lobby.passwordHint}
            type="password"
            value={state.password}
            problem={state.passwordProblem && text.lobby.passwordProblems[state.passwordProblem]}
            onText={(password) => lobby.setPassword(password)}
            autoComplete="off"
            required
            data-testid="room-password"
          />
        )}
        <Button kind="primary" size="l" type="submit" data-testid="join">
          {text.lobby.join}
        </Button>
      </form>
    </div>
  );
}

function DeviceProblems({ devices }: { devices: DevicesState }) {
  const text = useText();
  if (!devices.supported) {
    return <Banner kind="warning">{text.devices.unsupported}</Banner>;
  }
  const problems = [
    faulty(devices.microphone) && text.devices.problems.microphone[devices.microphone],
    faulty(devices.camera) && text.devices.problems.camera[devices.camera],
  ].filter((problem) => problem !== false);
  return problems.length === 0 ? null : (
    <Banner kind="warning">
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      <p className="muted">{text.lobby.withoutDevices}</p>
    </Banner>
  );
}

/** What works, in plain words; nothing while that is not known. */
function NetworkLine({ network: { way } }: { network: NetworkState }) {
  const text = useText();
  if (way === undefined) {
    return null;
  }
  const kind = way === "none" ? "warning" : way === "udp" ? "success" : "info";
  return (
    <div data-testid="network" data-way={way}>
      <Banner kind={kind} working={way === "checking"}>
        {text.lobby.network[way]}
      </Banner>
    </div>
  );
}

function faulty(status: PreviewStatus): status is SourceFault {
  return status !== "on" && status !== "off" && status !== "starting";
}
