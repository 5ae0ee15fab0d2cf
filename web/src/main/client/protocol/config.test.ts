/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config";

const minimal = {
  controller: "plenum.example",
  insecure: false,
  baseUrl: "https://plenum.example/",
  oidcConfig: { authority: "https://id.example/realms/plenum/" },
};

test("the smallest config has defaults for the rest", () => {
  expect(readConfig(minimal)).toEqual({
    rest: "https://plenum.example/v1",
    baseUrl: "https://plenum.example",
    authority: "https://id.example/realms/plenum",
    clientId: "Frontend",
    scope: "openid profile email",
    redirectPath: "/auth/callback",
    fixedDisplayName: false,
    imprintUrl: undefined,
    dataProtectionUrl: undefined,
    helpUrl: undefined,
    relays: [],
  });
});

test("relays are those that may be one", () => {
  const relays = ["turn:p.example:3478?transport=udp", "turns:p.example:443", "https://p.example", 7];
  expect(readConfig({ ...minimal, network: { relays } }).relays).toEqual(relays.slice(0, 2));
  expect(readConfig({ ...minimal, network: "none" }).relays).toEqual([]);
});

test("insecure means http", () => {
  expect(readConfig({ ...minimal, insecure: true, controller: "localhost:8080" }).rest).toBe(
    "http://localhost:8080/v1",
  );
});

test("only web addresses become links", () => {
  const config = readConfig({
    ...minimal,
    imprintUrl: "javascript:alert(1)",
    dataProtectionUrl: "https://plenum.example/d",
  });
  expect(config.imprintUrl).toBeUndefined();
  expect(config.dataProtectionUrl).toBe("https://plenum.example/d");
});

test.each([
  ["window.config", undefined],
  ["insecure", { ...minimal, insecure: "no" }],
  ["controller", { ...minimal, controller: "" }],
  ["baseUrl", { ...minimal, baseUrl: "plenum" }],
  ["oidcConfig.authority", { ...minimal, oidcConfig: {} }],
])("a complaint names %s", (key, raw) => {
  expect(() => readConfig(raw)).toThrow(ConfigError);
  expect(() => readConfig(raw)).toThrow(key);
});
