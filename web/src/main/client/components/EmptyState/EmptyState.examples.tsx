/* SPDX-License-Identifier: EUPL-1.2 */
import { Button } from "../Button/Button";
import type { Examples } from "../examples";
import { EmptyState } from "./EmptyState";

export const examples: Examples = {
  first: (
    <EmptyState
      icon="calendar"
      title="Noch keine Besprechungen"
      text="Planen Sie Ihre erste Besprechung."
      action={<Button kind="primary">Besprechung planen</Button>}
    />
  ),
};
