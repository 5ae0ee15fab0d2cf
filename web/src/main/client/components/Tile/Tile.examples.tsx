/* SPDX-License-Identifier: EUPL-1.2 */
import type { Tile as TileState } from "../../state/meeting/Stage";
import { type Examples, nothing } from "../examples";
import { Tile } from "./Tile";

export const exampleTile: TileState = {
  key: "p1",
  kind: "person",
  participant: "p1",
  identity: "p1:c1",
  name: "Ines Kolb",
  me: false,
  phone: false,
  microphoneOn: true,
  speaking: false,
  quality: "good",
  video: undefined,
};

function tile(change: Partial<TileState>, large = false) {
  return (
    <div className="example-tile">
      <Tile tile={{ ...exampleTile, ...change }} large={large} onPin={nothing} />
    </div>
  );
}

export const examples: Examples = {
  listening: tile({ microphoneOn: false }),
  speaking: tile({ speaking: true }),
  myself: tile({ me: true }),
  phone: tile({ phone: true, name: "+49 30 5550***", participant: "p4" }),
  poor: tile({ quality: "poor", name: "Prof. Dr. Maximiliane von Hohenstein-Lichtenfels", participant: "p7" }),
  screen: tile({ kind: "screen" }, true),
};
