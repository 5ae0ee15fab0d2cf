/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { LanguageSelect, ThemeSelect } from "./Appearance";

export const examples: Examples = {
  language: <LanguageSelect />,
  theme: <ThemeSelect />,
  compact: <ThemeSelect compact />,
};
