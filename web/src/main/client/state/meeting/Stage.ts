/* SPDX-License-Identifier: EUPL-1.2 */
import type { Feed, Quality, VideoFeed } from "../media/MediaRoom";
import type { Observable } from "../ViewModel";
import { ViewModel } from "../ViewModel";
import type { MediaState } from "../media/Media";
import type { PeopleState, Person } from "./People";

export interface Tile {
  readonly key: string;
  readonly kind: "person" | "screen";
  readonly participant: string;
  /** LiveKit identity, empty while the person sends and receives no media. */
  readonly identity: string;
  readonly name: string;
  readonly me: boolean;
  readonly phone: boolean;
  readonly microphoneOn: boolean;
  readonly speaking: boolean;
  readonly quality: Quality;
  readonly video: VideoFeed | undefined;
}

export interface StageState {
  /** Shown large; undefined: everybody in the grid. */
  readonly main: Tile | undefined;
  /** Everybody and every further screen, in a stable order. */
  readonly tiles: readonly Tile[];
  /** Who is speaking now, for the title of the page and for people who see no ring. */
  readonly speaker: string | undefined;
  readonly pinned: string | undefined;
}

/** Puts people and what arrives from them together to what is seen. Order never jumps: only arrivals and leaving change it. */
export class Stage extends ViewModel<StageState> {
  constructor(
    private readonly people: Observable<PeopleState>,
    private readonly media: Observable<MediaState>,
  ) {
    super({ main: undefined, tiles: [], speaker: undefined, pinned: undefined });
    people.subscribe(() => this.arrange());
    media.subscribe(() => this.arrange());
  }

  /** Shows one tile large until it is pinned again or gone. */
  pin(key: string): void {
    this.patch({ pinned: this.state.pinned === key ? undefined : key });
    this.arrange();
  }

  private arrange(): void {
    const feeds = this.media.snapshot().feeds;
    const people = this.people.snapshot().present;
    const persons = people.map((person) => personTile(person, feeds));
    const screens = people.flatMap((person) => screenTiles(person, feeds));
    const all = [...screens, ...persons];
    const pinned = all.some((tile) => tile.key === this.state.pinned) ? this.state.pinned : undefined;
    const main = all.find((tile) => tile.key === pinned) ?? screens.find((tile) => !tile.me) ?? screens[0];
    this.patch({
      main,
      tiles: all.filter((tile) => tile !== main),
      speaker: persons.find((tile) => tile.speaking && !tile.me)?.name,
      pinned,
    });
  }
}

/** A person with two connections is one tile: the one with a picture, and heard if any microphone is on. */
function personTile(person: Person, feeds: readonly Feed[]): Tile {
  const own = feeds.filter((feed) => feed.participant === person.id);
  const shown = own.find((feed) => feed.camera !== undefined) ?? own.find((feed) => feed.microphoneOn) ?? own[0];
  return {
    key: person.id,
    kind: "person",
    participant: person.id,
    identity: shown?.identity ?? "",
    name: person.name,
    me: person.me,
    phone: person.kind === "call_in" || person.kind === "registered_call_in",
    microphoneOn: own.some((feed) => feed.microphoneOn),
    speaking: own.some((feed) => feed.speaking && feed.microphoneOn),
    quality: shown?.quality ?? "unknown",
    video: shown?.camera,
  };
}

function screenTiles(person: Person, feeds: readonly Feed[]): Tile[] {
  return feeds.flatMap((feed) =>
    feed.participant === person.id && feed.screen !== undefined
      ? {
          key: `${feed.identity}/screen`,
          kind: "screen" as const,
          participant: person.id,
          identity: feed.identity,
          name: person.name,
          me: person.me && feed.local,
          phone: false,
          microphoneOn: true,
          speaking: false,
          quality: feed.quality,
          video: feed.screen,
        }
      : [],
  );
}
