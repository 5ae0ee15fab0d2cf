/* SPDX-License-Identifier: EUPL-1.2 */
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import type { ClientConfig } from "../protocol/config";
import type { Account, Identity } from "./Session";

/** OpenID Connect: code flow with PKCE, renewal by refresh token. Tokens live in local storage, never in a cookie. */
export function openIdConnect(config: ClientConfig): Identity {
  const manager = new UserManager({
    authority: config.authority,
    client_id: config.clientId,
    redirect_uri: config.baseUrl + config.redirectPath,
    post_logout_redirect_uri: `${config.baseUrl}/`,
    response_type: "code",
    scope: config.scope,
    userStore: new WebStorageStateStore({ store: window.localStorage, prefix: "plenum.oidc." }),
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: 30,
    monitorSession: false, // would need an iframe of a foreign host
    loadUserInfo: false,
  });
  return {
    async restore() {
      const user = await manager.getUser();
      if (user === null) {
        return undefined;
      }
      return user.expired ? renewed(manager) : account(user);
    },
    signIn: (returnTo) => manager.signinRedirect({ state: returnTo }),
    async finish(url) {
      const user = await manager.signinRedirectCallback(url);
      return { account: account(user), returnTo: localPath(user.state) };
    },
    refresh: () => renewed(manager),
    signOut: () => manager.signoutRedirect(),
    forget: () => manager.removeUser(),
    onChange(listener) {
      manager.events.addUserLoaded((user) => listener(account(user)));
      manager.events.addAccessTokenExpired(() => {
        void renewed(manager).then(
          (user) => listener(user),
          () => undefined, // not reachable now: the next call tries again
        );
      });
    },
  };
}

/** Undefined when the provider says no; throws when it cannot be reached. */
async function renewed(manager: UserManager): Promise<Account | undefined> {
  const user = await manager.getUser();
  if (!user?.refresh_token) {
    await manager.removeUser(); // without a refresh token only a new sign-in helps
    return undefined;
  }
  try {
    const fresh = await manager.signinSilent();
    return fresh === null ? undefined : account(fresh);
  } catch (fault) {
    if (fault instanceof ErrorResponse) {
      await manager.removeUser();
      return undefined;
    }
    throw fault;
  }
}

function account(user: User): Account {
  const name = user.profile.name ?? user.profile.preferred_username ?? "";
  return { accessToken: user.access_token, name, email: user.profile.email ?? "" };
}

/** The state parameter came through the address bar: only a path of this page is followed. */
export function localPath(state: unknown): string {
  return typeof state === "string" && /^\/(?![/\\])/.test(state) ? state : "/dashboard";
}
