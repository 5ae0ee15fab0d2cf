/* SPDX-License-Identifier: EUPL-1.2 */
import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { type Messages, messages, region } from "../locales";
import type { Preferences } from "../state/Preferences";
import type { Observable } from "../state/ViewModel";

/** Draws a component anew whenever the view model has a new state. */
export function useModel<S>(model: Observable<S>): S {
  return useSyncExternalStore(model.subscribe, model.snapshot);
}

const PreferencesContext = createContext<Preferences | undefined>(undefined);

export function PreferencesProvider({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext);
  if (preferences === undefined) {
    throw new Error("PreferencesProvider is missing");
  }
  return preferences;
}

/** The texts in the person's language. */
export function useText(): Messages {
  return messages[useModel(usePreferences()).language];
}

/** The locale for dates and times. */
export function useRegion(): string {
  return region(useModel(usePreferences()).language, navigator.languages);
}
