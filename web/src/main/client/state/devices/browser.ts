/* SPDX-License-Identifier: EUPL-1.2 */
import type { DevicePort } from "./Devices";

/** Undefined where the browser offers no devices: pages that came over plain http from another host. */
export function browserDevices(): DevicePort | undefined {
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  if (devices === undefined) {
    return undefined;
  }
  return {
    enumerate: () => devices.enumerateDevices(),
    open: (constraints) => devices.getUserMedia(constraints),
    onChange: (listener) => {
      devices.addEventListener("devicechange", listener);
      return () => devices.removeEventListener("devicechange", listener);
    },
    speakersSelectable: "setSinkId" in HTMLMediaElement.prototype,
  };
}
