/* SPDX-License-Identifier: EUPL-1.2 */
import { asObject, text } from "../protocol/json";
import type {
  EventCreate,
  EventInfo,
  Invite,
  InviteVerified,
  MeetingEvent,
  Profile,
  StartRequest,
  StartResponse,
} from "../protocol/rest";

/** Who is asking. Tokens are fetched for every call, so a refreshed one is used at once. */
export interface Credentials {
  accessToken(): string | undefined;
  /** Asks for a new token; false when the person has to sign in again. */
  refresh(): Promise<boolean>;
}

/** A refusal by the server, or no answer at all (status 0). The message carries no private data. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`${status} ${code}`);
  }

  /** Trying again later may help: no answer, or the server says that it is at fault. */
  get temporary(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** REST v1 (REST contract, sections 1, 5, 8). One method a call; every failure is an {@link ApiError}. */
export class Api {
  constructor(
    private readonly base: string,
    private readonly credentials: Credentials,
    private readonly fetch: Fetch = (url, init) => globalThis.fetch(url, init),
  ) {}

  async me(): Promise<Profile> {
    return (await this.bearer("GET", "/users/me")) as Profile;
  }

  /** Meetings without a date, newest rules of the contract's section 4. */
  async timeIndependent(): Promise<readonly MeetingEvent[]> {
    return this.events("time_independent=true");
  }

  async dated(from: Date): Promise<readonly MeetingEvent[]> {
    return this.events(`time_independent=false&time_min=${encodeURIComponent(from.toISOString())}`);
  }

  async createEvent(event: EventCreate): Promise<MeetingEvent> {
    return (await this.bearer("POST", "/events", event)) as MeetingEvent;
  }

  async deleteEvent(id: string): Promise<void> {
    await this.bearer("DELETE", `/events/${id}`);
  }

  async cancelOccurrence(event: string, instance: string): Promise<void> {
    await this.bearer("PATCH", `/events/${event}/instances/${instance}`, { status: "cancelled" });
  }

  /** The code of the room's permanent guest link; made when there is none. */
  async guestCode(room: string): Promise<string> {
    const invites = (await this.bearer("GET", `/rooms/${room}/invites`)) as readonly Invite[];
    const permanent = invites.find((invite) => invite.active && invite.expiration === null);
    const invite = permanent ?? ((await this.bearer("POST", `/rooms/${room}/invites`, {})) as Invite);
    return invite.invite_code;
  }

  async verifyInvite(code: string): Promise<InviteVerified> {
    return (await this.call("POST", "/invite/verify", undefined, { invite_code: code })) as InviteVerified;
  }

  async roomEvent(room: string, invite: string | undefined): Promise<EventInfo> {
    const path = `/rooms/${room}/event`;
    const answer = invite ? await this.call("GET", path, `InviteCode ${invite}`) : await this.bearer("GET", path);
    return answer as EventInfo;
  }

  async start(room: string, request: StartRequest): Promise<StartResponse> {
    const body = await (request.invite_code === undefined
      ? this.bearer("POST", `/rooms/${room}/start`, request)
      : this.invited(room, request));
    const token = text(asObject(body) ?? {}, "token");
    const address = text(asObject(body) ?? {}, "roomserver_address");
    if (token === undefined || address === undefined) {
      throw new ApiError(502, "malformed_answer");
    }
    return { token, roomserver_address: address };
  }

  /** A person who is signed in keeps the account: the token goes along with the invite code. */
  private invited(room: string, request: StartRequest): Promise<unknown> {
    const path = `/rooms/${room}/start_invited`;
    return this.credentials.accessToken()
      ? this.bearer("POST", path, request)
      : this.call("POST", path, undefined, request);
  }

  private async events(query: string): Promise<readonly MeetingEvent[]> {
    const path = `/events/instances?per_page=100&instances_max=100&adhoc=false&${query}`;
    const rows = await this.bearer("GET", path);
    return Array.isArray(rows) ? (rows as MeetingEvent[]).filter((row) => row.status !== "cancelled") : [];
  }

  /** With the account's token; a 401 is answered by one refresh and one repetition. */
  private async bearer(method: string, path: string, body?: unknown): Promise<unknown> {
    const token = this.credentials.accessToken();
    try {
      return await this.call(method, path, token === undefined ? undefined : `Bearer ${token}`, body);
    } catch (fault) {
      const expired = fault instanceof ApiError && fault.status === 401 && fault.code === "unauthorized";
      if (!expired || !(await this.credentials.refresh())) {
        throw fault;
      }
      return this.call(method, path, `Bearer ${this.credentials.accessToken() ?? ""}`, body);
    }
  }

  private async call(method: string, path: string, authorization?: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (authorization !== undefined) {
      headers.Authorization = authorization;
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    let response: Response;
    try {
      response = await this.fetch(this.base + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: "omit",
      });
    } catch {
      throw new ApiError(0, "unreachable");
    }
    const content = await response.text().catch(() => "");
    if (!response.ok) {
      throw new ApiError(response.status, text(asObject(parsed(content)) ?? {}, "code") ?? "");
    }
    return content === "" ? null : parsed(content);
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
