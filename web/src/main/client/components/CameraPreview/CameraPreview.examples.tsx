/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { CameraPreview } from "./CameraPreview";

const base = { cameraStream: undefined, supported: true } as const;

export const examples: Examples = {
  off: <CameraPreview name="Ines Kolb" devices={{ ...base, camera: "off", microphone: "on" }} onToggle={nothing} />,
  starting: (
    <CameraPreview name="Ines Kolb" devices={{ ...base, camera: "starting", microphone: "off" }} onToggle={nothing} />
  ),
  unsupported: (
    <CameraPreview
      name="Ines Kolb"
      devices={{ ...base, supported: false, camera: "off", microphone: "off" }}
      onToggle={nothing}
    />
  ),
};
