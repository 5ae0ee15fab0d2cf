/* SPDX-License-Identifier: EUPL-1.2 */
import type { StartResponse } from "../protocol/rest";
import { type Api, ApiError } from "./Api";
import type { Preferences } from "./Preferences";
import { characters } from "./text";
import { ViewModel } from "./ViewModel";

export interface LobbyState {
  readonly status: "loading" | "ready" | "signInNeeded" | "forbidden" | "linkInvalid" | "unavailable";
  readonly title: string;
  readonly name: string;
  readonly nameFixed: boolean;
  readonly guest: boolean;
  readonly passwordNeeded: boolean;
  readonly password: string;
  /** Shown beside the field, and read out. */
  readonly nameProblem: "missing" | "tooLong" | undefined;
  readonly passwordProblem: "missing" | "wrong" | undefined;
}

export interface LobbyDoor {
  readonly room: string;
  readonly invite: string | undefined;
  /** The name of the account, or undefined for a guest. */
  readonly account: string | undefined;
  readonly nameFixed: boolean;
}

const LONGEST_NAME = 100;

/** The room before the room: who am I, may I come in, do I need a password (REST contract, section 8.1). */
export class Lobby extends ViewModel<LobbyState> {
  constructor(
    private readonly api: Api,
    private readonly preferences: Preferences,
    private readonly door: LobbyDoor,
  ) {
    const guest = door.account === undefined;
    super({
      status: "loading",
      title: "",
      name: door.account ?? preferences.snapshot().guestName,
      nameFixed: !guest && door.nameFixed,
      guest,
      passwordNeeded: false,
      password: "",
      nameProblem: undefined,
      passwordProblem: undefined,
    });
  }

  get room(): string {
    return this.door.room;
  }

  async load(): Promise<void> {
    this.patch({ status: "loading" });
    const { room, invite, account } = this.door;
    if (invite === undefined && account === undefined) {
      this.patch({ status: "signInNeeded" });
      return;
    }
    try {
      if (invite !== undefined) {
        const verified = await this.api.verifyInvite(invite);
        if (verified.room_id !== room) {
          this.patch({ status: "linkInvalid" });
          return;
        }
        this.patch({ passwordNeeded: verified.password_required && account === undefined });
      }
      this.patch({ title: await this.titleOf(room, invite), status: "ready" });
    } catch (fault) {
      this.patch({ status: statusOf(fault, invite !== undefined) });
    }
  }

  setName(name: string): void {
    this.patch({ name, nameProblem: undefined });
  }

  setPassword(password: string): void {
    this.patch({ password, passwordProblem: undefined });
  }

  wrongPassword(): void {
    this.patch({ password: "", passwordNeeded: true, passwordProblem: "wrong" });
  }

  /** @returns whether everything needed is there; the problems are in the state otherwise */
  ready(): boolean {
    const name = this.state.name.trim().replace(/\s+/g, " ");
    const nameProblem = name === "" ? "missing" : characters(name).length > LONGEST_NAME ? "tooLong" : undefined;
    const passwordProblem = this.state.passwordNeeded && this.state.password === "" ? "missing" : undefined;
    this.patch({ name, nameProblem, passwordProblem });
    if (nameProblem !== undefined || passwordProblem !== undefined) {
      return false;
    }
    if (this.state.guest) {
      this.preferences.set({ guestName: name });
    }
    return true;
  }

  /** The REST start, as often as the connection has to be made anew: always the same device secret. */
  start(): Promise<StartResponse> {
    const { name, password } = this.state;
    return this.api.start(this.door.room, {
      device_secret: this.preferences.deviceSecret(),
      display_name: name,
      ...(this.door.invite === undefined ? {} : { invite_code: this.door.invite }),
      ...(password === "" ? {} : { password }),
    });
  }

  /** A room without an event has no title; that is no reason to stay outside. */
  private async titleOf(room: string, invite: string | undefined): Promise<string> {
    try {
      return (await this.api.roomEvent(room, invite)).title;
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 404 && invite !== undefined) {
        return "";
      }
      throw fault;
    }
  }
}

function statusOf(fault: unknown, invited: boolean): LobbyState["status"] {
  if (!(fault instanceof ApiError) || fault.temporary) {
    return "unavailable";
  }
  if (fault.status === 401 && !invited) {
    return "signInNeeded";
  }
  return fault.status === 403 ? "forbidden" : "linkInvalid";
}
