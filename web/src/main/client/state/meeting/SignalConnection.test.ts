/* SPDX-License-Identifier: EUPL-1.2 */
import { describe, expect, test } from "vitest";
import { FakeClock, FakeSocket, joinSuccess, settle } from "../../dev/test/fakes";
import type { SignalEvent } from "../../protocol/signaling";
import { ApiError } from "../Api";
import { SignalConnection, type SignalStatus } from "./SignalConnection";

class Scene {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly statuses: SignalStatus[] = [];
  readonly events: SignalEvent[] = [];
  starts = 0;
  refusal: Error | undefined;
  readonly connection = new SignalConnection(
    {
      start: () => {
        this.starts += 1;
        return this.refusal === undefined
          ? Promise.resolve({ token: `t${this.starts}`, roomserver_address: "https://plenum.example/" })
          : Promise.reject(this.refusal);
      },
      open: (url) => {
        const socket = new FakeSocket(url);
        this.sockets.push(socket);
        return socket;
      },
      clock: this.clock,
    },
    { event: (event) => this.events.push(event), status: (status) => this.statuses.push(status) },
    () => 0,
  );

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) {
      throw new Error("no socket yet");
    }
    return socket;
  }

  async connects(): Promise<this> {
    this.connection.connect();
    await settle();
    return this;
  }

  async joins(): Promise<this> {
    await this.connects();
    this.socket.opens();
    this.socket.says("core", joinSuccess());
    return this;
  }

  phases(): string[] {
    return this.statuses.map((status) => (status.phase === "ended" ? `ended ${status.reason}` : status.phase));
  }
}

describe("joining", () => {
  test("starts by REST and opens the socket of the answer with its token", async () => {
    const scene = await new Scene().joins();
    expect(scene.socket.url).toBe("wss://plenum.example/v1/signaling/t1");
    expect(scene.phases()).toEqual(["connecting", "open"]);
    expect(scene.events).toMatchObject([{ type: "joined" }]);
  });

  test("says nothing before the server does", async () => {
    const scene = await new Scene().connects();
    scene.socket.opens();
    await scene.clock.pass(11_000);
    expect(scene.socket.sent).toEqual([]);
  });

  test("drops frames that make no sense and goes on", async () => {
    const scene = await new Scene().joins();
    scene.socket.frame("{");
    scene.socket.onmessage?.({ data: new ArrayBuffer(3) } as MessageEvent);
    scene.socket.says("core", { message: "room_parameters_changed", change: { title: "Neu" } });
    expect(scene.events.map((event) => event.type)).toEqual(["joined", "titleChanged"]);
  });

  test.each([
    [403, "forbidden", "forbidden"],
    [404, "not_found", "notFound"],
    [401, "wrong_room_password", "wrongPassword"],
    [401, "unauthorized", "signedOut"],
    [400, "bad_request", "refused"],
  ])("refused with %i %s ends at once", async (status, code, reason) => {
    const scene = new Scene();
    scene.refusal = new ApiError(status, code);
    await scene.connects();
    await scene.clock.pass(60_000);
    expect(scene.phases()).toEqual(["connecting", `ended ${reason}`]);
    expect(scene.starts).toBe(1);
  });

  test("waits for a server that does not answer, in growing steps", async () => {
    const scene = new Scene();
    scene.refusal = new ApiError(503, "service_unavailable");
    await scene.connects();
    await scene.clock.pass(999);
    expect(scene.starts).toBe(1);
    await scene.clock.pass(1);
    expect(scene.starts).toBe(2);
    await scene.clock.pass(2_000);
    expect(scene.starts).toBe(3);
    await scene.clock.pass(15_000);
    expect(scene.starts).toBe(6);
    scene.refusal = undefined;
    await scene.clock.pass(5_000);
    expect(scene.sockets).toHaveLength(1);
  });

  test("into a full meeting ends", async () => {
    const scene = await new Scene().connects();
    scene.socket.opens();
    scene.socket.says("core", { message: "join_blocked", reason: "participant_limit_reached" });
    expect(scene.phases().at(-1)).toBe("ended full");
    scene.socket.closes(1000);
    expect(scene.phases()).toHaveLength(2);
  });
});

