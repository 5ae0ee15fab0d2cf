/* SPDX-License-Identifier: EUPL-1.2 */
import { ViewModel } from "./ViewModel";

export type Route =
  | { readonly page: "home" }
  | { readonly page: "dashboard" }
  | { readonly page: "callback" }
  | { readonly page: "room"; readonly room: string; readonly invite: string | undefined }
  | { readonly page: "invite"; readonly invite: string }
  | { readonly page: "unknown" };

const ID = "[0-9a-fA-F-]{36}";

export function route(path: string, query: string, callbackPath = "/auth/callback"): Route {
  if (path === callbackPath) {
    return { page: "callback" };
  }
  const room = new RegExp(`^/room/(${ID})/?$`).exec(path)?.[1];
  if (room !== undefined) {
    return { page: "room", room: room.toLowerCase(), invite: new URLSearchParams(query).get("invite") ?? undefined };
  }
  const invite = /^\/invite\/([^/]+)\/?$/.exec(path)?.[1];
  if (invite !== undefined) {
    return { page: "invite", invite };
  }
  if (path === "/dashboard" || path.startsWith("/dashboard/")) {
    return { page: "dashboard" };
  }
  return { page: path === "/" ? "home" : "unknown" };
}

export function roomPath(room: string, invite?: string): string {
  return `/room/${room}${invite === undefined ? "" : `?invite=${encodeURIComponent(invite)}`}`;
}

export interface RouterState {
  readonly route: Route;
  /** Path and query, as a sign-in comes back to it. */
  readonly here: string;
}

/** The address bar as a view model. */
export class Router extends ViewModel<RouterState> {
  constructor(
    private readonly page: Window,
    private readonly callbackPath: string,
  ) {
    super(Router.read(page, callbackPath));
    page.addEventListener("popstate", () => this.patch(Router.read(page, callbackPath)));
  }

  go(path: string, how: "push" | "replace" = "push"): void {
    if (how === "push") {
      this.page.history.pushState(null, "", path);
    } else {
      this.page.history.replaceState(null, "", path);
    }
    this.patch(Router.read(this.page, this.callbackPath));
    this.page.scrollTo(0, 0);
  }

  private static read(page: Window, callbackPath: string): RouterState {
    const { pathname, search } = page.location;
    return { route: route(pathname, search, callbackPath), here: pathname + search };
  }
}
