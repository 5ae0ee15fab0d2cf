/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, useText } from "../app/context";
import { Banner } from "../components/Banner/Banner";
import { Button } from "../components/Button/Button";
import type { Source } from "../state/media/MediaRoom";
import type { Meeting } from "../state/meeting/Meeting";
import "./StatusBanners.css";

const SOURCES: readonly Source[] = ["microphone", "camera", "screen"];

/** What is not as it should be in a meeting: connections, devices, sound. */
export function StatusBanners({ meeting }: { meeting: Meeting }) {
  const text = useText();
  const { reconnecting } = useModel(meeting);
  const { status, faults, audioBlocked } = useModel(meeting.media);
  const problems = SOURCES.flatMap((source) => {
    const fault = faults[source];
    return fault === undefined ? [] : [text.devices.problems[source][fault]];
  });
  return (
    <div className="banners">
      {reconnecting && (
        <Banner kind="warning" working>
          {text.meeting.reconnecting}
        </Banner>
      )}
      {!reconnecting && status === "reconnecting" && (
        <Banner kind="warning" working>
          {text.meeting.mediaReconnecting}
        </Banner>
      )}
      {audioBlocked && (
        <Banner
          kind="info"
          action={
            <Button
              kind="primary"
              icon="sound"
              onClick={() => void meeting.media.unblockAudio()}
              data-testid="unblock-audio"
            >
              {text.meeting.unblock}
            </Button>
          }
        >
          {text.meeting.unblockText}
        </Banner>
      )}
      {problems.map((problem) => (
        <Banner key={problem} kind="warning">
          {problem}
        </Banner>
      ))}
    </div>
  );
}
