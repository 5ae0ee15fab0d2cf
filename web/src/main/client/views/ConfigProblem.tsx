/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../app/context";
import { Icon } from "../components/Icon/Icon";
import { MessageCard, Page } from "../components/Page/Page";

/** For the administrator: names what is wrong in config.js. */
export function ConfigProblem({ message }: { message: string }) {
  const text = useText();
  return (
    <Page header={null}>
      <MessageCard title={text.problem.configTitle} icon={<Icon name="settings" size="l" />}>
        <p>{message}</p>
      </MessageCard>
    </Page>
  );
}
