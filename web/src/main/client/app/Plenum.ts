/* SPDX-License-Identifier: EUPL-1.2 */
import type { ClientConfig } from "../protocol/config";
import { Api } from "../state/Api";
import { openIdConnect } from "../state/oidc";
import { Preferences } from "../state/Preferences";
import { Router } from "../state/routes";
import { Session } from "../state/Session";

/** Everything that lives as long as the page. Made once in `main.tsx`. */
export interface Plenum {
  readonly config: ClientConfig;
  readonly preferences: Preferences;
  readonly session: Session;
  readonly router: Router;
  readonly api: Api;
}

export function plenum(config: ClientConfig): Plenum {
  const session = new Session(openIdConnect(config));
  return {
    config,
    preferences: new Preferences(storage(), navigator.languages),
    session,
    router: new Router(window, config.redirectPath),
    api: new Api(config.rest, session),
  };
}

/** Browsers may forbid even the look at it. */
export function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
