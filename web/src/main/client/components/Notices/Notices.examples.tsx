/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { Notices } from "./Notices";

export const examples: Examples = {
  none: <Notices shown={[]} />,
  three: (
    <div className="example-notices">
      <Notices
        shown={[
          { id: 1, notice: { kind: "joined", names: ["Ines Kolb", "Tom Reuter", "Gast Nord", "Aylin Demir"] } },
          { id: 2, notice: { kind: "message", name: "Tom Reuter", text: "Guten Morgen", direct: true } },
          { id: 3, notice: { kind: "mutedBy", name: "Ines Kolb" } },
        ]}
      />
    </div>
  ),
};
