// SPDX-License-Identifier: EUPL-1.2
// A slow line for media over TCP: what the server sends is handed on at this rate, and not read ahead.
import { connect, createServer } from 'node:net';

const TICK_MS = 20;

/** @returns {Promise<{port: number, kbit: (rate: number | null) => void, carried: () => number, close: () => void}>} `carried` in octets towards the client */
export async function slowTcp() {
  const target = Number(process.env.PLENUM_MEDIA_PORT ?? 10000);
  const pairs = new Set();
  let rate = null; // kbit/s
  let carried = 0;
  const listener = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    far.pause();
    near.pipe(far);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  let owed = 0;
  const timer = setInterval(() => {
    owed = rate === null ? Infinity : Math.min((rate / 8) * 4 * TICK_MS, owed + (rate / 8) * TICK_MS);
    for (const { near, far } of pairs) {
      const chunk = far.read(Math.min(far.readableLength, Math.floor(Math.min(owed, 1 << 20)))) ?? null;
      if (chunk === null) continue;
      owed -= chunk.length;
      carried += chunk.length;
      near.write(chunk);
    }
  }, TICK_MS);
  return {
    port: listener.address().port,
    kbit: (value) => (rate = value),
    carried: () => carried,
    close: () => {
      clearInterval(timer);
      listener.close();
      pairs.forEach(({ near, far }) => [near, far].forEach((socket) => socket.destroy()));
    },
  };
}
