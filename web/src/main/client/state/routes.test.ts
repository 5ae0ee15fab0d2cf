/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { roomPath, route, Router } from "./routes";

const ROOM = "b00c0de0-0000-4000-8000-0000000000aa";

test.each([
  ["/", "", { page: "home" }],
  ["/dashboard", "", { page: "dashboard" }],
  ["/dashboard/meetings", "", { page: "dashboard" }],
  ["/auth/callback", "?code=1", { page: "callback" }],
  [`/room/${ROOM}`, "", { page: "room", room: ROOM, invite: undefined }],
  [`/room/${ROOM.toUpperCase()}/`, "?invite=abc", { page: "room", room: ROOM, invite: "abc" }],
  ["/invite/abc", "", { page: "invite", invite: "abc" }],
  ["/room/1", "", { page: "unknown" }],
  ["/nope", "", { page: "unknown" }],
])("%s%s", (path, query, expected) => {
  expect(route(path, query)).toEqual(expected);
});

test("a guest link is read as it was written", () => {
  const [path = "", query] = roomPath(ROOM, "a b&c").split("?");
  expect(route(path, `?${query ?? ""}`)).toEqual({ page: "room", room: ROOM, invite: "a b&c" });
});

test("going somewhere changes the address and the state", () => {
  window.scrollTo = () => undefined;
  const router = new Router(window, "/auth/callback");
  let told = 0;
  router.subscribe(() => (told += 1));
  router.go(`/room/${ROOM}?invite=x`);
  expect(window.location.pathname).toBe(`/room/${ROOM}`);
  expect(router.snapshot()).toMatchObject({ route: { page: "room", invite: "x" }, here: `/room/${ROOM}?invite=x` });
  router.go("/", "replace");
  expect(router.snapshot().route).toEqual({ page: "home" });
  expect(told).toBe(2);
});
