/* SPDX-License-Identifier: EUPL-1.2 */
import type { MeetingEvent } from "../protocol/rest";
import { type Api, ApiError } from "./Api";
import type { Clock } from "./clock";
import { ViewModel } from "./ViewModel";

export type DashboardProblem = "unreachable" | "forbidden" | "failed";

export interface DashboardState {
  readonly status: "loading" | "ready" | "failed";
  readonly dated: readonly MeetingEvent[];
  readonly open: readonly MeetingEvent[];
  readonly problem: DashboardProblem | undefined;
  /** Id of the row that an action is working on. */
  readonly busy: string | undefined;
  /** Waits for the person's word before it is deleted. */
  readonly deleting: MeetingEvent | undefined;
  /** The link that was just copied, or has to be copied by hand (the browser refused the clipboard). */
  readonly link: { readonly meeting: string; readonly url: string; readonly copied: boolean } | undefined;
}

export interface DashboardPorts {
  readonly api: Api;
  readonly clock: Clock;
  readonly origin: string;
  /** Rejects where the browser forbids it. */
  readonly copy: (text: string) => Promise<void>;
}

const COPIED_MS = 4_000;

/** My meetings: those with a date from today on, and those without. */
export class Dashboard extends ViewModel<DashboardState> {
  constructor(private readonly ports: DashboardPorts) {
    super({
      status: "loading",
      dated: [],
      open: [],
      problem: undefined,
      busy: undefined,
      deleting: undefined,
      link: undefined,
    });
  }

  async load(): Promise<void> {
    const today = new Date(this.ports.clock.now());
    today.setHours(0, 0, 0, 0);
    try {
      const [open, dated] = await Promise.all([this.ports.api.timeIndependent(), this.ports.api.dated(today)]);
      this.patch({ status: "ready", open, dated: [...dated].sort(byStart), problem: undefined });
    } catch (fault) {
      // an old list is better than none
      this.patch({ status: this.state.status === "ready" ? "ready" : "failed", problem: problemOf(fault) });
    }
  }

  /** Makes a meeting for now. @returns its room, or undefined when the server refused */
  async meetNow(title: string): Promise<string | undefined> {
    return this.act("now", async () => {
      const event = await this.ports.api.createEvent({
        title,
        description: "",
        password: null,
        waiting_room: false,
        guest_access: "direct_access",
        e2e_encryption: false,
        is_adhoc: false,
        show_meeting_details: true,
        has_shared_folder: false,
        is_time_independent: true,
      });
      return event.room.id;
    });
  }

  /** @param compose makes what is copied of the link, such as a whole invitation */
  async copyLink(meeting: MeetingEvent, compose: (url: string) => string = (url) => url): Promise<void> {
    const code = await this.act(meeting.id, () => this.ports.api.guestCode(meeting.room.id));
    if (code === undefined) {
      return;
    }
    const url = `${this.ports.origin}/room/${meeting.room.id}?invite=${code}`;
    const copied = await this.ports.copy(compose(url)).then(
      () => true,
      () => false,
    );
    this.patch({ link: { meeting: meeting.id, url, copied } });
    if (copied) {
      this.ports.clock.after(COPIED_MS, () => {
        if (this.state.link?.url === url) {
          this.patch({ link: undefined });
        }
      });
    }
  }

  closeLink(): void {
    this.patch({ link: undefined });
  }

  askToDelete(meeting: MeetingEvent): void {
    this.patch({ deleting: meeting });
  }

  keep(): void {
    this.patch({ deleting: undefined });
  }

  async deleteAsked(): Promise<void> {
    const meeting = this.state.deleting;
    if (meeting === undefined) {
      return;
    }
    this.patch({ deleting: undefined });
    await this.act(meeting.id, () =>
      meeting.recurring_event_id !== undefined && meeting.instance_id !== undefined
        ? this.ports.api.cancelOccurrence(meeting.recurring_event_id, meeting.instance_id)
        : this.ports.api.deleteEvent(meeting.id),
    );
    await this.load();
  }

  private async act<T>(row: string, action: () => Promise<T>): Promise<T | undefined> {
    this.patch({ busy: row, problem: undefined });
    try {
      return await action();
    } catch (fault) {
      this.patch({ problem: problemOf(fault) });
      return undefined;
    } finally {
      this.patch({ busy: undefined });
    }
  }
}

function problemOf(fault: unknown): DashboardProblem {
  if (!(fault instanceof ApiError)) {
    return "failed";
  }
  return fault.temporary ? "unreachable" : fault.status === 403 ? "forbidden" : "failed";
}

function byStart(a: MeetingEvent, b: MeetingEvent): number {
  return (a.starts_at?.datetime ?? "").localeCompare(b.starts_at?.datetime ?? "");
}
