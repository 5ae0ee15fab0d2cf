/* SPDX-License-Identifier: EUPL-1.2 */
import type { Language } from "../state/Preferences";
import { de } from "./de";
import { en, type Messages } from "./en";

export type { Messages };

export const messages: Readonly<Record<Language, Messages>> = { de, en };

/** How dates and times are written: as in the person's region when it speaks the language, else as in Europe. */
export function region(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? (language === "en" ? "en-GB" : language);
}
