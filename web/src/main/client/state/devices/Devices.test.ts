/* SPDX-License-Identifier: EUPL-1.2 */
import { describe, expect, it } from "vitest";
import { Preferences } from "../Preferences";
import { type DevicePort, Devices } from "./Devices";

/** A machine whose devices open when the test says so. */
class SlowDevices implements DevicePort {
  readonly speakersSelectable = false;
  readonly stopped: string[] = [];
  private waiting: { kind: string; open: (stream: MediaStream) => void; refuse: (fault: Error) => void }[] = [];

  enumerate(): Promise<readonly MediaDeviceInfo[]> {
    return Promise.resolve([]);
  }

  onChange(): () => void {
    return () => undefined;
  }

  open(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const kind = constraints.video === undefined ? "microphone" : "camera";
    return new Promise((open, refuse) => this.waiting.push({ kind, open, refuse }));
  }

  asked(): string[] {
    return this.waiting.map((each) => each.kind);
  }

  private next() {
    const next = this.waiting.shift();
    if (next === undefined) {
      throw new Error("nothing was asked for");
    }
    return next;
  }

  async give(): Promise<void> {
    const { kind, open } = this.next();
    const track = { stop: () => this.stopped.push(kind), addEventListener: () => undefined };
    open({ getTracks: () => [track] } as unknown as MediaStream);
    await settled();
  }

  async refuse(): Promise<void> {
    this.next().refuse(new DOMException("no", "NotAllowedError"));
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function lobby() {
  const port = new SlowDevices();
  const devices = new Devices(port, new Preferences(undefined, []));
  return { port, devices };
}

describe("going in before the preview is there", () => {
  it("takes along what is still being opened", async () => {
    const { port, devices } = lobby();
    void devices.preview();
    await settled();
    expect(port.asked()).toEqual(["microphone"]);
    expect(devices.close()).toEqual({ microphone: true, camera: true });
  });

  it("opens no camera for a lobby that is left, and stops the late microphone", async () => {
    const { port, devices } = lobby();
    void devices.preview();
    await settled();
    devices.close();
    await port.give();
    expect(port.stopped).toEqual(["microphone"]);
    expect(port.asked()).toEqual([]);
  });

  it("does not take along what was refused", async () => {
    const { port, devices } = lobby();
    void devices.preview();
    await settled();
    await port.refuse();
    await port.give();
    expect(devices.close()).toEqual({ microphone: false, camera: true });
  });
});
