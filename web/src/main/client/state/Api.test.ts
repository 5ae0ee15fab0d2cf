/* SPDX-License-Identifier: EUPL-1.2 */
import { describe, expect, test } from "vitest";
import { Api, ApiError, type Credentials } from "./Api";

interface Call {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A server that gives the answers in turn, and an account whose token can be renewed once. */
function server(answers: (readonly [status: number, body?: unknown] | Error)[], token = "old") {
  const calls: Call[] = [];
  let current: string | undefined = token;
  const credentials: Credentials & { refreshed: number; renewable: boolean } = {
    refreshed: 0,
    renewable: true,
    accessToken: () => current,
    refresh() {
      this.refreshed += 1;
      current = this.renewable ? "new" : undefined;
      return Promise.resolve(this.renewable);
    },
  };
  const api = new Api("https://plenum.example/v1", credentials, (url, init) => {
    const headers = init.headers as Record<string, string>;
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    calls.push({
      method: init.method ?? "",
      url: url.slice("https://plenum.example/v1".length),
      authorization: headers.Authorization,
      body,
    });
    const answer = answers.shift() ?? [500];
    if (answer instanceof Error) {
      return Promise.reject(answer);
    }
    const [status, content] = answer;
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(content ?? null), { status }));
  });
  return { api, calls, credentials };
}

const start = { token: "t", roomserver_address: "https://plenum.example" };

describe("a call with an account", () => {
  test("carries the bearer token", async () => {
    const { api, calls } = server([[200, { display_name: "Ines" }]]);
    await api.me();
    expect(calls).toEqual([{ method: "GET", url: "/users/me", authorization: "Bearer old", body: undefined }]);
  });

  test("is repeated once with a new token after 401", async () => {
    const { api, calls, credentials } = server([
      [401, { code: "unauthorized" }],
      [200, {}],
    ]);
    await api.me();
    expect(calls.map((call) => call.authorization)).toEqual(["Bearer old", "Bearer new"]);
    expect(credentials.refreshed).toBe(1);
  });

  test("fails when the new token is refused too", async () => {
    const { api, calls } = server([
      [401, { code: "unauthorized" }],
      [401, { code: "unauthorized" }],
    ]);
    await expect(api.me()).rejects.toMatchObject({ status: 401 });
    expect(calls).toHaveLength(2);
  });

  test("does not renew the token because of a wrong password", async () => {
    const { api, credentials } = server([[401, { code: "wrong_room_password" }]]);
    await expect(api.start("r", { device_secret: "s", display_name: "n" })).rejects.toMatchObject({
      code: "wrong_room_password",
    });
    expect(credentials.refreshed).toBe(0);
  });
});

describe("a failure", () => {
  test("of the network is temporary", async () => {
    const { api } = server([new TypeError("offline")]);
    const fault: unknown = await api.me().catch((reason: unknown) => reason);
    expect(fault).toBeInstanceOf(ApiError);
    expect(fault).toMatchObject({ status: 0, temporary: true });
  });

  test("of the server is temporary even when the answer is a page in HTML", async () => {
    const api = new Api("", { accessToken: () => "t", refresh: () => Promise.resolve(false) }, () =>
      Promise.resolve(new Response("<html>", { status: 500 })),
    );
    await expect(api.me()).rejects.toMatchObject({ status: 500, code: "", temporary: true });
  });

  test("of permission is final", async () => {
    const { api } = server([[403, { code: "forbidden" }]]);
    await expect(api.me()).rejects.toMatchObject({ status: 403, temporary: false });
  });

  test("is an answer without token", async () => {
    const { api } = server([[200, { token: "t" }]]);
    await expect(api.start("r", { device_secret: "s", display_name: "n" })).rejects.toMatchObject({
      code: "malformed_answer",
    });
  });
});

describe("a guest", () => {
  const request = { device_secret: "s", display_name: "Gast", invite_code: "code" };

  test("starts without any authorization", async () => {
    const { api, calls } = server([[200, start]], "");
    await api.start("r", request);
    expect(calls).toEqual([{ method: "POST", url: "/rooms/r/start_invited", authorization: undefined, body: request }]);
  });

  test("who is signed in keeps the account", async () => {
    const { api, calls } = server([[200, start]]);
    await api.start("r", request);
    expect(calls[0]).toMatchObject({ url: "/rooms/r/start_invited", authorization: "Bearer old" });
  });

  test("sees the title by the invite code", async () => {
    const { api, calls } = server([[200, { title: "Runde" }]]);
    await api.roomEvent("r", "code");
    expect(calls[0]).toMatchObject({ url: "/rooms/r/event", authorization: "InviteCode code" });
  });
});

describe("the guest link", () => {
  test("is the permanent one, not an expired or a timed one", async () => {
    const { api, calls } = server([
      [
        200,
        [
          { invite_code: "off", active: false, expiration: null },
          { invite_code: "timed", active: true, expiration: "2026-12-01T00:00:00Z" },
          { invite_code: "good", active: true, expiration: null },
        ],
      ],
    ]);
    expect(await api.guestCode("r")).toBe("good");
    expect(calls).toHaveLength(1);
  });

  test("is made when there is none", async () => {
    const { api, calls } = server([
      [200, []],
      [200, { invite_code: "fresh", active: true, expiration: null }],
    ]);
    expect(await api.guestCode("r")).toBe("fresh");
    expect(calls.map(({ method, body }) => [method, body])).toEqual([
      ["GET", undefined],
      ["POST", {}],
    ]);
  });
});

test("cancelled occurrences are not listed, and no list is an empty list", async () => {
  const { api } = server([
    [
      200,
      [
        { id: "a", status: "ok" },
        { id: "b", status: "cancelled" },
      ],
    ],
    [200, null],
  ]);
  expect(await api.dated(new Date(0))).toMatchObject([{ id: "a" }]);
  expect(await api.timeIndependent()).toEqual([]);
});
