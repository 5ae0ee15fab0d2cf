/* SPDX-License-Identifier: EUPL-1.2 */

/** Something that can be drawn into a video element. `id` changes when the element has to be attached anew. */
export interface VideoFeed {
  readonly id: string;
  attach(element: HTMLVideoElement): void;
  detach(element: HTMLVideoElement): void;
}

export type Quality = "good" | "poor" | "lost" | "unknown";

/** What arrives from one connection of one person (or is sent by this one). */
export interface Feed {
  /** `{participant id}:{connection id}` (livekit contract, names and tokens). */
  readonly identity: string;
  readonly participant: string;
  readonly local: boolean;
  readonly microphoneOn: boolean;
  readonly speaking: boolean;
  readonly quality: Quality;
  readonly camera: VideoFeed | undefined;
  readonly screen: VideoFeed | undefined;
}

export type Source = "microphone" | "camera" | "screen";

/** Why a source is not on: the browser or the person, the device, or the server's permissions. */
export type SourceFault = "refused" | "missing" | "inUse" | "forbidden" | "failed";

export interface RoomSnapshot {
  readonly feeds: readonly Feed[];
  readonly allowed: ReadonlySet<Source>;
  readonly on: ReadonlySet<Source>;
  /** The browser wants a click before it plays sound. */
  readonly audioBlocked: boolean;
  /** The SDK is repairing the connection by itself. */
  readonly repairing: boolean;
}

export interface RoomListener {
  changed(): void;
  /** The connection is gone for good and not by our wish. */
  lost(): void;
}

export interface DeviceChoice {
  readonly cameraId: string;
  readonly microphoneId: string;
  readonly speakerId: string;
}

/** One connection to the media server; `livekit.ts` is the real one. Used once: a new connection is a new room. */
export interface MediaRoom {
  connect(url: string, token: string): Promise<void>;
  disconnect(): Promise<void>;
  snapshot(): RoomSnapshot;
  /** Rejects with whatever the browser or the server said; {@link faultOf} reads it. */
  turn(source: Source, on: boolean): Promise<void>;
  use(devices: DeviceChoice): Promise<void>;
  startAudio(): Promise<void>;
}

export type OpenRoom = (devices: DeviceChoice, listener: RoomListener) => MediaRoom;

/** The names are those of Media Capture and Streams, section 10.2 (getUserMedia). */
export function faultOf(fault: unknown): SourceFault {
  const name = fault instanceof Error || fault instanceof DOMException ? fault.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
    case "PermissionDeniedError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
    case "DevicesNotFoundError":
    case "DeviceUnsupportedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
    case "TrackStartError":
      return "inUse";
    case "PublishTrackError":
      return "forbidden";
    default:
      return "failed";
  }
}
