// SPDX-License-Identifier: EUPL-1.2
// node media/quality.mjs SCENARIO [SECONDS]: what one real Chromium sees and hears over a bad line, second by second.
// Senders replay recordings. SCENARIO is one of those below, or `first`: so many times, after how long a picture is seen. The last lines sum up and
// judge; a second in which anything but server, browser and senders took more than a fifth of the machine does not count.
import { enter } from '../lib/peers.mjs';
import { line } from '../lib/line.mjs';
import { Machine } from '../lib/machine.mjs';
import { Probe } from '../lib/probe.mjs';
import { newRoom, scenario, sleep, until } from '../lib/scenario.mjs';

const CLIENT = 'chromium-2.19.0';
const SETTLING = 15;

/** What happens to the line: seconds since the measurement began, and the change; 0 is before the viewer comes. */
const lines = {
  clean: [],
  loss5: [[0, { loss: 0.05, delayMs: 25 }]],
  loss10: [[0, { loss: 0.1, delayMs: 25 }]],
  loss30: [[0, { loss: 0.3, delayMs: 25 }]],
  wifi: [[0, { downKbit: 6000, upKbit: 3000, delayMs: 15, jitterMs: 30, reorderPercent: 1, queueMs: 500, gilbertElliott: { pGoodToBad: 0.02, pBadToGood: 0.25, lossInBad: 1 } }]],
  dsl3000: [[0, { downKbit: 3072, upKbit: 384, delayMs: 20, queueMs: 300 }]],
  dsl1000: [[0, { downKbit: 1024, upKbit: 128, delayMs: 25, queueMs: 300 }]],
  drop: [
    [0, { downKbit: 3000, delayMs: 20, queueMs: 300 }],
    [20, { downKbit: 500 }],
    [40, { downKbit: 3000 }],
  ],
  steps: [
    [0, { downKbit: 1000, delayMs: 50, jitterMs: 30, queueMs: 300 }],
    [40, { downKbit: 2500 }],
    [60, { downKbit: 600 }],
    [80, { downKbit: 1000 }],
  ],
  blackout: [
    [0, {}],
    [20, { blackout: true }],
    [25, { blackout: false }],
  ],
};

/** Small pictures beside the large one: eight others, or so many that every capacity can be filled. */
const beside = { dsl3000: 8, steps: 12 };
const FOREIGN = 20;

async function measure(use, name, seconds) {
  const room = newRoom();
  const bad = use(await line());
  const talker = use(await Probe.enter(room, 'talker'));
  const sid = await talker.addPicture('large');
  await talker.addTone('tone');
  const small = [];
  if (name in beside) {
    for (let i = 0; i < beside[name]; i++) small.push(await talker.addPicture(`small ${i}`, [180]));
  }
  await talker.start();
  const changes = [...lines[name]];
  while (changes[0]?.[0] === 0) await bad.change(changes.shift()[1]); // the line is like that before anybody comes
  const viewer = await enter(use, CLIENT, room, { identity: 'viewer', options: { adaptiveStream: false }, detour: bad.port });
  const tracks = async () => (await viewer.report()).participants[0]?.tracks ?? [];
  await until('everything', async () => {
    const all = await tracks();
    const flowing = all.filter((each) => each.stats?.packets > 10);
    return all.length === 2 + small.length && (flowing.length === all.length || (name === 'steps' && flowing.length > 2)); // whose line never carries all
  }, 60_000);
  await sleep(SETTLING * 1000);
  const begin = Date.now();
  const rows = [];
  const machine = new Machine();
  let last = null;
  await bad.stats();
  for (let second = 0; second <= seconds; second++) {
    while (changes.length > 0 && changes[0][0] <= second) await bad.change(changes.shift()[1]);
    const all = await tracks();
    const stats = await bad.stats();
    const video = all.find((each) => each.sid === sid)?.stats ?? {};
    const audio = all.find((each) => each.kind === 'audio')?.stats ?? {};
    const now = { video, audio, bytes: all.reduce((sum, each) => sum + (each.stats?.bytes ?? 0), 0), octets: stats.down.octets, small: small.map((each) => all.find((track) => track.sid === each)?.stats?.frames ?? 0) };
    if (last) {
      const row = {
        second,
        kbit: Math.round(((now.bytes - last.bytes) * 8) / 1000),
        carried: Math.round(((now.octets - last.octets) * 8) / 1000),
        height: video.height,
        fps: video.frames - last.video.frames,
        frozenMs: Math.round((video.frozen - last.video.frozen) * 1000),
        concealed: audio.samples > last.audio.samples ? Math.round(((audio.concealed - last.audio.concealed) / (audio.samples - last.audio.samples)) * 1000) / 10 : null,
        queueMs: stats.queueP95Ms,
        small: now.small.filter((frames, i) => frames > last.small[i]).length,
        ...machine.load(),
        dropped: stats.down.dropped,
        codec: audio.codec,
      };
      rows.push({ ...row, waits: stats.queueMs });
      console.log(JSON.stringify(row));
    }
    last = now;
    await sleep(Math.max(0, begin + (second + 1) * 1000 - Date.now()));
  }
  const counted = rows.filter((row) => row.foreign <= FOREIGN);
  const said = { name, seconds: counted.length, left: rows.length - counted.length, ...summed(counted) };
  if (name === 'steps') said.used = used(counted);
  if (name === 'drop') said.afterwards = summed(counted.filter(({ second }) => second > 20 && second <= 25));
  return said;
}

