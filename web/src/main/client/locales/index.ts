/* SPDX-License-Identifier: EUPL-1.2 */
import type { Language } from "../state/Preferences";
import { de } from "./de";
import { en, type Messages } from "./en";

export type { Messages };

export const messages: Readonly<Record<Language, Messages>> = { de, en };
