/* SPDX-License-Identifier: EUPL-1.2 */
import type { StartResponse } from "../../protocol/rest";
import type { JoinSuccess, SignalEvent } from "../../protocol/signaling";
import type { Clock } from "../clock";
import { Media } from "../media/Media";
import type { DeviceChoice, OpenRoom } from "../media/MediaRoom";
import { ViewModel } from "../ViewModel";
import { Chat } from "./Chat";
import { Notices } from "./Notices";
import { People } from "./People";
import { type EndReason, SignalConnection, type SignalStatus, type Socket } from "./SignalConnection";
import { Stage } from "./Stage";

export type MeetingEnd = EndReason | "kicked" | "banned" | "debriefed" | "timeUp";
export type Panel = "none" | "people" | "chat";

export interface MeetingState {
  readonly phase: "connecting" | "waiting" | "entering" | "inMeeting" | "ended";
  /** The signaling socket is being re-established; everything stays on the screen. */
  readonly reconnecting: boolean;
  readonly end: MeetingEnd | undefined;
  readonly title: string;
  readonly moderator: boolean;
  readonly closesAt: number | undefined;
  readonly inviteCode: string | undefined;
  readonly panel: Panel;
}

export interface MeetingPorts {
  readonly start: () => Promise<StartResponse>;
  readonly openSocket: (url: string) => Socket;
  readonly openRoom: OpenRoom;
  readonly clock: Clock;
}

export interface MeetingOptions {
  readonly title: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly devices: DeviceChoice;
}

/** One visit to one meeting, from the click on "join" to the end. Made of parts that know nothing of each other. */
export class Meeting extends ViewModel<MeetingState> {
  readonly people = new People();
  readonly notices: Notices;
  readonly chat: Chat;
  readonly media: Media;
  readonly stage: Stage;
  private readonly signal: SignalConnection;
  /** Known before the server closes the socket: the events say why, the close code does not. */
  private goodbye: MeetingEnd | undefined;

  constructor(ports: MeetingPorts, options: MeetingOptions) {
    super({
      phase: "connecting",
      reconnecting: false,
      end: undefined,
      title: options.title,
      moderator: false,
      closesAt: undefined,
      inviteCode: undefined,
      panel: "none",
    });
    this.notices = new Notices(ports.clock);
    this.signal = new SignalConnection(
      { start: ports.start, open: ports.openSocket, clock: ports.clock },
      { event: (event) => this.on(event), status: (status) => this.follow(status) },
    );
    this.chat = new Chat((command) => this.signal.send(command));
    const askForToken = () =>
      this.signal.send({ namespace: "livekit", payload: { action: "create_new_access_token" } });
    this.media = new Media({ open: ports.openRoom, clock: ports.clock, askForToken }, options.devices);
    this.media.prepare(options.microphone, options.camera);
    this.stage = new Stage(this.people, this.media);
  }

  join(): void {
    this.signal.connect();
  }

  leave(): void {
    this.signal.leave();
  }

  /** The network is back: do not wait for the next try. */
  hurry(): void {
    this.signal.hurry();
  }

  show(panel: Panel): void {
    const next = this.state.panel === panel ? "none" : panel;
    this.patch({ panel: next });
    this.chat.look(next === "chat");
    if (next === "chat") {
      this.notices.dismissMessages();
    }
  }

  private follow(status: SignalStatus): void {
    switch (status.phase) {
      case "connecting":
      case "open":
        this.patch({ reconnecting: false });
        return;
      case "lost":
        this.patch({ reconnecting: true });
        return;
      case "ended":
        this.patch({ phase: "ended", reconnecting: false, end: this.goodbye ?? status.reason });
        void this.media.leave();
    }
  }

  private on(event: SignalEvent): void {
    switch (event.type) {
      case "joined":
        this.joined(event.join);
        return;
      case "waiting":
      case "sentToWaitingRoom":
        this.patch({ phase: "waiting" });
        void this.media.pause();
        return;
      case "accepted":
        this.patch({ phase: "entering" });
        this.signal.send({ namespace: "core", payload: { action: "enter_room" } });
        return;
      case "closing":
        this.goodbye ??= event.reason === "time_limit_reached" ? "timeUp" : "closed";
        return;
      case "removed":
        this.goodbye = event.how;
        return;
      case "titleChanged":
        this.patch({ title: event.title });
        return;
      case "peerConnected":
      case "peerDisconnected":
      case "roleChanged":
      case "renamed":
        this.onPeople(event);
        return;
      case "chatMessage":
      case "chatEnabled":
      case "chatCleared":
      case "chatHistory":
      case "chatRefused":
        this.onChat(event);
        return;
      case "credentials":
        void this.media.credentials(event.livekit);
        return;
      case "livekitUnavailable":
        this.media.unavailable();
        return;
      case "mutedBy":
        this.notices.tell({ kind: "mutedBy", name: this.nameOf(event.moderator) });
        return;
      case "pong":
      case "blocked":
        return; // the connection's own business
    }
  }

  private joined(join: JoinSuccess): void {
    this.goodbye = undefined;
    this.people.joined(join, this.now(join));
    this.chat.joined(join.chat, join.id);
    this.patch({
      phase: "inMeeting",
      title: join.title ?? this.state.title,
      moderator: join.moderator,
      closesAt: join.closesAt,
      inviteCode: join.inviteCode,
    });
    if (join.livekit !== undefined) {
      void this.media.credentials(join.livekit);
    }
  }

  /** Sorted by arrival, and nobody arrived after me. */
  private now(join: JoinSuccess): number {
    return Math.max(0, ...join.peers.map((peer) => peer.joinedAt)) + 1;
  }

  private onPeople(event: PeopleEvent): void {
    switch (event.type) {
      case "peerConnected": {
        const arrived = this.people.connected(event.peer);
        if (arrived !== undefined) {
          this.notices.tell({ kind: "joined", names: [arrived.name] });
        }
        return;
      }
      case "peerDisconnected": {
        const gone = this.people.disconnected(event.id, event.connectionId);
        if (gone !== undefined && !gone.me) {
          this.notices.tell({ kind: "left", names: [gone.name] });
        }
        return;
      }
      case "roleChanged":
        this.people.roleChanged(event.id, event.moderator);
        if (this.people.find(event.id)?.me) {
          this.patch({ moderator: event.moderator });
          this.notices.tell({ kind: event.moderator ? "promoted" : "demoted" });
        }
        return;
      case "renamed":
        this.people.renamed(event.id, event.name);
    }
  }

  private onChat(event: ChatEvent): void {
    switch (event.type) {
      case "chatMessage":
        if (this.chat.received(event.message)) {
          const { source, content, scope } = event.message;
          const direct = scope.scope === "private";
          this.notices.tell({ kind: "message", name: this.nameOf(source), text: content, direct });
        }
        return;
      case "chatEnabled":
        this.chat.enabled(event.enabled);
        this.notices.tell({ kind: event.enabled ? "chatOn" : "chatOff" });
        return;
      case "chatCleared":
        this.chat.cleared();
        return;
      case "chatHistory":
        this.chat.history(event.correspondent, event.chunk);
        return;
      case "chatRefused":
        this.chat.refused(event.error);
    }
  }

  private nameOf(id: string): string {
    return this.people.find(id)?.name ?? "";
  }
}

type PeopleEvent = Extract<SignalEvent, { type: "peerConnected" | "peerDisconnected" | "roleChanged" | "renamed" }>;
type ChatEvent = Extract<
  SignalEvent,
  { type: "chatMessage" | "chatEnabled" | "chatCleared" | "chatHistory" | "chatRefused" }
>;
