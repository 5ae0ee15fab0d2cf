/* SPDX-License-Identifier: EUPL-1.2 */
import type { LivekitCredentials } from "../../protocol/signaling";
import type { Clock } from "../clock";
import { ViewModel } from "../ViewModel";
import {
  type DeviceChoice,
  faultOf,
  type Feed,
  type MediaRoom,
  type OpenRoom,
  type Source,
  type SourceFault,
} from "./MediaRoom";

export type SourceState = "off" | "starting" | "on" | "forbidden";

export interface MediaState {
  readonly status: "off" | "connecting" | "connected" | "reconnecting";
  readonly sources: Readonly<Record<Source, SourceState>>;
  /** The last thing that went wrong with a source, until it is tried again. */
  readonly faults: Readonly<Partial<Record<Source, SourceFault>>>;
  readonly feeds: readonly Feed[];
  readonly audioBlocked: boolean;
}

export interface MediaPorts {
  readonly open: OpenRoom;
  readonly clock: Clock;
  /** Asks the signaling for a new token; the answer comes to {@link Media.credentials}. False without a socket. */
  readonly askForToken: () => boolean;
}

const ALL: readonly Source[] = ["microphone", "camera", "screen"];
const OFF: Readonly<Record<Source, SourceState>> = { microphone: "off", camera: "off", screen: "off" };
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;

/**
 * Sound and picture of the meeting. Keeps what the person wants (microphone on, camera on) apart from what is, so that
 * every new connection brings it back. Reconnects with a fresh token: those of the signaling live 32 s.
 */
export class Media extends ViewModel<MediaState> {
  private room: MediaRoom | undefined;
  private wanted = new Set<Source>();
  private readonly starting = new Set<Source>();
  /** What this connection had on; a new connection starts with nothing on, and that is nobody's wish. */
  private readonly wasOn = new Set<Source>();
  private attempt = 0;
  private cancelRetry: (() => void) | undefined;
  private finished = false;

  constructor(
    private readonly ports: MediaPorts,
    private devices: DeviceChoice,
  ) {
    super({ status: "off", sources: OFF, faults: {}, feeds: [], audioBlocked: false });
  }

  /** What shall be on as soon as there is a connection. */
  prepare(microphone: boolean, camera: boolean): void {
    this.want("microphone", microphone);
    this.want("camera", camera);
  }

  /** A join or an asked-for token: connects with it. An older connection has another identity and is dropped. */
  async credentials(livekit: LivekitCredentials): Promise<void> {
    if (this.finished) {
      return;
    }
    this.stopRetry();
    await this.close();
    this.wanted.delete("screen"); // the browser would need a click to share again
    this.patch({ status: this.attempt === 0 ? "connecting" : "reconnecting" });
    const room = this.ports.open(this.devices, {
      changed: () => this.follow(room),
      lost: () => this.lost(room),
    });
    this.room = room;
    this.wasOn.clear();
    try {
      await room.connect(livekit.url, livekit.token);
    } catch {
      this.lost(room);
      return;
    }
    if (this.room === room) {
      this.attempt = 0;
      this.follow(room);
      await this.bringBack(room);
    }
  }

  /** The server has no media for us now: try later. */
  unavailable(): void {
    this.retry();
  }

  toggle(source: Source): Promise<void> {
    return this.turn(source, !this.wanted.has(source));
  }

  async turn(source: Source, on: boolean): Promise<void> {
    this.want(source, on);
    this.fault(source, undefined);
    const room = this.room;
    if (room === undefined || this.state.status !== "connected") {
      this.follow(room);
      return;
    }
    await this.apply(room, source, on);
  }

  async use(devices: DeviceChoice): Promise<void> {
    this.devices = devices;
    await this.room?.use(devices).catch((fault: unknown) => this.fault("camera", faultOf(fault)));
  }

  async unblockAudio(): Promise<void> {
    await this.room?.startAudio().catch(() => undefined); // the button stays, the next click tries again
    this.follow(this.room);
  }

