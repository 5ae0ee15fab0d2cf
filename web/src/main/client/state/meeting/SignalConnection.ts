/* SPDX-License-Identifier: EUPL-1.2 */
import { parseEvent } from "../../protocol/parse";
import type { StartResponse } from "../../protocol/rest";
import type { Command, SignalEvent } from "../../protocol/signaling";
import { ApiError } from "../Api";
import type { Clock } from "../clock";

/** The part of a browser's WebSocket that is used; tests bring their own. */
export interface Socket {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface SignalPorts {
  /** The REST start with this browser's device secret; repeated for every socket, a token is good for one. */
  readonly start: () => Promise<StartResponse>;
  readonly open: (url: string) => Socket;
  readonly clock: Clock;
}

export type EndReason =
  "left" | "closed" | "forbidden" | "notFound" | "wrongPassword" | "refused" | "signedOut" | "failed" | "full";

export type SignalStatus =
  | { readonly phase: "connecting" }
  | { readonly phase: "open" }
  | { readonly phase: "lost"; readonly attempt: number }
  | { readonly phase: "ended"; readonly reason: EndReason };

export interface SignalListener {
  event(event: SignalEvent): void;
  status(status: SignalStatus): void;
}

/** Envelope contract, section 6. */
const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 10_000;
const OPEN_WITHIN_MS = 15_000;
/** Envelope contract, section 7: after these the network is to blame, not the server's will. */
const RECONNECT_CODES = new Set([1001, 1005, 1006, 1007, 1012, 1013, 4999]);
const NO_PONG = 4999;
/** A short break is over after the first second; nobody is hammered by fifty clients at once thanks to the jitter. */
const RETRY_MS = [1_000, 2_000, 5_000];

/**
 * One meeting's socket: REST start, open, heartbeat, and the same again when the connection is lost, without a click.
 * There is no resumption: the next `joined` event is the complete state.
 */
export class SignalConnection {
  private socket: Socket | undefined;
  private attempt = 0;
  private ended = false;
  private retrying: (() => void) | undefined;
  private timers: (() => void)[] = [];

  constructor(
    private readonly ports: SignalPorts,
    private readonly listener: SignalListener,
    private readonly random: () => number = Math.random,
  ) {}

  connect(): void {
    this.listener.status({ phase: "connecting" });
    void this.begin();
  }

  /** @returns false when there is no open socket: the command is gone, not queued */
  send(command: Command): boolean {
    if (this.socket === undefined) {
      return false;
    }
    try {
      this.socket.send(JSON.stringify(command));
      return true;
    } catch {
      return false; // still connecting
    }
  }

  leave(): void {
    this.end("left");
  }

  /** The network is back (or the tab is awake again): do not wait for the timer. */
  hurry(): void {
    if (this.retrying !== undefined) {
      this.retrying();
      this.retrying = undefined;
      void this.begin();
    }
  }

  private async begin(): Promise<void> {
    this.retrying = undefined;
    let start: StartResponse;
    try {
      start = await this.ports.start();
    } catch (fault) {
      const reason = refusal(fault);
      if (reason === undefined) {
        this.retry();
      } else {
        this.end(reason);
      }
      return;
    }
    if (!this.ended) {
      this.open(start);
    }
  }

  private open(start: StartResponse): void {
    const address = start.roomserver_address.replace(/^http/, "ws").replace(/\/+$/, "");
    const socket = this.ports.open(`${address}/v1/signaling/${encodeURIComponent(start.token)}`);
    this.socket = socket;
    this.timer(OPEN_WITHIN_MS, () => this.lost(socket));
    socket.onopen = () => {
      if (this.socket === socket) {
        this.stopTimers();
        this.timer(PING_EVERY_MS, () => this.ping(socket));
      }
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const event = this.socket === socket && typeof data === "string" ? parseEvent(data) : undefined;
      if (event !== undefined) {
        this.received(event, socket);
      }
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) {
        return; // given up before, or left
      }
      if (RECONNECT_CODES.has(code)) {
        this.lost(socket);
      } else {
        this.end(code === 1000 ? "closed" : "failed");
      }
    };
  }

  private received(event: SignalEvent, socket: Socket): void {
    if (event.type === "pong") {
      this.stopTimers();
      this.timer(PING_EVERY_MS, () => this.ping(socket));
      return;
    }
    if (event.type === "blocked") {
      this.end("full");
      return;
    }
    if (event.type === "joined" || event.type === "waiting") {
      this.attempt = 0;
      this.listener.status({ phase: "open" });
    }
    this.listener.event(event);
  }

  private ping(socket: Socket): void {
    this.send({ namespace: "echo", payload: { action: "ping" } });
    this.timer(PONG_WITHIN_MS, () => this.lost(socket));
  }

  private lost(socket: Socket): void {
    this.drop(socket, NO_PONG);
    this.retry();
  }

  private retry(): void {
    if (this.ended) {
      return;
    }
    const base = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)] ?? 5_000;
    this.attempt += 1;
    this.listener.status({ phase: "lost", attempt: this.attempt });
    this.retrying = this.ports.clock.after(base * (1 + this.random() / 2), () => void this.begin());
  }

  private end(reason: EndReason): void {
    if (this.ended) {
      return;
    }
    this.ended = true;
    this.retrying?.();
    this.retrying = undefined;
    if (this.socket !== undefined) {
      this.drop(this.socket, 1000);
    }
    this.listener.status({ phase: "ended", reason });
  }

  private drop(socket: Socket, code: number): void {
    this.stopTimers();
    this.socket = undefined;
    try {
      socket.close(code);
    } catch {
      // closed already
    }
  }

  private timer(ms: number, action: () => void): void {
    this.timers.push(this.ports.clock.after(ms, action));
  }

  private stopTimers(): void {
    this.timers.forEach((cancel) => cancel());
    this.timers = [];
  }
}

/** Undefined: try again later. A permanent refusal ends the meeting (REST contract, section 1.4). */
function refusal(fault: unknown): EndReason | undefined {
  if (!(fault instanceof ApiError)) {
    return "failed";
  }
  if (fault.temporary) {
    return undefined;
  }
  if (fault.code === "wrong_room_password") {
    return "wrongPassword";
  }
  switch (fault.status) {
    case 401:
      return "signedOut";
    case 403:
      return "forbidden";
    case 404:
      return "notFound";
    default:
      return "refused";
  }
}
