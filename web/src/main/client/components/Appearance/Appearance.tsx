/* SPDX-License-Identifier: EUPL-1.2 */
import { useModel, usePreferences, useText } from "../../app/context";
import { messages } from "../../locales";
import type { Language, Theme } from "../../state/Preferences";
import { Select } from "../Select/Select";

const LANGUAGES: readonly Language[] = ["de", "en"];
const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function LanguageSelect({ compact = false }: { compact?: boolean }) {
  const preferences = usePreferences();
  const text = useText();
  return (
    <Select
      label={text.header.language}
      icon="globe"
      compact={compact}
      value={useModel(preferences).language}
      options={LANGUAGES.map((value) => ({ value, label: messages[value].languageName }))}
      onValue={(value) => preferences.set({ language: value as Language })}
    />
  );
}

export function ThemeSelect({ compact = false }: { compact?: boolean }) {
  const preferences = usePreferences();
  const text = useText();
  return (
    <Select
      label={text.header.theme}
      icon="theme"
      compact={compact}
      value={useModel(preferences).theme}
      options={THEMES.map((value) => ({ value, label: text.header.themes[value] }))}
      onValue={(value) => preferences.set({ theme: value as Theme })}
    />
  );
}
