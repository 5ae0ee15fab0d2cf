// SPDX-License-Identifier: EUPL-1.2
// A page on loopback that holds one LiveKit client, for the browsers of the tests.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = {
  '/': ['text/html; charset=utf-8', here('../pages/media.html')],
  '/media.js': ['text/javascript', here('../pages/media.js')],
  '/tones.js': ['text/javascript', here('../pages/tones.js')],
  '/livekit-2.19.0.js': ['text/javascript', here('../node_modules/livekit-client-2.19.0/dist/livekit-client.umd.js')],
  '/livekit-2.23.0.js': ['text/javascript', here('../node_modules/livekit-client-2.23.0/dist/livekit-client.umd.js')],
  '/e2ee-2.19.0.js': ['text/javascript', here('../node_modules/livekit-client-2.19.0/dist/livekit-client.e2ee.worker.js')],
  '/e2ee-2.23.0.js': ['text/javascript', here('../node_modules/livekit-client-2.23.0/dist/livekit-client.e2ee.worker.js')],
};

/** @returns {Promise<{url: string, close: () => void}>} */
export async function pages() {
  const http = createServer(async (request, response) => {
    const file = FILES[new URL(request.url, 'http://localhost').pathname];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': file[0] }).end(await readFile(file[1]));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${http.address().port}/`, close: () => http.close() };
}
