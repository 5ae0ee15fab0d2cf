/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { joinSuccess, type JoinPeer, peerBlocks } from "../../dev/test/fakes";
import { parseEvent } from "../../protocol/parse";
import type { Peer } from "../../protocol/signaling";
import { People } from "./People";

function joined(peers: readonly JoinPeer[], change = {}): People {
  const event = parseEvent(JSON.stringify({ namespace: "core", payload: joinSuccess(peers, change) }));
  const people = new People();
  if (event?.type === "joined") {
    people.joined(event.join, Date.UTC(2026, 10, 25, 9));
  }
  return people;
}

function peer(who: JoinPeer, connection: string): Peer {
  const payload = {
    message: "participant_connected",
    participant_id: who.id,
    connection_id: connection,
    peer_data: peerBlocks(who),
  };
  const event = parseEvent(JSON.stringify({ namespace: "core", payload }));
  if (event?.type !== "peerConnected") {
    throw new Error("no peer");
  }
  return event.peer;
}

const names = (people: People) => people.snapshot().present.map((person) => person.name);
const tom = { id: "tom", name: "Tom Reuter" };

test("I come first, then the others in order of arrival", () => {
  const people = joined(
    [
      { id: "b", name: "Zweite" },
      { id: "a", name: "Dritte" },
    ].toReversed(),
  );
  expect(names(people)).toEqual(["Ines Kolb", "Dritte", "Zweite"]);
  expect(people.snapshot().present[0]).toMatchObject({ me: true, moderator: true });
});

test("services and people who left are not listed, but their names are known", () => {
  const people = joined([
    { id: "r", name: "Recorder", kind: "recorder" },
    { id: "gone", name: "Gegangen", left: true },
  ]);
  expect(names(people)).toEqual(["Ines Kolb"]);
  expect(people.find("gone")?.name).toBe("Gegangen");
});

test("a person with two tabs arrives once and leaves with the last one", () => {
  const people = joined([]);
  expect(people.connected(peer(tom, "t1"))?.name).toBe("Tom Reuter");
  expect(people.connected(peer(tom, "t2"))).toBeUndefined();
  expect(names(people)).toEqual(["Ines Kolb", "Tom Reuter"]);
  expect(people.disconnected("tom", "t1")).toBeUndefined();
  expect(people.disconnected("tom", "t2")?.name).toBe("Tom Reuter");
  expect(names(people)).toEqual(["Ines Kolb"]);
});

test("my own second tab is not announced and keeps what I am", () => {
  const people = joined([]);
  expect(people.connected(peer({ id: "me", name: "Ines Kolb" }, "c2"))).toBeUndefined();
  expect(people.snapshot().present).toMatchObject([{ me: true, moderator: true, connections: ["c1", "c2"] }]);
});

test("a recorder comes and goes unnoticed", () => {
  const people = joined([]);
  const recorder = { id: "r", name: "Recorder", kind: "recorder" };
  expect(people.connected(peer(recorder, "r1"))).toBeUndefined();
  expect(people.disconnected("r", "r1")).toBeUndefined();
});

test("a connection that nobody knew ends without effect", () => {
  const people = joined([tom]);
  expect(people.disconnected("tom", "other")).toBeUndefined();
  expect(people.disconnected("nobody", "x")).toBeUndefined();
  expect(names(people)).toHaveLength(2);
});

test("roles and names change in place", () => {
  const people = joined([tom]);
  people.roleChanged("tom", true);
  people.renamed("tom", "T. Reuter");
  expect(people.find("tom")).toMatchObject({ moderator: true, name: "T. Reuter" });
});

test("a new join replaces everything", () => {
  const people = joined([tom]);
  const event = parseEvent(JSON.stringify({ namespace: "core", payload: joinSuccess([]) }));
  if (event?.type === "joined") {
    people.joined(event.join, 0);
  }
  expect(names(people)).toEqual(["Ines Kolb"]);
});