  async leave(): Promise<void> {
    this.finished = true;
    this.stopRetry();
    await this.close();
    this.patch({ status: "off", sources: OFF, feeds: [], audioBlocked: false });
  }

  /** Back to the waiting room: no media there, but what was on comes back with the next join. */
  async pause(): Promise<void> {
    this.stopRetry();
    await this.close();
    this.patch({ status: "off", feeds: [] });
  }

  private async bringBack(room: MediaRoom): Promise<void> {
    for (const source of ALL) {
      if (this.wanted.has(source) && this.room === room) {
        await this.apply(room, source, true);
      }
    }
  }

  private async apply(room: MediaRoom, source: Source, on: boolean): Promise<void> {
    if (on && !room.snapshot().allowed.has(source)) {
      this.want(source, false);
      this.fault(source, "forbidden");
      this.follow(room);
      return;
    }
    if (on) {
      this.starting.add(source);
    }
    this.follow(room);
    try {
      await room.turn(source, on);
    } catch (fault) {
      this.want(source, false);
      const reason = faultOf(fault);
      // closing the browser's picker is a decision, not a fault
      this.fault(source, source === "screen" && reason === "refused" ? undefined : reason);
    } finally {
      this.starting.delete(source);
      this.follow(this.room);
    }
  }

  private follow(room: MediaRoom | undefined): void {
    if (room !== this.room) {
      return;
    }
    const now = room?.snapshot();
    const connected = now !== undefined && this.attempt === 0 && this.state.status !== "off" && now.feeds.length > 0;
    const states = ALL.map((source): [Source, SourceState] => {
      if (this.starting.has(source)) {
        return [source, "starting"];
      }
      if (connected) {
        this.noteExternalChange(source, now.on.has(source));
        return [source, now.on.has(source) ? "on" : now.allowed.has(source) ? "off" : "forbidden"];
      }
      return [source, this.wanted.has(source) ? "starting" : "off"];
    });
    this.patch({
      status: connected ? (now.repairing ? "reconnecting" : "connected") : this.state.status,
      sources: Object.fromEntries(states) as Record<Source, SourceState>,
      feeds: now?.feeds ?? [],
      audioBlocked: now?.audioBlocked ?? false,
    });
  }

  /** A moderator muted us, the device was pulled, or "stop sharing" of the browser was clicked: that is the new wish. */
  private noteExternalChange(source: Source, on: boolean): void {
    if (on) {
      this.wasOn.add(source);
    } else if (this.wasOn.delete(source)) {
      this.wanted.delete(source);
    }
  }

  private lost(room: MediaRoom): void {
    if (this.room === room) {
      this.room = undefined;
      void room.disconnect().catch(() => undefined);
      this.patch({ feeds: [] });
      this.retry();
    }
  }

  private retry(): void {
    if (this.finished || this.cancelRetry !== undefined) {
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.attempt, LONGEST_RETRY_MS);
    this.attempt += 1;
    this.patch({ status: "reconnecting" });
    this.cancelRetry = this.ports.clock.after(wait, () => {
      this.cancelRetry = undefined;
      this.ports.askForToken();
      // no socket or no answer: once more, later
      this.cancelRetry = this.ports.clock.after(ANSWER_WITHIN_MS, () => {
        this.cancelRetry = undefined;
        this.retry();
      });
    });
  }

  private stopRetry(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
  }

  private async close(): Promise<void> {
    const room = this.room;
    this.room = undefined;
    await room?.disconnect().catch(() => undefined);
  }

  private want(source: Source, on: boolean): void {
    if (on) {
      this.wanted.add(source);
    } else {
      this.wanted.delete(source);
    }
  }

  private fault(source: Source, fault: SourceFault | undefined): void {
    const { [source]: _, ...others } = this.state.faults;
    this.patch({ faults: fault === undefined ? others : { ...others, [source]: fault } });
  }
}
