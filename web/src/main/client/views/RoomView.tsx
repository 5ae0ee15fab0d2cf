/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useState } from "react";
import { useModel, useText } from "../app/context";
import type { Plenum } from "../app/Plenum";
import { systemClock } from "../state/clock";
import { browserDevices } from "../state/devices/browser";
import { Devices } from "../state/devices/Devices";
import { Lobby } from "../state/Lobby";
import { LivekitRoom } from "../state/media/livekit";
import { reachByGathering } from "../state/network/browser";
import { NetworkCheck } from "../state/network/NetworkCheck";
import { Visit } from "../state/Visit";
import { EndView } from "./EndView";
import { Loading } from "./Loading";
import { LobbyView } from "./LobbyView";
import { MeetingView } from "./MeetingView";

interface Props {
  readonly plenum: Plenum;
  readonly room: string;
  readonly invite: string | undefined;
}

/** One visit to a room: lobby, meeting, goodbye. */
export default function RoomView(props: Props) {
  const visit = useVisit(props);
  return visit ? <Steps plenum={props.plenum} visit={visit} /> : <Loading />;
}

function Steps({ plenum, visit }: { plenum: Plenum; visit: Visit }) {
  const text = useText();
  const step = useModel(visit).visit;
  switch (step.step) {
    case "lobby":
      return <LobbyView plenum={plenum} visit={visit} />;
    case "meeting":
      return <MeetingView meeting={step.meeting} devices={visit.devices} copyLink={copyLink} text={text} />;
    case "ended":
      return <EndView plenum={plenum} visit={visit} end={step.end} />;
  }

  async function copyLink(invite: string): Promise<void> {
    const origin = new URL(plenum.config.baseUrl).origin;
    await navigator.clipboard.writeText(`${origin}/room/${visit.lobby.room}?invite=${invite}`);
  }
}

/** The visit lives as long as the address: made and disposed of with it, devices and sockets included. */
function useVisit({ plenum, room, invite }: Props): Visit | undefined {
  const { api, config, preferences, session } = plenum;
  const { status, name } = useModel(session);
  const [visit, setVisit] = useState<Visit>();
  const account = status === "signedIn" ? name : undefined;
  useEffect(() => {
    const made = new Visit(
      new Lobby(api, preferences, { room, invite, account, nameFixed: config.fixedDisplayName }),
      new Devices(browserDevices(), preferences),
      new NetworkCheck(config.relays, reachByGathering),
      {
        openSocket: (url) => new WebSocket(url),
        openRoom: (devices, listener) => new LivekitRoom(devices, listener),
        clock: systemClock,
      },
    );
    setVisit(made);
    void made.open();
    return () => made.dispose();
    // a session that ends during the meeting must not throw the person out: the first look decides
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, config, preferences, room, invite]);
  return visit;
}
