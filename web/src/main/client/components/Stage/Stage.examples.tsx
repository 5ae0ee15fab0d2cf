/* SPDX-License-Identifier: EUPL-1.2 */
import type { StageState, Tile } from "../../state/meeting/Stage";
import { type Examples, nothing } from "../examples";
import { exampleTile } from "../Tile/Tile.examples";
import { Stage } from "./Stage";

const NAMES = ["Ines Kolb", "Tom Reuter", "Gast Nord", "Aylin Demir", "Jörg Öztürk", "Dr. Maria Weiß", "Ole Hansen"];

function people(count: number): Tile[] {
  return Array.from({ length: count }, (_, index) => ({
    ...exampleTile,
    key: `p${index}`,
    participant: `p${index}`,
    identity: `p${index}:c`,
    name: NAMES[index % NAMES.length] ?? "",
    me: index === 0,
    microphoneOn: index % 3 !== 1,
    speaking: index === 2,
  }));
}

function stage(state: Partial<StageState>) {
  return (
    <div className="example-stage">
      <Stage stage={{ main: undefined, tiles: [], speaker: undefined, pinned: undefined, ...state }} onPin={nothing} />
    </div>
  );
}

export const examples: Examples = {
  one: stage({ tiles: people(1) }),
  three: stage({ tiles: people(3) }),
  seven: stage({ tiles: people(7) }),
  fifty: stage({ tiles: people(50) }),
  screen: stage({ main: { ...exampleTile, key: "s", kind: "screen" }, tiles: people(6) }),
};
