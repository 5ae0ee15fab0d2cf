/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { NetworkCheck, type NetworkState } from "./NetworkCheck";

const UDP = "turn:p.example:3478?transport=udp";
const TCP = "turn:p.example:3478?transport=tcp";
const TLS = "turns:p.example:443?transport=tcp";

async function checked(answers: Readonly<Record<string, boolean | undefined>>): Promise<NetworkState["way"]> {
  const check = new NetworkCheck(Object.keys(answers), (relay) => Promise.resolve(answers[relay]));
  await check.run();
  return check.snapshot().way;
}

test.each([
  ["udp", { [UDP]: true, [TCP]: true, [TLS]: false }],
  ["udp", { "turn:p.example": true }],
  ["tcp", { [UDP]: false, [TCP]: true, [TLS]: true }],
  ["tcp", { [UDP]: undefined, [TLS]: true }],
  ["none", { [UDP]: false, [TCP]: false, [TLS]: false }],
  [undefined, { [UDP]: undefined, [TLS]: false }],
  [undefined, {}],
] as const)("%s", async (way, answers) => {
  expect(await checked(answers)).toBe(way);
});

test("it is asked once, and meanwhile said so", async () => {
  let asked = 0;
  const check = new NetworkCheck([UDP], () => {
    asked++;
    return Promise.resolve(true);
  });
  const first = check.run();
  expect(check.snapshot().way).toBe("checking");
  await Promise.all([first, check.run()]);
  await check.run();
  expect(asked).toBe(1);
});
