/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { Switch } from "./Switch";

export const examples: Examples = {
  on: <Switch label="Gäste können teilnehmen" hint="Sonst nur Personen mit Konto." on onChange={nothing} />,
  off: <Switch label="Tastenkürzel verwenden" on={false} onChange={nothing} />,
};
