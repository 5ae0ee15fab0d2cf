/* SPDX-License-Identifier: EUPL-1.2 */
import { beforeEach, expect, test } from "vitest";
import { Preferences } from "./Preferences";

beforeEach(() => localStorage.clear());

test("the language is the first one of the browser that we speak", () => {
  expect(new Preferences(undefined, ["fr-FR", "de-AT", "en"]).snapshot().language).toBe("de");
  expect(new Preferences(undefined, ["fr-FR"]).snapshot().language).toBe("en");
});

test("choices come back with the next visit", () => {
  new Preferences(localStorage, ["de"]).set({ theme: "dark", language: "en", cameraId: "c", startWithCamera: false });
  expect(new Preferences(localStorage, ["de"]).snapshot()).toMatchObject({
    theme: "dark",
    language: "en",
    cameraId: "c",
    startWithCamera: false,
    startWithMicrophone: true,
  });
});

test.each([
  ["no JSON", "{"],
  ["null", "null"],
  ["another type", '{"startWithCamera":"yes","shortcuts":1}'],
  ["unknown values", '{"theme":"pink","language":"fr"}'],
  ["foreign keys", '{"subscribe":1,"__proto__":{"theme":"dark"}}'],
])("storage with %s is ignored", (_, content) => {
  localStorage.setItem("plenum.preferences", content);
  expect(new Preferences(localStorage, ["de"]).snapshot()).toEqual(new Preferences(undefined, ["de"]).snapshot());
});

test("the device secret is made once, long enough, and never the same in two browsers", () => {
  const secret = new Preferences(localStorage, []).deviceSecret();
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Preferences(localStorage, []).deviceSecret()).toBe(secret);
  expect(new Preferences(undefined, []).deviceSecret()).not.toBe(secret);
});

test("a storage that refuses costs the memory only", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const preferences = new Preferences({ getItem: refuse, setItem: refuse }, ["de"]);
  preferences.set({ guestName: "Gast" });
  expect(preferences.snapshot().guestName).toBe("Gast");
  expect(preferences.deviceSecret()).toBe(preferences.deviceSecret());
});
