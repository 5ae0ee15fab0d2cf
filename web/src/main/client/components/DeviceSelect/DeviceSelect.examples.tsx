/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { DeviceSelect } from "./DeviceSelect";

const choice = { cameraId: "c1", microphoneId: "", speakerId: "" };

export const examples: Examples = {
  all: (
    <DeviceSelect
      devices={{
        cameras: [{ id: "c1", label: "Konferenzkamera" }],
        microphones: [{ id: "m1", label: "Tischmikrofon" }],
        speakers: [{ id: "s1", label: "Raumlautsprecher" }],
        choice,
      }}
      onChoose={nothing}
    />
  ),
  unnamed: (
    <DeviceSelect
      devices={{ cameras: [{ id: "c1", label: "" }], microphones: [], speakers: [], choice }}
      onChoose={nothing}
    />
  ),
};
