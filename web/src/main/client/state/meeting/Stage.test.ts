/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { feed } from "../../dev/test/fakes";
import type { MediaState } from "../media/Media";
import type { Feed, VideoFeed } from "../media/MediaRoom";
import { ViewModel } from "../ViewModel";
import type { PeopleState, Person } from "./People";
import { Stage } from "./Stage";

class Source<S extends object> extends ViewModel<S> {
  static of<T extends object>(initial: T): Source<T> {
    return new Source(initial);
  }

  set(change: Partial<S>) {
    this.patch(change);
  }
}

function person(id: string, change: Partial<Person> = {}): Person {
  return {
    id,
    name: id,
    moderator: false,
    owner: false,
    kind: "registered",
    connections: [`${id}-1`],
    joinedAt: 0,
    me: false,
    ...change,
  };
}

function picture(id: string): VideoFeed {
  return { id, attach: () => undefined, detach: () => undefined };
}

function scene(present: Person[], feeds: Feed[] = []) {
  const people = Source.of<PeopleState>({ present: [] });
  const media = Source.of<Pick<MediaState, "feeds">>({ feeds });
  const stage = new Stage(people, media as unknown as ViewModel<MediaState>);
  people.set({ present });
  return { people, media, stage, state: () => stage.snapshot() };
}

test("everybody has a tile, with or without media", () => {
  const { state } = scene(
    [person("me", { me: true }), person("tom")],
    [feed({ identity: "tom:1", microphoneOn: true })],
  );
  expect(state().tiles).toMatchObject([
    { key: "me", identity: "", microphoneOn: false, me: true },
    { key: "tom", identity: "tom:1", microphoneOn: true },
  ]);
  expect(state().main).toBeUndefined();
});

test("a person with two connections is one tile: the picture of one, the voice of the other", () => {
  const feeds = [
    feed({ identity: "tom:1", microphoneOn: true, speaking: true }),
    feed({ identity: "tom:2", camera: picture("c") }),
  ];
  const { state } = scene([person("tom")], feeds);
  expect(state().tiles).toMatchObject([{ identity: "tom:2", microphoneOn: true, speaking: true, video: { id: "c" } }]);
});

test("a muted person does not speak", () => {
  const { state } = scene([person("tom")], [feed({ identity: "tom:1", speaking: true, microphoneOn: false })]);
  expect(state().tiles[0]?.speaking).toBe(false);
});

test("a shared screen is large, the rest beside it", () => {
  const { state } = scene(
    [person("me", { me: true }), person("tom")],
    [feed({ identity: "tom:1", screen: picture("s") })],
  );
  expect(state().main).toMatchObject({ kind: "screen", participant: "tom" });
  expect(state().tiles.map((tile) => tile.key)).toEqual(["me", "tom"]);
});

test("the screen of another comes before my own", () => {
  const feeds = [
    feed({ identity: "me:1", local: true, screen: picture("mine") }),
    feed({ identity: "tom:1", screen: picture("his") }),
  ];
  const { state } = scene([person("me", { me: true }), person("tom")], feeds);
  expect(state().main?.participant).toBe("tom");
});

test("a pinned person stays large until unpinned", () => {
  const { stage, state } = scene([person("tom"), person("ole")]);
  stage.pin("ole");
  expect(state().main?.key).toBe("ole");
  expect(state().tiles.map((tile) => tile.key)).toEqual(["tom"]);
  stage.pin("ole");
  expect(state().main).toBeUndefined();
});

test("a pinned person who leaves gives the place back", () => {
  const { people, stage, state } = scene([person("tom"), person("ole")]);
  stage.pin("ole");
  people.set({ present: [person("tom")] });
  expect(state()).toMatchObject({ main: undefined, pinned: undefined });
});

test("speaking changes nobody's place", () => {
  const { media, state } = scene([person("tom"), person("ole")]);
  media.set({ feeds: [feed({ identity: "ole:1", speaking: true, microphoneOn: true })] });
  expect(state().tiles.map((tile) => tile.key)).toEqual(["tom", "ole"]);
  expect(state().speaker).toBe("ole");
});

test("people on the phone are marked", () => {
  const { state } = scene([person("x", { kind: "call_in" }), person("y", { kind: "registered_call_in" }), person("z")]);
  expect(state().tiles.map((tile) => tile.phone)).toEqual([true, true, false]);
});
