/* SPDX-License-Identifier: EUPL-1.2 */
import { type DeviceChoice, faultOf, type SourceFault } from "../media/MediaRoom";
import type { Preferences } from "../Preferences";
import { ViewModel } from "../ViewModel";

export interface Device {
  readonly id: string;
  /** Empty until the person allowed access once. */
  readonly label: string;
}

/** The part of navigator.mediaDevices that is used; tests bring their own. */
export interface DevicePort {
  enumerate(): Promise<readonly MediaDeviceInfo[]>;
  open(constraints: MediaStreamConstraints): Promise<MediaStream>;
  onChange(listener: () => void): () => void;
  /** Whether sound can be sent to a chosen output (setSinkId). */
  readonly speakersSelectable: boolean;
}

export type PreviewStatus = "off" | "starting" | "on" | SourceFault;

export interface DevicesState {
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  readonly camera: PreviewStatus;
  readonly microphone: PreviewStatus;
  readonly cameraStream: MediaStream | undefined;
  readonly microphoneStream: MediaStream | undefined;
  readonly choice: DeviceChoice;
  /** False in pages without https: browsers then hide the devices altogether. */
  readonly supported: boolean;
}

type Kind = "camera" | "microphone";

/** The lobby's preview and the lists of devices. Opens nothing that the person switched off, and closes what it opened. */
export class Devices extends ViewModel<DevicesState> {
  private round = { camera: 0, microphone: 0 };
  /** What the person wants, also while it is still being opened. */
  private readonly wanted = { camera: false, microphone: false };
  private visit = 0;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly port: DevicePort | undefined,
    private readonly preferences: Preferences,
  ) {
    super({
      cameras: [],
      microphones: [],
      speakers: [],
      camera: "off",
      microphone: "off",
      cameraStream: undefined,
      microphoneStream: undefined,
      choice: choiceOf(preferences),
      supported: port !== undefined,
    });
    this.unsubscribe = port?.onChange(() => void this.list()) ?? (() => undefined);
  }

  /** Opens what the person used last time; one question of the browser after the other. */
  async preview(): Promise<void> {
    const { startWithMicrophone, startWithCamera } = this.preferences.snapshot();
    this.wanted.microphone = startWithMicrophone;
    this.wanted.camera = startWithCamera;
    const visit = ++this.visit;
    await this.list();
    for (const kind of ["microphone", "camera"] as const) {
      if (visit !== this.visit) {
        return; // whoever left the lobby meanwhile must not see the camera's light go on
      }
      await this.switch(kind, this.wanted[kind], false);
    }
  }

  async toggle(kind: Kind): Promise<void> {
    await this.switch(kind, this.state[kind] !== "on" && this.state[kind] !== "starting", true);
  }

  async choose(change: Partial<DeviceChoice>): Promise<void> {
    this.preferences.set(change);
    this.patch({ choice: choiceOf(this.preferences) });
    if (change.cameraId !== undefined && this.state.camera !== "off") {
      await this.switch("camera", true, false);
    }
    if (change.microphoneId !== undefined && this.state.microphone !== "off") {
      await this.switch("microphone", true, false);
    }
  }

  /** Fills the lists for the settings of a running meeting. */
  async list(): Promise<void> {
    const all = (await this.port?.enumerate().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== "" && device.deviceId !== "default")
        .map((device): Device => ({ id: device.deviceId, label: device.label }));
    this.patch({
      cameras: of("videoinput"),
      microphones: of("audioinput"),
      speakers: this.port?.speakersSelectable ? of("audiooutput") : [],
    });
  }

  /** What is on or about to be, for the meeting to go on with. Releases the devices: the meeting opens them again. */
  close(): { microphone: boolean; camera: boolean } {
    const on = { ...this.wanted };
    this.visit++;
    this.stop("camera");
    this.stop("microphone");
    return on;
  }

  dispose(): void {
    this.close();
    this.unsubscribe();
  }

  private async switch(kind: Kind, on: boolean, remember: boolean): Promise<void> {
    if (remember) {
      this.preferences.set(kind === "camera" ? { startWithCamera: on } : { startWithMicrophone: on });
    }
    this.stop(kind);
    this.wanted[kind] = on && this.port !== undefined;
    if (!on || this.port === undefined) {
      return;
    }
    const round = ++this.round[kind];
    this.status(kind, "starting");
    const id = kind === "camera" ? this.state.choice.cameraId : this.state.choice.microphoneId;
    try {
      const stream = await this.opened(this.port, kind, id);
      if (round !== this.round[kind]) {
        end(stream); // switched off or changed meanwhile
        return;
      }
      stream.getTracks().forEach((track) => track.addEventListener("ended", () => this.pulled(kind, stream)));
      this.patch(
        kind === "camera" ? { camera: "on", cameraStream: stream } : { microphone: "on", microphoneStream: stream },
      );
      await this.list(); // labels are known from now on
    } catch (fault) {
      if (round === this.round[kind]) {
        this.wanted[kind] = false;
        this.status(kind, faultOf(fault));
      }
    }
  }

  /** A remembered device that is not plugged in today is no reason to stay dark: the default one then. */
  private async opened(port: DevicePort, kind: Kind, id: string): Promise<MediaStream> {
    const wanted = (deviceId: MediaTrackConstraints): MediaStreamConstraints =>
      kind === "camera"
        ? { video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...deviceId } }
        : { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...deviceId } };
    if (id === "") {
      return port.open(wanted({}));
    }
    try {
      return await port.open(wanted({ deviceId: { exact: id } }));
    } catch (fault) {
      if (faultOf(fault) !== "missing") {
        throw fault;
      }
      return port.open(wanted({}));
    }
  }

  private pulled(kind: Kind, stream: MediaStream): void {
    if (this.state.cameraStream === stream || this.state.microphoneStream === stream) {
      this.stop(kind);
      this.wanted[kind] = false;
      this.status(kind, "missing");
    }
  }

  private stop(kind: Kind): void {
    this.round[kind]++;
    end(kind === "camera" ? this.state.cameraStream : this.state.microphoneStream);
    this.patch(
      kind === "camera"
        ? { camera: "off", cameraStream: undefined }
        : { microphone: "off", microphoneStream: undefined },
    );
  }

  private status(kind: Kind, status: PreviewStatus): void {
    this.patch(kind === "camera" ? { camera: status } : { microphone: status });
  }
}

function end(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

function choiceOf(preferences: Preferences): DeviceChoice {
  const { cameraId, microphoneId, speakerId } = preferences.snapshot();
  return { cameraId, microphoneId, speakerId };
}
