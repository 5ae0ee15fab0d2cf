/* SPDX-License-Identifier: EUPL-1.2 */
import type { JoinSuccess, ParticipantKind, Peer } from "../../protocol/signaling";
import { ViewModel } from "../ViewModel";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly moderator: boolean;
  readonly owner: boolean;
  readonly kind: ParticipantKind;
  readonly connections: readonly string[];
  readonly joinedAt: number;
  readonly me: boolean;
}

export interface PeopleState {
  /** Everybody who is here now, myself first, then in order of arrival. Services (recorders) are not listed. */
  readonly present: readonly Person[];
}

/** Who is in the meeting. Remembers the names of those who left: their chat messages stay. */
export class People extends ViewModel<PeopleState> {
  private readonly everSeen = new Map<string, Person>();
  private me = "";

  constructor() {
    super({ present: [] });
  }

  /** The complete state after every (re)connect. */
  joined(join: JoinSuccess, now: number): void {
    this.everSeen.clear();
    this.me = join.id;
    this.everSeen.set(join.id, {
      id: join.id,
      name: join.name,
      moderator: join.moderator,
      owner: join.owner,
      kind: "registered",
      connections: [join.connectionId, ...join.ownConnections],
      joinedAt: now,
      me: true,
    });
    for (const peer of join.peers) {
      if (peer.id !== join.id) {
        this.everSeen.set(peer.id, this.person(peer));
      }
    }
    this.show();
  }

  /** @returns the person when it was not here before, else undefined (another tab) */
  connected(peer: Peer): Person | undefined {
    const known = this.everSeen.get(peer.id);
    const others = known?.connections.filter((id) => !peer.connections.includes(id)) ?? [];
    const person = { ...this.person(peer), connections: [...others, ...peer.connections] };
    this.everSeen.set(peer.id, peer.id === this.me && known ? { ...known, connections: person.connections } : person);
    this.show();
    return others.length === 0 && listed(person) && !person.me ? person : undefined;
  }

  /** @returns the person when it is gone, undefined while another connection stays */
  disconnected(id: string, connectionId: string): Person | undefined {
    const person = this.everSeen.get(id);
    if (!person?.connections.includes(connectionId)) {
      return undefined;
    }
    const connections = person.connections.filter((each) => each !== connectionId);
    this.everSeen.set(id, { ...person, connections });
    this.show();
    return connections.length === 0 && listed(person) ? person : undefined;
  }

  roleChanged(id: string, moderator: boolean): void {
    this.change(id, { moderator });
  }

  renamed(id: string, name: string): void {
    this.change(id, { name });
  }

  find(id: string): Person | undefined {
    return this.everSeen.get(id);
  }

  private change(id: string, change: Partial<Person>): void {
    const person = this.everSeen.get(id);
    if (person !== undefined) {
      this.everSeen.set(id, { ...person, ...change });
      this.show();
    }
  }

  private person(peer: Peer): Person {
    const { id, name, moderator, owner, kind, joinedAt } = peer;
    const connections = peer.leftAt === undefined ? peer.connections : [];
    return { id, name, moderator, owner, kind, joinedAt, connections, me: id === this.me };
  }

  private show(): void {
    const present = [...this.everSeen.values()]
      .filter((person) => person.connections.length > 0 && listed(person))
      .sort((a, b) => Number(b.me) - Number(a.me) || a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1));
    this.patch({ present });
  }
}

/** Services appear in nobody's list (envelope contract, section 4). */
function listed(person: Person): boolean {
  return person.kind !== "recorder" && person.kind !== "transcription";
}
