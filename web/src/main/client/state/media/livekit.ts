/* SPDX-License-Identifier: EUPL-1.2 */
import {
  type AudioCaptureOptions,
  ConnectionQuality,
  ConnectionState,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type RemoteParticipant,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  type VideoCaptureOptions,
  VideoPresets,
} from "livekit-client";
import type {
  DeviceChoice,
  Feed,
  MediaRoom,
  Quality,
  RoomListener,
  RoomSnapshot,
  Source,
  VideoFeed,
} from "./MediaRoom";

setLogLevel("silent"); // names, addresses and tokens do not belong into a console

const SOURCES: readonly (readonly [Source, Track.Source])[] = [
  ["microphone", Track.Source.Microphone],
  ["camera", Track.Source.Camera],
  ["screen", Track.Source.ScreenShare],
];

/** LiveKit's numbers of the sources in `canPublishSources` (protocol, enum TrackSource). */
const SOURCE_NUMBERS: Readonly<Record<Source, number>> = { camera: 1, microphone: 2, screen: 3 };

const REDRAW: readonly RoomEvent[] = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.ParticipantPermissionsChanged,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.ConnectionStateChanged,
];

/** LiveKit's client as a {@link MediaRoom}: two peer connections, simulcast, dynacast, pictures only where one looks. */
export class LivekitRoom implements MediaRoom {
  private readonly room: Room;
  private readonly pictures = new WeakMap<Track, VideoFeed>();
  private devices: DeviceChoice;
  private closing = false;
  private due = false;

  constructor(
    devices: DeviceChoice,
    private readonly listener: RoomListener,
  ) {
    this.devices = devices;
    this.room = new Room({
      adaptiveStream: true,
      dynacast: true,
      singlePeerConnection: false,
      audioCaptureDefaults: microphone(devices),
      videoCaptureDefaults: camera(devices),
      publishDefaults: {
        simulcast: true,
        videoCodec: "vp8",
        backupCodec: false,
        videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
        screenShareEncoding: { maxBitrate: 2_500_000, maxFramerate: 15 },
        dtx: true,
        red: false,
      },
      ...(devices.speakerId === "" ? {} : { audioOutput: { deviceId: devices.speakerId } }),
    });
    for (const event of REDRAW) {
      this.room.on(event, () => this.redraw());
    }
    this.room.on(RoomEvent.TrackSubscribed, play);
    this.room.on(RoomEvent.TrackUnsubscribed, stop);
    this.room.on(RoomEvent.Disconnected, () => {
      if (!this.closing) {
        this.listener.lost();
      }
    });
  }

  connect(url: string, token: string): Promise<void> {
    return this.room.connect(url, token, { autoSubscribe: true, maxRetries: 1 });
  }

  async disconnect(): Promise<void> {
    this.closing = true;
    for (const participant of this.room.remoteParticipants.values()) {
      for (const { track } of participant.trackPublications.values()) {
        if (track !== undefined) {
          stop(track);
        }
      }
    }
    await this.room.disconnect(true);
  }

  snapshot(): RoomSnapshot {
    const { localParticipant: me, remoteParticipants, state } = this.room;
    const connected = state !== ConnectionState.Disconnected && state !== ConnectionState.Connecting;
    const feeds = connected ? [me, ...remoteParticipants.values()].map((each) => this.feed(each, each === me)) : [];
    const on = SOURCES.filter(([, source]) => isOn(me, source)).map(([name]) => name);
    return {
      feeds,
      on: new Set(on),
      allowed: this.allowed(),
      audioBlocked: connected && !this.room.canPlaybackAudio,
      repairing: state === ConnectionState.Reconnecting || state === ConnectionState.SignalReconnecting,
    };
  }

  async turn(source: Source, on: boolean): Promise<void> {
    const me = this.room.localParticipant;
    switch (source) {
      case "microphone":
        await me.setMicrophoneEnabled(on, microphone(this.devices));
        return;
      case "camera":
        await me.setCameraEnabled(on, camera(this.devices));
        return;
      case "screen":
        await me.setScreenShareEnabled(on, { audio: true, selfBrowserSurface: "include", contentHint: "detail" });
    }
  }

