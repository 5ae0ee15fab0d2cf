/* SPDX-License-Identifier: EUPL-1.2 */
import { expect, test } from "vitest";
import { localPath } from "./oidc";
import { type Account, type Identity, Session } from "./Session";

const ines: Account = { accessToken: "t1", name: "Ines Kolb", email: "ines@plenum.example" };

class FakeIdentity implements Identity {
  stored: Account | undefined;
  renewal: Account | undefined | Error = { ...ines, accessToken: "t2" };
  refreshed = 0;
  away = false;
  forgotten = false;
  private listener: (account: Account | undefined) => void = () => undefined;

  restore = () => Promise.resolve(this.stored);
  signIn = () => (this.away ? Promise.reject(new Error("away")) : Promise.resolve());
  finish = () =>
    this.away ? Promise.reject(new Error("refused")) : Promise.resolve({ account: ines, returnTo: "/room/1" });
  signOut = () => (this.away ? Promise.reject(new Error("away")) : Promise.resolve());
  onChange = (listener: (account: Account | undefined) => void) => void (this.listener = listener);

  refresh() {
    this.refreshed += 1;
    return this.renewal instanceof Error ? Promise.reject(this.renewal) : Promise.resolve(this.renewal);
  }

  forget() {
    this.forgotten = true;
    return Promise.resolve();
  }

  renews(account: Account | undefined) {
    this.listener(account);
  }
}

async function signedIn() {
  const identity = new FakeIdentity();
  identity.stored = ines;
  const session = new Session(identity);
  await session.restore();
  return { identity, session };
}

test("an earlier visit is restored", async () => {
  const { session } = await signedIn();
  expect(session.snapshot()).toMatchObject({ status: "signedIn", name: "Ines Kolb" });
  expect(session.accessToken()).toBe("t1");
});

test("nobody was here before", async () => {
  const session = new Session(new FakeIdentity());
  await session.restore();
  expect(session.snapshot()).toMatchObject({ status: "signedOut", problem: undefined });
});

test("a sign-in comes back to where it began", async () => {
  const session = new Session(new FakeIdentity());
  expect(await session.finish("https://plenum.example/auth/callback?code=1")).toBe("/room/1");
  expect(session.snapshot().status).toBe("signedIn");
});

test("a refused sign-in says so on the start page", async () => {
  const identity = new FakeIdentity();
  identity.away = true;
  const session = new Session(identity);
  expect(await session.finish("https://plenum.example/auth/callback?error=access_denied")).toBe("/");
  expect(session.snapshot()).toMatchObject({ status: "signedOut", problem: "refused" });
});

test("a provider that is away is told in words", async () => {
  const identity = new FakeIdentity();
  identity.away = true;
  const session = new Session(identity);
  await session.signIn("/");
  expect(session.snapshot()).toMatchObject({ status: "signedOut", problem: "unreachable" });
});

test("five calls that fail at once cause one refresh", async () => {
  const { identity, session } = await signedIn();
  const results = await Promise.all(Array.from({ length: 5 }, () => session.refresh()));
  expect(results).toEqual([true, true, true, true, true]);
  expect(identity.refreshed).toBe(1);
  expect(session.accessToken()).toBe("t2");
});

test("a refusal of the provider ends the session", async () => {
  const { identity, session } = await signedIn();
  identity.renewal = undefined;
  expect(await session.refresh()).toBe(false);
  expect(session.snapshot()).toMatchObject({ status: "signedOut", problem: "expired" });
});

test("a provider that is away for a moment signs nobody out", async () => {
  const { identity, session } = await signedIn();
  identity.renewal = new Error("network");
  expect(await session.refresh()).toBe(false);
  expect(session.snapshot().status).toBe("signedIn");
});

test("a renewed token is used from then on", async () => {
  const { identity, session } = await signedIn();
  identity.renews({ ...ines, accessToken: "t3" });
  expect(session.accessToken()).toBe("t3");
});

test("sign-out forgets the tokens even when the provider is away", async () => {
  const { identity, session } = await signedIn();
  identity.away = true;
  await session.signOut();
  expect(identity.forgotten).toBe(true);
  expect(session.accessToken()).toBeUndefined();
});

test.each(["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", undefined, 7])(
  "a way back to %s is not followed",
  (state) => expect(localPath(state)).toBe("/dashboard"),
);

test("a way back within the page is followed", () => {
  expect(localPath("/room/1?invite=2")).toBe("/room/1?invite=2");
});
