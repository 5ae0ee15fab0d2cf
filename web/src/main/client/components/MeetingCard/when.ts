/* SPDX-License-Identifier: EUPL-1.2 */
import type { Messages } from "../../locales";

export interface When {
  /** Two lines of a calendar sheet. */
  readonly day: string;
  readonly month: string;
  /** In words, for the line below the title. */
  readonly words: string;
}

/** A date as people say it: today, tomorrow, else the weekday. */
export function when(starts: Date, ends: Date | undefined, now: Date, locale: string, text: Messages): When {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const clock = format({ hour: "2-digit", minute: "2-digit" });
  const time = ends === undefined ? clock.format(starts) : clock.formatRange(starts, ends);
  const date = format({ weekday: "long", day: "numeric", month: "long", year: yearOf(starts, now) }).format(starts);
  const away = dayNumber(starts) - dayNumber(now);
  const day = away === 0 ? text.dashboard.today : away === 1 ? text.dashboard.tomorrow : date;
  return {
    day: format({ day: "numeric" }).format(starts).replace(/\D/g, ""),
    month: format({ month: "short" }).format(starts),
    words: `${day}, ${time}`,
  };
}

function yearOf(starts: Date, now: Date): "numeric" | undefined {
  return starts.getFullYear() === now.getFullYear() ? undefined : "numeric";
}

function dayNumber(at: Date): number {
  return Math.round(new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() / 86_400_000);
}
