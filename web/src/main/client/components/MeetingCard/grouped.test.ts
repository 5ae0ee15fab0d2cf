/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { grouped } from "./grouped";

test("ten digits are grouped, anything else is left as it is", () => {
  expect(grouped("0123456789")).toBe("012 345 67 89");
  expect(grouped("12345")).toBe("12345");
  expect(grouped("")).toBe("");
});