describe("the heartbeat", () => {
  test("pings every 12 s as long as it is answered", async () => {
    const scene = await new Scene().joins();
    for (let round = 1; round <= 3; round++) {
      await scene.clock.pass(12_000);
      expect(scene.socket.actions()).toHaveLength(round);
      scene.socket.says("echo", { message: "pong" });
    }
    expect(scene.socket.actions()).toEqual(["echo.ping", "echo.ping", "echo.ping"]);
    expect(scene.sockets).toHaveLength(1);
  });

  test("without answer for 10 s gives the socket up and starts anew", async () => {
    const scene = await new Scene().joins();
    await scene.clock.pass(21_999);
    expect(scene.socket.closedWith).toBeUndefined();
    await scene.clock.pass(1);
    expect(scene.socket.closedWith).toBe(4999);
    await scene.clock.pass(1_000);
    expect(scene.sockets.map((socket) => socket.url.slice(-2))).toEqual(["t1", "t2"]);
  });
});

describe("a lost connection", () => {
  test.each([1001, 1005, 1006, 1007, 1012, 1013, 4999])("with %i comes back without a click", async (code) => {
    const scene = await new Scene().joins();
    scene.socket.closes(code);
    expect(scene.phases().at(-1)).toBe("lost");
    await scene.clock.pass(1_000);
    scene.socket.opens();
    scene.socket.says("core", joinSuccess());
    expect(scene.phases()).toEqual(["connecting", "open", "lost", "open"]);
    expect(scene.starts).toBe(2);
  });

  test.each([
    [1000, "closed"],
    [1008, "failed"],
    [1011, "failed"],
  ])("with %i is final", async (code, reason) => {
    const scene = await new Scene().joins();
    scene.socket.closes(code);
    await scene.clock.pass(60_000);
    expect(scene.phases().at(-1)).toBe(`ended ${reason}`);
    expect(scene.starts).toBe(1);
  });

  test("is tried at once when the network is back", async () => {
    const scene = await new Scene().joins();
    scene.socket.closes(1006);
    scene.connection.hurry();
    await settle();
    expect(scene.starts).toBe(2);
    await scene.clock.pass(5_000);
    expect(scene.starts).toBe(2);
  });

  test("that never opens is given up after 15 s", async () => {
    const scene = await new Scene().connects();
    await scene.clock.pass(15_000);
    expect(scene.socket.closedWith).toBe(4999);
    await scene.clock.pass(1_000);
    expect(scene.sockets).toHaveLength(2);
  });

  test("says nothing more: old sockets are not listened to", async () => {
    const scene = await new Scene().joins();
    const old = scene.socket;
    old.closes(1006);
    await scene.clock.pass(1_000);
    old.says("chat", { message: "history_cleared" });
    old.closes(1000);
    expect(scene.events.map((event) => event.type)).toEqual(["joined"]);
    expect(scene.phases().at(-1)).toBe("lost");
  });

  test("sends nothing: the command is gone, not queued", async () => {
    const scene = await new Scene().joins();
    scene.socket.closes(1006);
    expect(scene.connection.send({ namespace: "echo", payload: { action: "ping" } })).toBe(false);
  });
});

describe("leaving", () => {
  test("closes cleanly and for good", async () => {
    const scene = await new Scene().joins();
    scene.connection.leave();
    expect(scene.socket.closedWith).toBe(1000);
    await scene.clock.pass(60_000);
    expect(scene.phases()).toEqual(["connecting", "open", "ended left"]);
    expect(scene.starts).toBe(1);
  });

  test("while the REST start is under way opens no socket", async () => {
    const scene = new Scene();
    scene.connection.connect();
    scene.connection.leave();
    await settle();
    expect(scene.sockets).toHaveLength(0);
  });

  test("between two tries ends them", async () => {
    const scene = await new Scene().joins();
    scene.socket.closes(1006);
    scene.connection.leave();
    await scene.clock.pass(60_000);
    expect(scene.starts).toBe(1);
  });
});