  async use(devices: DeviceChoice): Promise<void> {
    const before = this.devices;
    this.devices = devices;
    const change = async (kind: MediaDeviceKind, from: string, to: string) => {
      if (from !== to) {
        await this.room.switchActiveDevice(kind, to === "" ? "default" : to);
      }
    };
    await change("audioinput", before.microphoneId, devices.microphoneId);
    await change("videoinput", before.cameraId, devices.cameraId);
    await change("audiooutput", before.speakerId, devices.speakerId);
  }

  startAudio(): Promise<void> {
    return this.room.startAudio();
  }

  private allowed(): ReadonlySet<Source> {
    const permissions = this.room.localParticipant.permissions;
    const sources = permissions?.canPublishSources as readonly number[] | undefined;
    if (permissions?.canPublish === false) {
      return new Set();
    }
    const all = sources === undefined || sources.length === 0; // an empty list means all (LiveKit)
    return new Set(SOURCES.map(([name]) => name).filter((name) => all || sources.includes(SOURCE_NUMBERS[name])));
  }

  private feed(participant: Participant, local: boolean): Feed {
    const microphone = participant.getTrackPublication(Track.Source.Microphone);
    return {
      identity: participant.identity,
      participant: participant.identity.split(":")[0] ?? participant.identity,
      local,
      microphoneOn: microphone !== undefined && !microphone.isMuted,
      speaking: participant.isSpeaking,
      quality: quality(participant.connectionQuality),
      camera: this.picture(participant, Track.Source.Camera),
      screen: this.picture(participant, Track.Source.ScreenShare),
    };
  }

  /** The same object for the same track, so that React attaches once. */
  private picture(participant: Participant, source: Track.Source): VideoFeed | undefined {
    const publication = participant.getTrackPublication(source);
    const track = publication?.videoTrack;
    if (track === undefined || publication?.isMuted !== false) {
      return undefined;
    }
    let feed = this.pictures.get(track);
    if (feed === undefined) {
      feed = {
        id: `${publication.trackSid}/${track.mediaStreamID}`,
        attach: (element) => void track.attach(element),
        detach: (element) => void track.detach(element),
      };
      this.pictures.set(track, feed);
    }
    return feed;
  }

  /** One redraw for a burst of events. */
  private redraw(): void {
    if (!this.due) {
      this.due = true;
      queueMicrotask(() => {
        this.due = false;
        this.listener.changed();
      });
    }
  }
}

function isOn(participant: Participant, source: Track.Source): boolean {
  const publication = participant.getTrackPublication(source);
  return publication !== undefined && !publication.isMuted;
}

/** Sound is played by elements outside of React: they must survive every redraw. */
function play(track: RemoteTrack, _: RemoteTrackPublication, participant: RemoteParticipant): void {
  if (track.kind === Track.Kind.Audio) {
    const element = track.attach();
    element.dataset.identity = participant.identity;
    element.hidden = true;
    document.body.append(element);
  }
}

function stop(track: RemoteTrack): void {
  if (track.kind === Track.Kind.Audio) {
    track.detach().forEach((element) => element.remove());
  }
}

function microphone(devices: DeviceChoice): AudioCaptureOptions {
  const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return devices.microphoneId === "" ? processing : { ...processing, deviceId: devices.microphoneId };
}

function camera(devices: DeviceChoice): VideoCaptureOptions {
  const size = { resolution: VideoPresets.h720.resolution };
  return devices.cameraId === "" ? size : { ...size, deviceId: devices.cameraId };
}

function quality(value: ConnectionQuality): Quality {
  switch (value) {
    case ConnectionQuality.Excellent:
    case ConnectionQuality.Good:
      return "good";
    case ConnectionQuality.Poor:
      return "poor";
    case ConnectionQuality.Lost:
      return "lost";
    default:
      return "unknown";
  }
}
