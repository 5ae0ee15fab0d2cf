/* SPDX-License-Identifier: EUPL-1.2 */
import type { EventCreate, MeetingEvent } from "../protocol/rest";
import { type Api, ApiError } from "./Api";
import type { Clock } from "./clock";
import { characters } from "./text";
import { ViewModel } from "./ViewModel";

export interface MeetingForm {
  readonly title: string;
  readonly description: string;
  readonly dated: boolean;
  /** As the browser's fields write them: `2026-06-12` and `10:00`, local time. */
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly guests: boolean;
  readonly password: string;
}

export type FormField = "title" | "description" | "date" | "end" | "password";
export type FieldProblem = "missing" | "tooLong" | "invalid" | "past" | "beforeStart";

export interface CreateState {
  readonly form: MeetingForm;
  readonly problems: Readonly<Partial<Record<FormField, FieldProblem>>>;
  readonly saving: boolean;
  readonly failure: "unreachable" | "refused" | undefined;
}

const LONGEST = { title: 255, description: 4096, password: 255 } as const;

/** The form for a new meeting; the rules are those of the server (REST contract, sections 1.7 and 7.2). */
export class CreateMeeting extends ViewModel<CreateState> {
  constructor(
    private readonly api: Api,
    private readonly clock: Clock,
    private readonly zone: string,
  ) {
    super({ form: preset(new Date(clock.now())), problems: {}, saving: false, failure: undefined });
  }

  set(change: Partial<MeetingForm>): void {
    const form = { ...this.state.form, ...change };
    const touched = Object.keys(change) as FormField[];
    const problems = Object.fromEntries(
      Object.entries(this.state.problems).filter(([f]) => !touched.includes(f as FormField)),
    );
    this.patch({ form, problems, failure: undefined });
  }

  /** @returns the meeting, or undefined with the reasons in the state */
  async save(): Promise<MeetingEvent | undefined> {
    const problems = this.check();
    this.patch({ problems });
    if (Object.keys(problems).length > 0 || this.state.saving) {
      return undefined;
    }
    this.patch({ saving: true, failure: undefined });
    try {
      return await this.api.createEvent(this.request());
    } catch (fault) {
      const temporary = fault instanceof ApiError && fault.temporary;
      this.patch({ failure: temporary ? "unreachable" : "refused" });
      return undefined;
    } finally {
      this.patch({ saving: false });
    }
  }

  private check(): Partial<Record<FormField, FieldProblem>> {
    const { title, description, password, dated, date, start, end } = this.state.form;
    const problems: Partial<Record<FormField, FieldProblem>> = {};
    if (title.trim() === "") {
      problems.title = "missing";
    } else if (characters(title.trim()).length > LONGEST.title) {
      problems.title = "tooLong";
    }
    if (characters(description).length > LONGEST.description) {
      problems.description = "tooLong";
    }
    if (characters(password).length > LONGEST.password) {
      problems.password = "tooLong";
    }
    if (dated) {
      const [from, to] = [moment(date, start), moment(date, end)];
      if (Number.isNaN(from)) {
        problems.date = "invalid";
      } else if (Number.isNaN(to)) {
        problems.end = "invalid";
      } else if (to <= from) {
        problems.end = "beforeStart";
      } else if (to < this.clock.now()) {
        problems.date = "past";
      }
    }
    return problems;
  }

  private request(): EventCreate {
    const { title, description, password, dated, date, start, end, guests } = this.state.form;
    const at = (time: string) => ({ datetime: new Date(moment(date, time)).toISOString(), timezone: this.zone });
    return {
      title: title.trim(),
      description: description.trim(),
      password: password === "" ? null : password,
      waiting_room: false,
      guest_access: guests ? "direct_access" : "disabled",
      e2e_encryption: false,
      is_adhoc: false,
      show_meeting_details: true,
      has_shared_folder: false,
      is_time_independent: !dated,
      ...(dated ? { is_all_day: false as const, starts_at: at(start), ends_at: at(end) } : {}),
    };
  }
}

/** Next full half hour, one hour long. */
function preset(now: Date): MeetingForm {
  const start = new Date(Math.ceil((now.getTime() + 1) / 1_800_000) * 1_800_000);
  const end = new Date(start.getTime() + 3_600_000);
  const acrossMidnight = end.getDate() !== start.getDate();
  return {
    title: "",
    description: "",
    dated: false,
    date: dateField(start),
    start: timeField(start),
    end: acrossMidnight ? "23:59" : timeField(end),
    guests: true,
    password: "",
  };
}

function moment(date: string, time: string): number {
  return Date.parse(`${date}T${time}`);
}

function dateField(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function timeField(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
