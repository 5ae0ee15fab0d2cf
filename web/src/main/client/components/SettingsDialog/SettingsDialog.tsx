/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, usePreferences, useText } from "../../app/context";
import type { DevicesState } from "../../state/devices/Devices";
import type { DeviceChoice } from "../../state/media/MediaRoom";
import { LanguageSelect, ThemeSelect } from "../Appearance/Appearance";
import { DeviceSelect } from "../DeviceSelect/DeviceSelect";
import { Dialog } from "../Dialog/Dialog";
import { Switch } from "../Switch/Switch";
import "./SettingsDialog.css";

interface Props {
  readonly devices: Pick<DevicesState, "cameras" | "microphones" | "speakers" | "choice">;
  readonly onChoose: (change: Partial<DeviceChoice>) => void;
  readonly onClose: () => void;
}

/** Settings of a running meeting: they act at once, there is nothing to save. */
export function SettingsDialog({ devices, onChoose, onClose }: Props) {
  const text = useText();
  const preferences = usePreferences();
  const { shortcuts } = useModel(preferences);
  return (
    <Dialog title={text.settings.title} onClose={onClose} wide>
      <section className="settings-part">
        <h3>{text.settings.devices}</h3>
        <DeviceSelect devices={devices} onChoose={onChoose} />
      </section>
      <section className="settings-part">
        <h3>{text.settings.appearance}</h3>
        <div className="device-select">
          <ThemeSelect />
          <LanguageSelect />
        </div>
      </section>
      <section className="settings-part">
        <h3>{text.settings.shortcuts}</h3>
        <Switch
          label={text.settings.shortcutsOn}
          hint={text.settings.shortcutsHint}
          on={shortcuts}
          onChange={(on) => preferences.set({ shortcuts: on })}
        />
      </section>
    </Dialog>
  );
}
