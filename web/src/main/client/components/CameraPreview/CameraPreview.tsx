/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useRef } from "react";
import { useText } from "../../app/context";
import type { DevicesState } from "../../state/devices/Devices";
import { Avatar } from "../Avatar/Avatar";
import { ToggleButton } from "../ControlBar/ToggleButton";
import "./CameraPreview.css";

interface Props {
  readonly devices: Pick<DevicesState, "camera" | "microphone" | "cameraStream" | "supported">;
  readonly name: string;
  readonly onToggle: (kind: "camera" | "microphone") => void;
}

/** How the others will see me: mirrored, because that is how people know themselves. */
export function CameraPreview({ devices, name, onToggle }: Props) {
  const text = useText();
  const { camera, microphone, cameraStream, supported } = devices;
  return (
    <figure className="preview" aria-label={text.devices.preview}>
      {cameraStream ? (
        <StreamVideo stream={cameraStream} />
      ) : (
        <div className="preview-empty">
          {camera === "starting" ? (
            <span className="spinner" aria-hidden="true" />
          ) : (
            <Avatar id={name} name={name} size="fill" />
          )}
          <p>{camera === "starting" ? text.devices.cameraStarting : text.devices.cameraOff}</p>
        </div>
      )}
      {supported && (
        <div className="preview-controls">
          <ToggleButton
            source="microphone"
            state={stateOf(microphone)}
            onClick={() => onToggle("microphone")}
            label={microphone === "on" ? text.devices.turnOff.microphone : text.devices.turnOn.microphone}
          />
          <ToggleButton
            source="camera"
            state={stateOf(camera)}
            onClick={() => onToggle("camera")}
            label={camera === "on" ? text.devices.turnOff.camera : text.devices.turnOn.camera}
          />
        </div>
      )}
    </figure>
  );
}

function stateOf(status: DevicesState["camera"]): "on" | "off" | "starting" {
  return status === "on" || status === "starting" ? status : "off";
}

function StreamVideo({ stream }: { stream: MediaStream }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video !== null) {
      video.srcObject = stream;
    }
    return () => {
      if (video !== null) {
        video.srcObject = null;
      }
    };
  }, [stream]);
  return <video ref={element} className="preview-video" autoPlay playsInline muted />;
}
