/* SPDX-License-Identifier: EUPL-1.2 */
import type { Clock } from "../../state/clock";
import type { DeviceChoice, Feed, MediaRoom, RoomListener, RoomSnapshot, Source } from "../../state/media/MediaRoom";
import type { Socket } from "../../state/meeting/SignalConnection";

/** Virtual time: nothing happens until a test says how long it waits. */
export class FakeClock implements Clock {
  private time = Date.UTC(2026, 10, 25, 9, 0);
  private waiting: { at: number; action: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.time + ms, action };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((each) => each !== entry);
    };
  }

  /** Lets time pass, one timer after the other, with what they promised in between. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = this.waiting.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) {
        break;
      }
      this.waiting = this.waiting.filter((each) => each !== next);
      this.time = next.at;
      next.action();
      await settle();
    }
    this.time = end;
  }
}

/** Lets promises that are already decided run on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}

interface Sent {
  readonly namespace: string;
  readonly payload: Record<string, unknown>;
}

/** The server's end of a signaling socket. */
export class FakeSocket implements Socket {
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  readonly sent: Sent[] = [];
  closedWith: number | undefined;

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  opens(): void {
    this.onopen?.(new Event("open"));
  }

  says(namespace: string, payload: object, timestamp = "2026-11-25T09:00:00Z"): void {
    this.frame(JSON.stringify({ namespace, timestamp, payload }));
  }

  frame(data: string): void {
    this.onmessage?.({ data } as MessageEvent);
  }

  closes(code: number): void {
    this.onclose?.({ code } as CloseEvent);
  }

  actions(): string[] {
    return this.sent.map(({ namespace, payload }) => `${namespace}.${String(payload.action)}`);
  }
}

/** A media server that does what it is told, or refuses. */
export class FakeRoom implements MediaRoom {
  connectedWith: string | undefined;
  disconnected = false;
  refuseConnect = false;
  refusal: Error | undefined;
  allowed = new Set<Source>(["microphone", "camera", "screen"]);
  on = new Set<Source>();
  others: Feed[] = [];
  audioBlocked = false;
  repairing = false;
  used: DeviceChoice;

  constructor(
    devices: DeviceChoice,
    readonly listener: RoomListener,
  ) {
    this.used = devices;
  }

  connect(url: string, token: string): Promise<void> {
    if (this.refuseConnect) {
      return Promise.reject(new Error("refused"));
    }
    this.connectedWith = `${url} ${token}`;
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    this.disconnected = true;
    return Promise.resolve();
  }

  snapshot(): RoomSnapshot {
    const me = feed({ identity: "me:c1", local: true, microphoneOn: this.on.has("microphone") });
    const { allowed, audioBlocked, repairing } = this;
    return {
      feeds: this.connectedWith === undefined ? [] : [me, ...this.others],
      allowed,
      on: new Set(this.on),
      audioBlocked,
      repairing,
    };
  }

  turn(source: Source, on: boolean): Promise<void> {
    if (on && this.refusal !== undefined) {
      return Promise.reject(this.refusal);
    }
    if (on) {
      this.on.add(source);
    } else {
      this.on.delete(source);
    }
    this.listener.changed();
    return Promise.resolve();
  }

  use(devices: DeviceChoice): Promise<void> {
    this.used = devices;
    return Promise.resolve();
  }

  startAudio(): Promise<void> {
    this.audioBlocked = false;
    return Promise.resolve();
  }
}

export function feed(change: Partial<Feed>): Feed {
  const identity = change.identity ?? "p:c";
  return {
    identity,
    participant: identity.split(":")[0] ?? "",
    local: false,
    microphoneOn: false,
    speaking: false,
    quality: "good",
    camera: undefined,
    screen: undefined,
    ...change,
  };
}

export interface JoinPeer {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly left?: boolean;
}

/** A `core.join_success` as the server writes it, for me and those who are there already. */
export function joinSuccess(peers: readonly JoinPeer[] = [], change: Record<string, unknown> = {}) {
  return {
    message: "join_success",
    id: "me",
    connection_id: "c1",
    device_id: "d1",
    connections: [],
    display_name: "Ines Kolb",
    role: "moderator",
    is_room_owner: true,
    enabled_modules: { core: [], chat: [], livekit: [] },
    module_data: {
      chat: chatBlock(),
      livekit: { room: "r:main", token: "t1", public_url: "https://plenum.example/livekit" },
    },
    participants: peers.map((peer, index) => ({
      id: peer.id,
      connections: peer.left ? [] : [{ connection_id: `${peer.id}-1`, device_id: "d" }],
      module_data: peerBlocks(peer, index),
    })),
    event_info: { id: "e", room_id: "r", title: "Dienstbesprechung" },
    meeting_details: { invite_code_id: "code" },
    ...change,
  };
}

export function peerBlocks(peer: JoinPeer, index = 0) {
  return {
    core: {
      display_name: peer.name,
      role: "user",
      participation_kind: peer.kind ?? "registered",
      joined_at: `2026-11-25T08:0${index % 10}:00Z`,
      ...(peer.left ? { left_at: "2026-11-25T08:30:00Z" } : {}),
    },
    breakout: { room: { kind: "main" } },
  };
}

export function chatBlock(messages: readonly object[] = [], change: Record<string, unknown> = {}) {
  return {
    enabled: true,
    global_history: { messages, next_index: null },
    private_history: [],
    last_seen_timestamp_global: null,
    last_seen_timestamps_private: {},
    last_seen_timestamps_group: {},
    ...change,
  };
}
