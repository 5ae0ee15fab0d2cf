/* SPDX-License-Identifier: EUPL-1.2 */
import { Button } from "../Button/Button";
import { type Examples, nothing } from "../examples";
import { Dialog } from "./Dialog";

export const examples: Examples = {
  question: (
    <Dialog
      title="„Haushaltsrunde“ löschen?"
      onClose={nothing}
      actions={
        <>
          <Button>Abbrechen</Button>
          <Button kind="danger">Löschen</Button>
        </>
      }
    >
      <p>Die Besprechung und ihr Gastlink funktionieren dann sofort nicht mehr.</p>
    </Dialog>
  ),
};
