/* SPDX-License-Identifier: EUPL-1.2 */
import { Button } from "../Button/Button";
import type { Examples } from "../examples";
import { Icon } from "../Icon/Icon";
import { MessageCard } from "./Page";

export const examples: Examples = {
  message: (
    <MessageCard
      title="Dieser Link funktioniert nicht"
      icon={<Icon name="warning" size="l" />}
      actions={<Button kind="primary">Zur Startseite</Button>}
    >
      Die Besprechung gibt es nicht, oder der Link ist nicht mehr gültig.
    </MessageCard>
  ),
};
