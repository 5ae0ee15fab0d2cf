/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useState } from "react";
import { useModel, useText } from "../../app/context";
import { LevelMeter } from "../../state/devices/LevelMeter";
import { Icon } from "../Icon/Icon";
import "./LevelBar.css";

const STEPS = 12;

/** How loud the microphone is: one sees that it works before anybody has to ask. */
export function LevelBar({ level }: { level: number }) {
  const text = useText();
  const lit = Math.round(level * STEPS);
  return (
    <div className="level">
      <Icon name="microphone" size="s" />
      <div
        className="level-steps"
        role="meter"
        aria-label={text.devices.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level * 100)}
      >
        {Array.from({ length: STEPS }, (_, step) => (
          <span key={step} className={step < lit ? "level-step level-lit" : "level-step"} />
        ))}
      </div>
    </div>
  );
}

/** Measures the stream as long as it is drawn. */
export function StreamLevel({ stream }: { stream: MediaStream }) {
  const [meter, setMeter] = useState<LevelMeter>();
  useEffect(() => {
    const measuring = new LevelMeter(stream);
    setMeter(measuring);
    return () => measuring.close();
  }, [stream]);
  return meter ? <LiveLevel meter={meter} /> : <LevelBar level={0} />;
}

function LiveLevel({ meter }: { meter: LevelMeter }) {
  return <LevelBar level={useModel(meter).level} />;
}
