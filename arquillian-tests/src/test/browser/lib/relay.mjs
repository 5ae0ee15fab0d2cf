// SPDX-License-Identifier: EUPL-1.2
// A TCP relay in front of the server: its connections can be cut, and new ones refused, as networks do it.
import { connect, createServer } from 'node:net';
import { server } from './scenario.mjs';

/** @returns {Promise<{url: string, cut: () => void, refuse: (now: boolean) => void, close: () => void}>} */
export async function relay() {
  const { hostname, port } = new URL(server.base);
  const open = new Set();
  let refusing = false;
  const listener = createServer((near) => {
    near.on('error', () => {});
    if (refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    far.on('error', () => near.destroy());
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(other);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const cut = () => open.forEach((socket) => socket.resetAndDestroy());
  return {
    url: `ws://localhost:${listener.address().port}/livekit`,
    cut,
    refuse: (now) => (refusing = now),
    close: () => {
      cut();
      listener.close();
    },
  };
}
