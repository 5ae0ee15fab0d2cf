/* SPDX-License-Identifier: EUPL-1.2 */
import { colourOf, initials } from "../../state/meeting/layout";
import "./Avatar.css";

/** Initials on a colour of the person's own. Decoration: the name stands beside it. */
export function Avatar({ id, name, size = "m" }: { id: string; name: string; size?: "s" | "m" | "fill" }) {
  return (
    <span className={`avatar avatar-${size} avatar-c${colourOf(id)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
