/* SPDX-License-Identifier: EUPL-1.2 */
import { Button } from "../Button/Button";
import type { Examples } from "../examples";
import { Banner } from "./Banner";

export const examples: Examples = {
  error: (
    <Banner kind="error" action={<Button>Erneut versuchen</Button>}>
      Der Server ist zurzeit nicht erreichbar.
    </Banner>
  ),
  warning: <Banner kind="warning">Es wurde kein Mikrofon gefunden.</Banner>,
  info: <Banner kind="info">Sie können auch ohne Kamera teilnehmen.</Banner>,
  success: <Banner kind="success">„Haushaltsrunde“ wurde angelegt.</Banner>,
  working: (
    <Banner kind="warning" working>
      Die Verbindung wird wiederhergestellt …
    </Banner>
  ),
};