/** Share of each capacity that is used from the fifth second on, in percent of what the line carries: datagrams with their headers. */
function used(rows) {
  return lines.steps.map(([from, { downKbit }], i) => {
    const until = lines.steps[i + 1]?.[0] ?? Infinity;
    const those = rows.filter(({ second }) => second > from + 5 && second <= until);
    return { downKbit, percent: Math.round(those.reduce((sum, { carried }) => sum + carried, 0) / those.length / (downKbit / 100)) };
  });
}

function summed(rows) {
  const sum = (key) => rows.reduce((all, row) => all + (row[key] ?? 0), 0);
  const waits = [];
  for (const row of rows) row.waits.forEach((count, ms) => (waits[ms] = (waits[ms] ?? 0) + count));
  const all = waits.reduce((before, count) => before + count, 0);
  let below = 0;
  const queueP95Ms = waits.findIndex((count) => (below += count ?? 0) >= all * 0.95);
  const fps = rows.map((row) => row.fps).sort((a, b) => a - b);
  return {
    concealed: Math.round((sum('concealed') / rows.length) * 100) / 100,
    frozenMs: sum('frozenMs'),
    queueP95Ms,
    worstQueueP95Ms: Math.max(...rows.map((row) => row.queueMs)),
    fps: { least: fps[0], p5: fps[Math.floor(fps.length / 20)] },
    heights: Object.fromEntries([180, 360, 720].map((height) => [height, rows.filter((row) => row.height === height).length])),
    smallLeast: Math.min(...rows.map((row) => row.small)),
    load: Math.round(sum('load') / rows.length),
  };
}

/** How long it takes to see something: by subscribing, and by another layer while all layers are sent. */
async function first(use, times) {
  const room = newRoom();
  const bad = use(await line());
  await bad.change({ delayMs: 20 });
  const options = { adaptiveStream: false };
  const talker = use(await Probe.enter(room, 'talker'));
  const sid = await talker.addPicture('large');
  await talker.start();
  const viewer = await enter(use, CLIENT, room, { identity: 'viewer', options, detour: bad.port });
  await enter(use, CLIENT, room, { identity: 'another', options }); // who wants all of it all the time
  const video = async () => (await viewer.report()).participants.find((each) => each.identity === 'talker')?.tracks.find((each) => each.sid === sid);
  await until('the top layer', async () => (await video())?.stats?.height === 720, 60_000);
  const taken = { subscribing: [], down: [], up: [] };
  for (let i = 0; i < times; i++) {
    await viewer.call('subscribe', sid, false);
    await until('it is gone', async () => !(await video()).subscribed);
    await sleep(1000);
    taken.subscribing.push(await viewer.call('firstFrame', sid));
    await until('the top layer', async () => (await video())?.stats?.height === 720, 30_000);
    await sleep(1000);
    taken.down.push(await viewer.call('firstOfHeight', sid, 'LOW', 180));
    await sleep(1000);
    taken.up.push(await viewer.call('firstOfHeight', sid, 'HIGH', 720));
  }
  for (const [what, ms] of Object.entries(taken)) {
    ms.sort((a, b) => a - b);
    console.log(JSON.stringify({ what, p50: ms[Math.floor(ms.length / 2)], p95: ms[Math.floor(ms.length * 0.95)], most: ms.at(-1), times }));
  }
}

const [name, seconds = '60'] = process.argv.slice(2);
const run = (use) => (name === 'first' ? first(use, Number(seconds)) : measure(use, name, Number(seconds)));
await scenario(run, (Number(seconds) * (name === 'first' ? 10 : 1) + 120) * 1000);
