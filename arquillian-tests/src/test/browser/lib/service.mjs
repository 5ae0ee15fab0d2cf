// SPDX-License-Identifier: EUPL-1.2
// The server API as a foreign server calls it: Twirp with JSON.
import { server, token } from './scenario.mjs';

/** @returns {Promise<{status: number, body: object}>} */
export async function serve(method, body, grants = { roomAdmin: true, room: body.room }) {
  const bearer = token({ room: body.room, identity: 'service', grants: { roomJoin: false, ...grants } });
  const answer = await fetch(`${server.base}/livekit//twirp/livekit.RoomService/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
