/* SPDX-License-Identifier: EUPL-1.2 */
import type { Devices } from "./devices/Devices";
import type { Lobby } from "./Lobby";
import { Meeting, type MeetingEnd, type MeetingPorts } from "./meeting/Meeting";
import type { NetworkCheck } from "./network/NetworkCheck";
import { ViewModel } from "./ViewModel";

export type VisitState =
  | { readonly step: "lobby"; readonly meeting: undefined; readonly end: undefined }
  | { readonly step: "meeting"; readonly meeting: Meeting; readonly end: undefined }
  | { readonly step: "ended"; readonly meeting: undefined; readonly end: MeetingEnd };

interface State {
  readonly visit: VisitState;
}

/** From the lobby into the meeting and out again. */
export class Visit extends ViewModel<State> {
  private unsubscribe: () => void = () => undefined;

  constructor(
    readonly lobby: Lobby,
    readonly devices: Devices,
    readonly network: NetworkCheck,
    private readonly ports: Omit<MeetingPorts, "start">,
  ) {
    super({ visit: LOBBY });
  }

  async open(): Promise<void> {
    await this.lobby.load();
    if (this.lobby.snapshot().status === "ready") {
      void this.network.run();
      await this.devices.preview();
    }
  }

  join(): void {
    if (this.state.visit.step === "meeting" || !this.lobby.ready()) {
      return;
    }
    const on = this.devices.close();
    const meeting = new Meeting(
      { ...this.ports, start: () => this.lobby.start() },
      { title: this.lobby.snapshot().title, devices: this.devices.snapshot().choice, ...on },
    );
    this.unsubscribe = meeting.subscribe(() => this.follow(meeting));
    this.patch({ visit: { step: "meeting", meeting, end: undefined } });
    meeting.join();
  }

  /** Back to the lobby, where the devices are looked at once more. */
  async again(): Promise<void> {
    this.patch({ visit: LOBBY });
    await this.open();
  }

  /** The page goes elsewhere. */
  dispose(): void {
    this.unsubscribe();
    this.state.visit.meeting?.leave();
    this.devices.dispose();
  }

  private follow(meeting: Meeting): void {
    const { phase, end } = meeting.snapshot();
    if (phase !== "ended" || this.state.visit.meeting !== meeting) {
      return;
    }
    this.unsubscribe();
    if (end === "wrongPassword") {
      this.lobby.wrongPassword();
      this.patch({ visit: LOBBY });
      void this.devices.preview();
    } else {
      this.patch({ visit: { step: "ended", meeting: undefined, end: end ?? "closed" } });
    }
  }
}

const LOBBY: VisitState = { step: "lobby", meeting: undefined, end: undefined };
