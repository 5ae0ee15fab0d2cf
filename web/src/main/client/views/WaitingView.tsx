/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, useText } from "../app/context";
import { Banner } from "../components/Banner/Banner";
import { Button } from "../components/Button/Button";
import { MessageCard, Page } from "../components/Page/Page";
import type { Meeting } from "../state/meeting/Meeting";
import { useTitle } from "./useTitle";

export function WaitingView({ meeting }: { meeting: Meeting }) {
  const text = useText();
  const { phase, title, reconnecting } = useModel(meeting);
  useTitle(text.waiting.title);
  return (
    <Page header={null}>
      <MessageCard
        title={phase === "entering" ? text.waiting.entering : text.waiting.title}
        icon={<span className="spinner" aria-hidden="true" />}
        actions={<Button onClick={() => meeting.leave()}>{text.waiting.leave}</Button>}
      >
        {title !== "" && <p>{title}</p>}
        <p role="status">{phase === "entering" ? "" : text.waiting.text}</p>
      </MessageCard>
      {reconnecting && (
        <Banner kind="warning" working>
          {text.meeting.reconnecting}
        </Banner>
      )}
    </Page>
  );
}
