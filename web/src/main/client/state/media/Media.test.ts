/* SPDX-License-Identifier: EUPL-1.2 */
import { beforeEach, describe, expect, test } from "vitest";
import { FakeClock, FakeRoom, settle } from "../../dev/test/fakes";
import { Media } from "./Media";
import { faultOf } from "./MediaRoom";

const devices = { cameraId: "", microphoneId: "", speakerId: "" };
const credentials = (token: string) => ({ room: "r:main", token, url: "https://plenum.example/livekit" });

let clock: FakeClock;
let rooms: FakeRoom[];
let asked: number;
let media: Media;
let prepareRoom: (room: FakeRoom) => void;

beforeEach(() => {
  clock = new FakeClock();
  rooms = [];
  asked = 0;
  prepareRoom = () => undefined;
  media = new Media(
    {
      open: (choice, listener) => {
        const room = new FakeRoom(choice, listener);
        prepareRoom(room);
        rooms.push(room);
        return room;
      },
      clock,
      askForToken: () => {
        asked += 1;
        return true;
      },
    },
    devices,
  );
});

function room(): FakeRoom {
  const last = rooms.at(-1);
  if (last === undefined) {
    throw new Error("no room yet");
  }
  return last;
}

describe("connecting", () => {
  test("brings what the lobby prepared", async () => {
    media.prepare(true, false);
    expect(media.snapshot().status).toBe("off");
    await media.credentials(credentials("t1"));
    expect(room().connectedWith).toBe("https://plenum.example/livekit t1");
    expect([...room().on]).toEqual(["microphone"]);
    expect(media.snapshot()).toMatchObject({ status: "connected", sources: { microphone: "on", camera: "off" } });
  });

  test("that fails is tried again with a new token, in doubling steps up to 20 s", async () => {
    prepareRoom = (each) => (each.refuseConnect = true);
    await media.credentials(credentials("t1"));
    expect(media.snapshot().status).toBe("reconnecting");
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      const before = asked;
      let waited = 0;
      while (asked === before) {
        await clock.pass(100);
        waited += 100;
      }
      waits.push(waited);
      await media.credentials(credentials("t"));
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  test("asks again when no token comes", async () => {
    await media.credentials(credentials("t1"));
    room().listener.lost();
    await clock.pass(500);
    expect(asked).toBe(1);
    await clock.pass(10_000 + 1_000);
    expect(asked).toBe(2);
  });

  test("waits when the server has no media now", async () => {
    await media.credentials(credentials("t1"));
    room().listener.lost();
    await clock.pass(500);
    media.unavailable();
    await clock.pass(11_000);
    expect(asked).toBe(2);
  });
});

describe("a new join", () => {
  test("replaces the connection and brings microphone and camera back, not the screen", async () => {
    media.prepare(true, true);
    await media.credentials(credentials("t1"));
    await media.turn("screen", true);
    const old = room();
    await media.credentials(credentials("t2"));
    expect(old.disconnected).toBe(true);
    expect([...room().on]).toEqual(["microphone", "camera"]);
    expect(media.snapshot().sources.screen).toBe("off");
  });

  test("is not disturbed by the end of the old one", async () => {
    await media.credentials(credentials("t1"));
    const old = room();
    await media.credentials(credentials("t2"));
    old.listener.lost();
    old.listener.changed();
    await clock.pass(60_000);
    expect(asked).toBe(0);
    expect(media.snapshot().status).toBe("connected");
  });

  test("after a loss is a full recovery", async () => {
    media.prepare(true, false);
    await media.credentials(credentials("t1"));
    room().listener.lost();
    expect(media.snapshot().feeds).toEqual([]);
    await clock.pass(500);
    await media.credentials(credentials("t2"));
    expect(media.snapshot()).toMatchObject({ status: "connected", sources: { microphone: "on" } });
  });
});

describe("switching", () => {
  beforeEach(() => media.credentials(credentials("t1")));

  test("on and off is what is seen", async () => {
    await media.toggle("camera");
    expect(media.snapshot().sources.camera).toBe("on");
    await media.toggle("camera");
    expect(media.snapshot().sources.camera).toBe("off");
    expect([...room().on]).toEqual([]);
  });

  test("shows that it is working on it", async () => {
    const turning = media.turn("microphone", true);
    expect(media.snapshot().sources.microphone).toBe("starting");
    await turning;
    expect(media.snapshot().sources.microphone).toBe("on");
  });

  test.each([
    ["NotAllowedError", "refused"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "inUse"],
    ["TypeError", "failed"],
  ])("refused with %s says %s and stays off", async (name, fault) => {
    room().refusal = new DOMException("", name);
    await media.toggle("microphone");
    expect(media.snapshot()).toMatchObject({ sources: { microphone: "off" }, faults: { microphone: fault } });
    room().refusal = undefined;
    await media.toggle("microphone");
    expect(media.snapshot()).toMatchObject({ sources: { microphone: "on" }, faults: {} });
  });

  test("without permission of the server does not even ask the browser", async () => {
    room().allowed.delete("screen");
    room().listener.changed();
    expect(media.snapshot().sources.screen).toBe("forbidden");
    await media.toggle("screen");
    expect(media.snapshot().faults).toEqual({ screen: "forbidden" });
    expect([...room().on]).toEqual([]);
  });

  test("closing the picker of the screen is no fault", async () => {
    room().refusal = new DOMException("", "NotAllowedError");
    await media.toggle("screen");
    expect(media.snapshot()).toMatchObject({ sources: { screen: "off" }, faults: {} });
  });

  test("a mute by the moderation is kept over a reconnect", async () => {
    await media.turn("microphone", true);
    room().on.delete("microphone");
    room().listener.changed();
    expect(media.snapshot().sources.microphone).toBe("off");
    await media.credentials(credentials("t2"));
    expect([...room().on]).toEqual([]);
  });

  test("while the connection is repaired is done afterwards", async () => {
    room().listener.lost();
    await media.turn("microphone", true);
    expect(media.snapshot().sources.microphone).toBe("starting");
    await media.credentials(credentials("t2"));
    expect(media.snapshot().sources.microphone).toBe("on");
  });

  test("devices go to the connection, and to the next one", async () => {
    const choice = { ...devices, cameraId: "c2" };
    await media.use(choice);
    expect(room().used).toEqual(choice);
    await media.credentials(credentials("t2"));
    expect(room().used).toEqual(choice);
  });
});

describe("sound that the browser holds back", () => {
  test("is told and starts with a click", async () => {
    prepareRoom = (each) => (each.audioBlocked = true);
    await media.credentials(credentials("t1"));
    expect(media.snapshot().audioBlocked).toBe(true);
    await media.unblockAudio();
    expect(media.snapshot().audioBlocked).toBe(false);
  });
});

test("a repair by the SDK is seen", async () => {
  await media.credentials(credentials("t1"));
  room().repairing = true;
  room().listener.changed();
  expect(media.snapshot().status).toBe("reconnecting");
  room().repairing = false;
  room().listener.changed();
  expect(media.snapshot().status).toBe("connected");
});

test("in the waiting room there is no media, afterwards it is back", async () => {
  media.prepare(true, false);
  await media.credentials(credentials("t1"));
  await media.pause();
  expect(room().disconnected).toBe(true);
  expect(media.snapshot().status).toBe("off");
  await media.credentials(credentials("t2"));
  expect([...room().on]).toEqual(["microphone"]);
});

test("after leaving nothing is tried any more", async () => {
  await media.credentials(credentials("t1"));
  await media.leave();
  room().listener.lost();
  await media.credentials(credentials("t2"));
  await clock.pass(60_000);
  await settle();
  expect(asked).toBe(0);
  expect(rooms).toHaveLength(1);
});

test("faults of other browsers and of LiveKit are read too", () => {
  const named = (name: string) => Object.assign(new Error(), { name });
  expect(faultOf(named("OverconstrainedError"))).toBe("missing");
  expect(faultOf(named("PublishTrackError"))).toBe("forbidden");
  expect(faultOf(named("DeviceUnsupportedError"))).toBe("missing");
  expect(faultOf("?")).toBe("failed");
});
