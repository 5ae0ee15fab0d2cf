/* SPDX-License-Identifier: EUPL-1.2 */
import type { Person } from "../../state/meeting/People";
import type { Examples } from "../examples";
import { exampleTile } from "../Tile/Tile.examples";
import { PeopleList } from "./PeopleList";

const person: Person = {
  id: "p1",
  name: "Ines Kolb",
  moderator: true,
  owner: true,
  kind: "registered",
  connections: ["c"],
  joinedAt: 0,
  me: true,
};
const phone: Person = { ...person, id: "p2", name: "+49 30 5550***", moderator: false, kind: "call_in", me: false };

export const examples: Examples = {
  two: (
    <PeopleList
      people={[person, phone, { ...phone, id: "p3", name: "Gast Nord", kind: "guest" }]}
      tiles={[exampleTile, { ...exampleTile, participant: "p2", phone: true, microphoneOn: false }]}
    />
  ),
};
