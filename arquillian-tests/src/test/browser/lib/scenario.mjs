// SPDX-License-Identifier: EUPL-1.2
// What every scenario shares: the server under test from the environment, waiting, and one JSON line as result.
import { randomUUID } from 'node:crypto';
import { token as sign } from './token.mjs';

export const server = {
  base: (process.env.PLENUM_BASE_URL ?? 'http://localhost:8080').replace(/\/$/, ''),
  key: process.env.PLENUM_MEDIA_KEY ?? 'plenum',
  secret: process.env.PLENUM_MEDIA_SECRET ?? '',
};
export const mediaUrl = server.base.replace(/^http/, 'ws') + '/livekit';

export const newRoom = () => `${randomUUID()}:main`;

export const token = (options) => sign({ key: server.key, secret: server.secret, ...options });

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeats `look` until it gives something truthy; the error says what was waited for and what was seen last. */
export async function until(what, look, ms = 20_000) {
  const end = Date.now() + ms;
  let last;
  do {
    last = await look();
    if (last) return last;
    await sleep(100);
  } while (Date.now() < end);
  throw new Error(`waited ${ms} ms for: ${what}`);
}

const told = [];

/** These numbered statements have been seen to be true, up to here. */
export const tells = (...statements) => told.push(...statements);

export function must(condition, what) {
  if (!condition) throw new Error(`expected: ${what}`);
}

/** Runs a scenario with things to close; ends the process with 0 or 1 and prints one JSON line last. */
export async function scenario(run, limitMs = 120_000) {
  const closing = [];
  const use = (thing) => {
    closing.push(thing);
    return thing;
  };
  const alarm = setTimeout(() => finish(new Error(`not done after ${limitMs} ms`)), limitMs);
  async function finish(error, result) {
    clearTimeout(alarm);
    const ends = closing.reverse().map((thing) => Promise.resolve(thing.close()).catch(() => {}));
    await Promise.race([Promise.all(ends), sleep(5000)]);
    console.log(JSON.stringify(error ? { ok: false, told, error: String(error.stack ?? error) } : { ok: true, told, ...result }));
    process.exit(error ? 1 : 0);
  }
  try {
    await finish(null, (await run(use)) ?? {});
  } catch (error) {
    await finish(error);
  }
}
