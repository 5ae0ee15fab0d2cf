/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../../app/context";
import type { DevicesState } from "../../state/devices/Devices";
import type { Device } from "../../state/devices/Devices";
import type { DeviceChoice } from "../../state/media/MediaRoom";
import type { IconName } from "../Icon/Icon";
import { Select } from "../Select/Select";
import "./DeviceSelect.css";

interface Props {
  readonly devices: Pick<DevicesState, "cameras" | "microphones" | "speakers" | "choice">;
  readonly onChoose: (change: Partial<DeviceChoice>) => void;
}

/** Camera, microphone and, where the browser can, loudspeaker. */
export function DeviceSelect({ devices, onChoose }: Props) {
  const text = useText();
  const { choice } = devices;
  return (
    <div className="device-select">
      <One
        icon="microphone"
        label={text.devices.microphone}
        list={devices.microphones}
        value={choice.microphoneId}
        onPick={(microphoneId) => onChoose({ microphoneId })}
      />
      <One
        icon="camera"
        label={text.devices.camera}
        list={devices.cameras}
        value={choice.cameraId}
        onPick={(cameraId) => onChoose({ cameraId })}
      />
      {devices.speakers.length > 0 && (
        <One
          icon="sound"
          label={text.devices.speaker}
          list={devices.speakers}
          value={choice.speakerId}
          onPick={(speakerId) => onChoose({ speakerId })}
        />
      )}
    </div>
  );
}

interface OneProps {
  readonly icon: IconName;
  readonly label: string;
  readonly list: readonly Device[];
  readonly value: string;
  readonly onPick: (id: string) => void;
}

function One({ icon, label, list, value, onPick }: OneProps) {
  const text = useText();
  const known = list.some((device) => device.id === value) ? value : "";
  const options = list.map((device, index) => ({
    value: device.id,
    label: device.label || text.devices.unnamed(label, index + 1),
  }));
  return (
    <Select
      label={label}
      icon={icon}
      value={known}
      options={[{ value: "", label: text.devices.standard }, ...options]}
      onValue={onPick}
    />
  );
}
