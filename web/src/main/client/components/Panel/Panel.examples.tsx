/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { Panel } from "./Panel";

export const examples: Examples = {
  empty: (
    <Panel title="Personen" onClose={nothing}>
      <p>Inhalt</p>
    </Panel>
  ),
};
