/* SPDX-License-Identifier: EUPL-1.2 */
import { ViewModel } from "./ViewModel";

export type Theme = "system" | "light" | "dark";
export type Language = "de" | "en";

export interface PreferencesState {
  readonly theme: Theme;
  readonly language: Language;
  /** Empty until the person entered one; an account's name comes from its profile. */
  readonly guestName: string;
  /** Device ids of the browser; empty means the system's default. */
  readonly cameraId: string;
  readonly microphoneId: string;
  readonly speakerId: string;
  readonly startWithCamera: boolean;
  readonly startWithMicrophone: boolean;
  readonly shortcuts: boolean;
}

/** What is used of localStorage. */
type Store = Pick<Storage, "getItem" | "setItem">;

/** Remembers a person's choices in this browser. A storage that refuses (private windows) costs the memory only. */
export class Preferences extends ViewModel<PreferencesState> {
  private static readonly KEY = "plenum.preferences";
  private static readonly SECRET = "plenum.device_secret";
  private secret = "";

  constructor(
    private readonly storage: Store | undefined,
    languages: readonly string[],
  ) {
    super({ ...defaults(languages), ...stored(storage, Preferences.KEY) });
  }

  set(change: Partial<PreferencesState>): void {
    this.patch(change);
    this.write(Preferences.KEY, JSON.stringify(this.state));
  }

  /**
   * The credential by which the server knows this browser again (43 characters of base64url, 256 bits). Made once,
   * never shown, never logged.
   */
  deviceSecret(): string {
    this.secret ||= this.read(Preferences.SECRET) ?? "";
    if (this.secret.length < 16) {
      const bytes = crypto.getRandomValues(new Uint8Array(32));
      this.secret = btoa(String.fromCharCode(...bytes))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
      this.write(Preferences.SECRET, this.secret);
    }
    return this.secret;
  }

  private read(key: string): string | undefined {
    try {
      return this.storage?.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: string): void {
    try {
      this.storage?.setItem(key, value);
    } catch {
      // full or forbidden: the choice lives as long as the page
    }
  }
}

function defaults(languages: readonly string[]): PreferencesState {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "de" || tag === "en");
  return {
    theme: "system",
    language: known ?? "en",
    guestName: "",
    cameraId: "",
    microphoneId: "",
    speakerId: "",
    startWithCamera: true,
    startWithMicrophone: true,
    shortcuts: true,
  };
}

/** Only what has the type of its default is taken over: storage is written by other versions too. */
function stored(storage: Store | undefined, key: string): Partial<PreferencesState> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(key) ?? "{}");
    const fallback: Record<string, unknown> = { ...defaults([]) };
    const known = Object.entries(value ?? {}).filter(
      ([name, entry]) => Object.hasOwn(fallback, name) && typeof entry === typeof fallback[name],
    );
    const found = Object.fromEntries(known) as Partial<PreferencesState>;
    const { theme, language, ...rest } = found;
    return {
      ...rest,
      ...(theme && ["system", "light", "dark"].includes(theme) ? { theme } : {}),
      ...(language && ["de", "en"].includes(language) ? { language } : {}),
    };
  } catch {
    return {};
  }
}
