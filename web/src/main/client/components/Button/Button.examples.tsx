/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { Button } from "./Button";

export const examples: Examples = {
  primary: (
    <Button kind="primary" icon="plus">
      Besprechung planen
    </Button>
  ),
  secondary: <Button icon="copy">Gastlink kopieren</Button>,
  quiet: <Button kind="quiet">Abbrechen</Button>,
  danger: (
    <Button kind="danger" size="l" icon="leave">
      Verlassen
    </Button>
  ),
  busy: (
    <Button kind="primary" busy>
      Wird angelegt …
    </Button>
  ),
  disabled: <Button disabled>Starten</Button>,
  iconOnly: (
    <Button kind="quiet" icon="close" iconOnly>
      Schließen
    </Button>
  ),
};
