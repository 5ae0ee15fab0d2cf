/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { SettingsDialog } from "./SettingsDialog";

export const examples: Examples = {
  open: (
    <SettingsDialog
      devices={{
        cameras: [{ id: "c1", label: "Konferenzkamera" }],
        microphones: [{ id: "m1", label: "Tischmikrofon" }],
        speakers: [],
        choice: { cameraId: "", microphoneId: "m1", speakerId: "" },
      }}
      onChoose={nothing}
      onClose={nothing}
    />
  ),
};
