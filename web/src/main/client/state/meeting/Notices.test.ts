/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { FakeClock } from "../../dev/test/fakes";
import { Notices } from "./Notices";

function scene() {
  const clock = new FakeClock();
  const notices = new Notices(clock);
  return { clock, notices, shown: () => notices.snapshot().shown.map((each) => each.notice) };
}

test("a notice goes after 6 s", async () => {
  const { clock, notices, shown } = scene();
  notices.tell({ kind: "joined", names: ["Tom"] });
  await clock.pass(5_999);
  expect(shown()).toHaveLength(1);
  await clock.pass(1);
  expect(shown()).toEqual([]);
});

test("people who arrive together make one notice", async () => {
  const { clock, notices, shown } = scene();
  for (const name of ["Tom", "Aylin", "Ole"]) {
    notices.tell({ kind: "joined", names: [name] });
    await clock.pass(500);
  }
  expect(shown()).toEqual([{ kind: "joined", names: ["Tom", "Aylin", "Ole"] }]);
});

test("arriving and leaving are not mixed, nor what is long ago", async () => {
  const { clock, notices, shown } = scene();
  notices.tell({ kind: "joined", names: ["Tom"] });
  notices.tell({ kind: "left", names: ["Tom"] });
  await clock.pass(3_000);
  notices.tell({ kind: "left", names: ["Aylin"] });
  expect(shown().map((each) => each.kind)).toEqual(["joined", "left", "left"]);
});

test("at most three are shown", () => {
  const { notices, shown } = scene();
  for (const text of ["1", "2", "3", "4"]) {
    notices.tell({ kind: "message", name: "Tom", text, direct: false });
  }
  expect(shown()).toMatchObject([{ text: "2" }, { text: "3" }, { text: "4" }]);
});

test("messages go when the chat is opened, the rest stays", () => {
  const { notices, shown } = scene();
  notices.tell({ kind: "mutedBy", name: "Ines" });
  notices.tell({ kind: "message", name: "Tom", text: "Hallo", direct: false });
  notices.dismissMessages();
  expect(shown()).toEqual([{ kind: "mutedBy", name: "Ines" }]);
});
