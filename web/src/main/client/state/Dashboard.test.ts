/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import type { MeetingEvent } from "../protocol/rest";
import type { Api } from "./Api";
import type { Clock } from "./clock";
import { Dashboard } from "./Dashboard";

const meeting = { id: "e1", title: "Council", room: { id: "r1" } } as MeetingEvent;

function dashboard(copy: (text: string) => Promise<void>) {
  const api = { guestCode: () => Promise.resolve("code") } as unknown as Api;
  const clock = { now: () => 0, after: () => () => undefined } as unknown as Clock;
  return new Dashboard({ api, clock, origin: "https://plenum.example", copy });
}

test("the guest link is copied alone, or within an invitation", async () => {
  const copied: string[] = [];
  const model = dashboard((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  await model.copyLink(meeting);
  await model.copyLink(meeting, (url) => `Come: ${url}`);
  expect(copied).toEqual([
    "https://plenum.example/room/r1?invite=code",
    "Come: https://plenum.example/room/r1?invite=code",
  ]);
  expect(model.snapshot().link?.copied).toBe(true);
});

test("what the browser does not let copy can be copied by hand", async () => {
  const model = dashboard(() => Promise.reject(new Error("no")));
  await model.copyLink(meeting);
  expect(model.snapshot().link).toEqual({
    meeting: "e1",
    url: "https://plenum.example/room/r1?invite=code",
    copied: false,
  });
});
